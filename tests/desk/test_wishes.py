"""Follow-ups in words: what is a wish, in three languages, and what is a draft."""

from __future__ import annotations

import pytest

from bot.coaching.model import Draft
from bot.desk.following import follow_up
from bot.desk.model import Job, Person, Wish
from bot.desk.wishes import read_wish
from tests.test_coach import SHELF

WORDINGS = [SHELF.wording(language) for language in ("en", "nl", "fi")]
SHORTER, WARMER, TOUCH = Wish(kind="shorter"), Wish(kind="warmer"), Wish(kind="touch")


def language(code: str) -> Wish:
    return Wish.model_validate({"kind": "language", "language": code})


def keep(sentence: int) -> Wish:
    return Wish(kind="keep", sentence=sentence)


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("shorter", SHORTER),
        ("Shorter, please!", SHORTER),
        ("Can you make it shorter?", SHORTER),
        ("a bit warmer please", WARMER),
        ("friendlier", WARMER),
        ("another touch", TOUCH),
        ("in Dutch", language("nl")),
        ("And now in Finnish, thanks", language("fi")),
        ("keep my second sentence", keep(2)),
        ("Please don’t change the last sentence.", keep(-1)),
        ("keep the 3rd sentence", keep(3)),
        ("korter", SHORTER),
        ("Kun je het korter maken?", SHORTER),
        ("maak het wat warmer aub", WARMER),
        ("iets vriendelijker graag", WARMER),
        ("een ander idee", TOUCH),
        ("in het Engels", language("en")),
        ("houd mijn tweede zin", keep(2)),
        ("Laat de laatste zin staan", keep(-1)),
        ("lyhyempi", SHORTER),
        ("Voisitko lyhentää?", SHORTER),
        ("Vähän lämpimämpi, kiitos", WARMER),
        ("toinen ele", TOUCH),
        ("hollanniksi", language("nl")),
        ("pidä toinen lause", keep(2)),
        ("Säilytä 1. lause", keep(1)),
        ("Älä muuta viimeistä lausetta", keep(-1)),
    ],
)
def test_a_wish_is_understood(text: str, wish: Wish) -> None:
    assert read_wish(text, WORDINGS) == wish


@pytest.mark.parametrize(
    "text",
    [
        "",
        "please",
        "We made the wait shorter for you.",
        "Thanks, the second sentence of our terms says so.",
        "I'll keep you posted.",
        "Warmer weather is coming!",
        "The manual is in Dutch, Tom. I'll send the English one today.",
        "keep my twelfth sentence",
        "shorter " * 20,
        "Kiitos viestistäsi!",
        "Bedankt voor je bericht.",
    ],
)
def test_a_draft_is_no_wish(text: str) -> None:
    assert read_wish(text, WORDINGS) is None


def test_shorter_and_another_language_after_a_question_are_of_its_answer() -> None:
    person = Person(platform="slack", workspace="T1", id="U1")
    draft = Job(id="a", person=person, draft=Draft(text="Hi Tom, it leaves today."))
    question = Job(id="b", person=person, draft=Draft(text=""), question="What is heartware?")
    for text in ("shorter", "in Dutch please", "why?"):
        job = Job(id="c", person=person, draft=Draft(text=text))
        after_question = follow_up(job, [draft, question], WORDINGS)
        assert after_question
        assert after_question.question == text
    then = follow_up(Job(id="c", person=person, draft=Draft(text="shorter")), [question, draft], WORDINGS)
    assert then
    assert then.wish == SHORTER
