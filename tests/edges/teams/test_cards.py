"""Cards at their limits: the largest review, every language, every form; and text that stays text."""

from __future__ import annotations

import pytest

from bot.coaching.model import LANGUAGES, Cited, Edit, Finding, Review, Rewrite, Scores, Source, Strength, Touch
from bot.content.places import WORDING
from bot.content.wording import read_wording
from bot.teams.cards.form import form, reading
from bot.teams.cards.parts import Place
from bot.teams.cards.review import review_card
from bot.teams.messages import markdown
from bot.teams.text import mended, of_html, without_mentions
from tests.edges.teams.adaptive import faults_of_card, rendered

SOURCE = Source(id="s", file="000_aa6c0d3920d2a764.txt", title="Heartware", author="Ron Kaufman", language="en")
CITED = Cited(id="p", title="Choose words that are on their side", source=SOURCE)
SHORT = "User error. You entered the wrong password."


def review(draft: str, *, times: int = 1) -> Review:
    """A review with all that a review can have, of which ``times`` makes the texts longer."""
    finding = {
        "severity": "must", "start": 0, "end": 10, "why": "It blames them. " * times, "category": "mindset",
        "suggestion": "Say what happened. " * times, "principle": CITED, "effect": "destroys",
        "criterion": "blame",
    }  # fmt: skip
    quote = draft[: 10 * times]
    findings = tuple(Finding.model_validate(finding | {"rule": f"r{n}", "quote": quote}) for n in range(3))
    edit = Edit(start=0, end=10, text="Something went wrong", why="It blames them.")
    touch = Touch(
        kind="wow", idea="A card. " * times, why="It is remembered.", line="A line. " * times, cost="small",
        principle=CITED, source=SOURCE,
    )  # fmt: skip
    return Review(
        id="1", language="en", verdict="hold", headline="Hold this one.", findings=findings, touch=touch,
        scores=Scores(overall=0.1, tone=0.1, empathy=None),
        strengths=(Strength(quote="x", why="Good.", principle=CITED),),
        rewrite=Rewrite(text="Something went wrong" + draft[10:], edits=(edit,), kept=()), no_touch_because=None,
        engine="local", prompt=None, partial=False, notes=("A note.",),
    )  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", ["chat", "dialog"])
@pytest.mark.parametrize(("draft", "times"), [
    (SHORT, 1), (SHORT * 460, 1), ("ä" * 20_000, 1), ("🙂" * 20_000, 40), (SHORT * 400, 100),
    ("\n" * 19_000 + SHORT, 20),
])  # fmt: skip
def test_every_card_fits(language: str, place: Place, draft: str, times: int) -> None:
    wording = read_wording(WORDING / f"{language}.toml")
    for how in ({}, {"busy": "Busy…"}, {"undo": "r1", "above": "Done."}, {"pending": place == "dialog"}):
        card = review_card(review(draft, times=times), draft, wording, job="j", place=place, **how)
        assert faults_of_card(card, dialog=place == "dialog") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_forms_fit(language: str) -> None:
    wording = read_wording(WORDING / f"{language}.toml")
    for card in (form(wording), form(wording, wrong="No.", draft="x", customer="y"), reading(wording, "j")):
        assert faults_of_card(card, dialog=True) == []


def test_it_reads_from_the_verdict_down() -> None:
    wording = read_wording(WORDING / "en.toml")
    shown = rendered(review_card(review(SHORT), SHORT, wording, job="j", place="dialog"))
    assert shown.split("\n")[:6] == [
        "--- attention",
        "*🔴 Hold this one.*",
        "---",
        "*1. “User error”*",
        "It blames them. ",
        "*Instead: *Say what happened. ",
    ]
    for part in (
        "principle · words that blame the customer · Choose words",
        "~User error~ *Something went wrong*",
        "--- emphasis\n*✨ One WOW touch · costs little*\nA card.",
        "Choose words that are on their side · Ron Kaufman",
        "| Something went wrong. You entered the wrong password.",
        "‹ℹ️ A note.›",
    ):
        assert part in shown
    assert shown.index("Hold") < shown.index("User error") < shown.index("One WOW touch") < shown.index("[Warmer]")


@pytest.mark.parametrize(("html", "text"), [
    ("<p>One<br>two</p><p>three</p>", "One\ntwo\n\nthree"),
    ("Fish &amp; chips &lt;b&gt; &nbsp; 5 &euro;", "Fish & chips <b> 5 €"),
    ("<ul><li>a</li><li>b</li></ul>", "a\n\nb"),
    ("Hi <at id='0'>Anna</at>, <a href='https://x.example'>here</a>", "Hi Anna, here"),
    ("<script>x()</script><style>p{}</style><attachment id='1'>x</attachment>Text<img alt='🙂' src='x'>", "Text🙂"),
    ("<p>never <b>closed", "never closed"),
    ("<<<>>> <!-- c --> &#xD800;", "<<<>>> \ufffd"),
])  # fmt: skip
def test_html_is_read_as_its_author_sees_it(html: str, text: str) -> None:
    assert of_html(html) == text


def test_mentions_go_and_half_characters_are_mended() -> None:
    assert without_mentions("<at>Heartware</at>&nbsp;Hello <at>Bea</at>") == "Hello"
    assert mended({"a": ["x\ud800y", 1, None], "b\udfff": True}) == {"a": ["x\ufffdy", 1, None], "b\ufffd": True}


def test_an_answer_in_markdown_shows_every_sign() -> None:
    assert markdown("*a* _b_ [c](d) <e> `f` #1") == "\\*a\\* \\_b\\_ \\[c\\](d) \\<e\\> \\`f\\` \\#1"
    assert markdown("- two\n+ three") == "\\- two\n\n\\+ three"
    assert markdown("1. one") == "1\\. one"
