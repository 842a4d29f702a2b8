"""The rewrite: edits to the agent's own words that keep every fact and add none."""

from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.facts import compare
from bot.coaching.lexicon import Lexicon
from bot.coaching.mend import rewrite
from bot.coaching.model import Edit
from bot.content.knowledge import Knowledge
from bot.content.places import KNOWLEDGE

ENGLISH = Knowledge(KNOWLEDGE).lexicon("en")


def edit(draft: str, old: str, new: str) -> Edit:
    start = draft.index(old)
    return Edit(start=start, end=start + len(old), text=new, why="because")


def mended(draft: str, *changes: tuple[str, str]) -> str | None:
    made = rewrite(draft, [edit(draft, old, new) for old, new in changes], ENGLISH)
    return made.text if made else None


def test_the_edits_are_made_and_the_rest_stays_to_the_letter() -> None:
    draft = "Hi Anna,\n\nUser error.  Your code 4471 is in the mail."
    assert mended(draft, ("User error", "Something went wrong there")) == draft.replace(
        "User error", "Something went wrong there"
    )


def test_words_taken_away_leave_no_hole() -> None:
    assert mended("As I said before, your parcel left.", ("As I said before", "")) == "Your parcel left."
    assert mended("Your parcel left, as I said.", (", as I said", "")) == "Your parcel left."
    assert mended("Hello. Obviously. Your parcel left.", ("Obviously", "")) == "Hello. Your parcel left."


def test_an_edit_that_loses_a_fact_is_not_made() -> None:
    assert mended("As I said on 12 May, your parcel left.", ("As I said on 12 May, ", "")) is None


def test_an_edit_that_adds_a_fact_or_a_promise_is_not_made() -> None:
    assert mended("We look at it.", ("look at it", "refund it tomorrow")) is None


def test_one_bad_edit_does_not_spoil_the_others() -> None:
    draft = "User error. You owe us 20 euro."
    assert mended(draft, ("User error", "Something went wrong"), ("20 euro", "nothing")) == (
        "Something went wrong. You owe us 20 euro."
    )


def test_nothing_is_left_of_a_draft_that_is_all_blame_so_there_is_no_rewrite() -> None:
    assert mended("User error.", ("User error.", "")) is None


def test_a_rewrite_that_is_no_better_is_not_offered() -> None:
    draft = "User error."
    assert rewrite(draft, [edit(draft, "User error", "Your error")], ENGLISH, still_bad=lambda t: "Your" in t) is None


WORDS = st.sampled_from(
    "you your the code password wrong Anna Amsterdam 12 € 25,00 tomorrow refund please sorry order #A-4471 "
    "help@shop.example https://a.example/x two free Monday we will send it back . , ! ? \n".split(" ")
)


@given(st.lists(WORDS, min_size=1, max_size=30), st.data())
def test_a_rewrite_never_adds_or_loses_a_fact(pieces: list[str], data: st.DataObject) -> None:
    draft = " ".join(pieces)
    edits = []
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(draft) - 1))
        end = data.draw(st.integers(start + 1, len(draft)))
        text = " ".join(data.draw(st.lists(WORDS, max_size=5)))
        edits.append(Edit(start=start, end=end, text=text, why="w"))
    made = rewrite(draft, edits, ENGLISH)
    if made:
        assert not compare(draft, made.text, ENGLISH)
        assert made.added == ()


def test_a_lexicon_is_not_needed() -> None:
    no_lexicon: Lexicon | None = None
    draft = "Bitte sofort zahlen."
    assert rewrite(draft, [edit(draft, "sofort ", "")], no_lexicon) is not None
