"""With a language model: the local review at once, then the deeper one in its place; and follow-ups that it rewords."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.edges.model import DEEPER, OPINION, Model
from tests.edges.slack.harness import BLAME, Harness, eventually


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, model: Model) -> Iterator[Harness]:
    folder = tmp_path_factory.mktemp("heartware")
    harness = Harness(folder, heartware_model="small", openai_base_url=model.url, heartware_model_seconds=5)
    yield harness
    harness.stop()


def test_a_modal_is_deepened_in_place(app: Harness) -> None:
    agent = app.somebody()
    app.shortcut(BLAME, agent)
    view = app.view("Looking deeper with the language model")
    assert "“User error”" in view.shown
    assert "[Warmer]" in view.shown
    eventually(lambda: DEEPER in view.shown)
    assert "Looking deeper" not in view.shown


def test_a_direct_message_is_streamed_and_then_deepened_in_place(app: Harness) -> None:
    agent = app.somebody()
    app.dm(BLAME, agent)
    post = app.sees(agent, "Looking deeper with the language model")
    assert post.streaming
    assert "“User error”" in post.shown
    eventually(lambda: DEEPER in post.shown and not post.streaming)
    assert app.slack.of(agent) == [post]
    assert "[Useful]" in post.shown


def test_after_a_command_the_deeper_review_says_what_it_is(app: Harness) -> None:
    agent = app.somebody()
    app.command(BLAME, agent)
    app.sees(agent, DEEPER)
    first, deeper = app.slack.of(agent)
    assert "Looking deeper" not in first.shown
    assert deeper.shown.startswith(
        "  ‹After a deeper look with the language model. This takes the place of the review above. "
        "No longer: words that blame the customer"
    )


def test_after_a_command_what_the_model_leaves_as_it_is_is_one_line(app: Harness, model: Model) -> None:
    agent = app.somebody()
    good = "Hi Anna, I moved your delivery to Friday before noon. Shall I send you the link?"
    model.opinion = OPINION | {"findings": [], "touch": "the one that is offered"}
    app.command(good, agent)
    second = eventually(lambda: app.slack.of(agent)[1:], 20)[0]
    model.opinion = OPINION
    first = app.slack.of(agent)[0]
    assert "Send it." in first.shown
    assert second.shown == "  ‹I looked deeper with the language model: the review above stands as it is.›"


def test_a_mention_is_deepened_for_its_author_alone(app: Harness) -> None:
    agent = app.somebody()
    app.mention(BLAME, agent)
    assert app.sees(agent, DEEPER).to == agent
    assert len(app.slack.of(agent)) == 2


def test_a_model_that_is_down_leaves_the_local_review_and_says_so(app: Harness, model: Model) -> None:
    model.works = False
    agent = app.somebody()
    app.dm(BLAME, agent)
    post = app.sees(agent, "The language model did not answer in time", seconds=20)
    model.works = True
    assert "“User error”" in post.shown
    assert not post.streaming


@pytest.mark.parametrize("refused", ["ratelimited", "channel_type_not_supported", "internal_error"])
def test_where_no_stream_can_begin_a_message_does(app: Harness, refused: str) -> None:
    app.slack.refuse("chat.startStream", refused)
    agent = app.somebody()
    app.dm(BLAME, agent)
    post = app.sees(agent, "Looking deeper with the language model")
    assert "[Warmer]" in post.shown
    eventually(lambda: DEEPER in post.shown)
    assert app.slack.of(agent) == [post]


def test_a_stream_that_slack_ended_is_gone_on_with(app: Harness) -> None:
    agent = app.somebody()
    app.dm(BLAME, agent)
    post = app.sees(agent, "Looking deeper")
    post.streaming = False
    eventually(lambda: DEEPER in post.shown)


def test_a_message_that_the_agent_deleted_stays_away(app: Harness) -> None:
    agent = app.somebody()
    app.slack.refuse("chat.startStream", "ratelimited")
    app.dm(BLAME, agent)
    app.slack.posts.remove(app.sees(agent, "Looking deeper"))
    eventually(lambda: [name for name, _ in app.slack.calls if name == "chat.update"])
    app.settled()
    assert not app.slack.of(agent)


def test_a_modal_closed_meanwhile_stays_closed(app: Harness) -> None:
    agent = app.somebody()
    app.shortcut(BLAME, agent)
    view = app.view("Looking deeper")
    view.open = False
    app.settled()
    assert not app.slack.of(agent)


def test_warmer_rewords_and_shows_the_difference(app: Harness) -> None:
    agent = app.somebody()
    app.command(BLAME, agent)
    post = app.sees(agent, DEEPER)
    app.press("warmer", agent, post)
    eventually(lambda: "One moment, I am working on it" in post.shown)
    assert "[Warmer]" not in post.shown
    eventually(lambda: "*Hello! Something in the password was not right." in post.shown)
    assert "[Warmer]" in post.shown


def test_a_follow_up_in_the_thread_rewords_once_however_often_it_is_delivered(app: Harness) -> None:
    agent = app.somebody()
    first = app.dm(BLAME, agent)
    app.sees(agent, DEEPER)
    follow = app.dm("warmer please", agent, thread=first["ts"])
    app.event(follow, agent)
    app.event(follow, agent)
    app.sees(agent, "*Hello! Something in the password")
    app.settled()
    assert len(app.slack.of(agent)) == 2


def test_after_a_command_a_model_that_is_down_is_one_line(app: Harness, model: Model) -> None:
    model.works = False
    agent = app.somebody()
    app.command(BLAME, agent)
    second = eventually(lambda: app.slack.of(agent)[1:], 20)[0]
    model.works = True
    assert second.shown == "  ‹The language model did not answer in time; this is the local coach's review.›"
