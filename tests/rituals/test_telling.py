"""Stories and the book that is made of them: by consent, sealed, gone when taken back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest
from sqlalchemy import Engine, text

from bot.coaching.model import LANGUAGES
from bot.rituals.model import Story, Team
from bot.rituals.stories.book import book, book_html
from bot.rituals.stories.telling import Teller
from bot.store.pseudonyms import Pseudonyms
from bot.store.seal import Seal
from bot.store.stories import SqlStories
from tests.test_coach import SHELF

TEAM = Team(platform="slack", workspace="T1")
NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))
TITLES = {"value-wow": "Do one thing more than expected", "value-fun": "Be light where lightness fits"}


@pytest.fixture
def teller(engine: Engine) -> Teller:
    return Teller(
        SqlStories(engine, Seal("a secret of the tests")),
        Pseudonyms("a secret of the tests"),
        hide=lambda text, _: text.replace("Jansen", "[NAME]"),
        now=lambda: datetime(2026, 11, 22, 12, tzinfo=UTC),
    )


def tell(
    teller: Teller, text: str = "Called mrs Jansen back", *, in_book: bool = True, value: str = "value-wow"
) -> Story:
    return teller.tell(TEAM, "UANNA", text, whom="customer", value=value, language="en", in_book=in_book)


def test_a_story_is_kept_for_the_book_only_by_consent_and_sealed(teller: Teller, engine: Engine) -> None:
    tell(teller)
    tell(teller, "Not for the book", in_book=False)
    assert [story.text for story in teller.told(TEAM, *NOVEMBER)] == ["Called mrs [NAME] back"]
    with engine.connect() as connection:
        rows = str(connection.execute(text("SELECT * FROM stories")).all())
    assert "Called" not in rows
    assert "UANNA" not in rows


def test_it_is_taken_back_by_its_teller_alone(teller: Teller) -> None:
    id = tell(teller).id
    assert not teller.take_back(TEAM, "UBEN", id)
    assert teller.take_back(TEAM, "UANNA", id)
    assert teller.told(TEAM, *NOVEMBER) == []


def test_a_person_who_is_forgotten_takes_their_stories_along(teller: Teller) -> None:
    tell(teller)
    teller.forget_person(TEAM, "UANNA")
    assert teller.told(TEAM, *NOVEMBER) == []


@pytest.mark.parametrize(("text", "days"), [
    ("", (date(2026, 1, 1), date(2026, 12, 31))),
    ("2025", (date(2025, 1, 1), date(2025, 12, 31))),
    ("2026-02", (date(2026, 2, 1), date(2026, 2, 28))),
    ("2026-01-05 2026-06", (date(2026, 1, 5), date(2026, 6, 30))),
    ("2026-13", None),
    ("2026-02-30", None),
    ("2026 2025", None),
    ("2024 2025 2026", None),
])  # fmt: skip
def test_a_period_as_people_write_it(teller: Teller, text: str, days: tuple[date, date] | None) -> None:
    assert teller.period(text) == days


class Page(HTMLParser):
    """Tags that are open, to see that all are closed, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_book_holds_the_stories_by_value_and_runs_no_script(language: str) -> None:
    def story(id: str, value: str, text: str, name: str = "") -> Story:
        return Story(id=id, day=date(2026, 11, 22), language="en", whom="customer", value=value, text=text, name=name)

    stories = [
        story("1", "value-wow", "First <script>alert(1)</script>", "Anna <b>"),
        story("2", "value-fun", "Second\nline"),
        story("3", "value-wow", "Third"),
    ]
    wording = SHELF.wording(language)
    html = book_html(book(stories, TITLES, *NOVEMBER, wording, day=date(2026, 11, 30)), wording)
    assert "<script" not in html
    assert "<b>" not in html
    page = Page(html)
    assert page.open == []
    places = [
        page.text.index(words) for words in (TITLES["value-fun"], "Second", TITLES["value-wow"], "First", "Third")
    ]
    assert places == sorted(places)
    assert "Anna" in page.text
