"""The culture book (row D3-23): the stories of a period by value, and its page in HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from typing import NamedTuple

from bot.coaching.wording import Wording
from bot.rituals.model import Story
from bot.rituals.saying import say_short

_STYLE = """
@page { size: A5; margin: 18mm 16mm }
body { font: 11pt/1.5 Georgia, "Times New Roman", serif; color: #222 }
body { max-width: 36em; margin: 3em auto; padding: 0 1em }
header { text-align: center; margin: 4em 0 5em }
h1 { font-size: 2.2em; font-weight: normal; color: #7a1f3d; margin: 0 }
h2 { font-weight: normal; color: #7a1f3d; border-bottom: 1px solid #d9c3cb; padding-bottom: .2em; margin-top: 3em }
article { break-inside: avoid; margin: 1.6em 0 }
article p { margin: 0; white-space: pre-line }
footer, .of { color: #666; font-size: .85em }
@media print {
  body { margin: 0; max-width: none; padding: 0 }
  header { break-after: page; margin-top: 35% }
  section { break-before: page }
  section:first-of-type { break-before: auto }
  h2 { break-after: avoid; margin-top: 0 }
}
"""


class Book(NamedTuple):
    """What stands in the book, whatever it is set in. A chapter is a value's title with its stories."""

    title: str
    period: str
    made: str
    chapters: tuple[tuple[str, tuple[Story, ...]], ...]


def book(
    stories: Sequence[Story], titles: Mapping[str, str], since: date, until: date, wording: Wording, *, day: date
) -> Book:
    """The book of these days. ``titles`` are the values' by id; ``day`` is when it was made. Stories keep their order.

    A story of a value that is no more stands under the value's id.
    """
    named: dict[str, list[Story]] = {}
    for story in stories:
        named.setdefault(titles.get(story.value, story.value), []).append(story)
    return Book(
        wording.say("story.book-title"),
        f"{say_short(since, wording)} {since.year} – {say_short(until, wording)} {until.year}",
        wording.say("story.made", day=f"{say_short(day, wording)} {day.year}"),
        tuple((title, tuple(named[title])) for title in sorted(named)),
    )


def book_html(made: Book, wording: Wording) -> str:
    """The book as one page that prints well."""
    chapters = "".join(_chapter(title, stories, wording) for title, stories in made.chapters)
    title = escape(made.title)
    return (
        f'<!doctype html>\n<html lang="{wording.language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<header><h1>{title}</h1><p>{escape(made.period)}</p></header>\n"
        f"{chapters}<footer><p>{escape(made.made)}</p></footer>\n</body>\n</html>\n"
    )


def of(story: Story, wording: Wording) -> str:
    """For whom, when, and by whom where they said so."""
    said = [wording.say(f"wow.for-{story.whom}"), f"{say_short(story.day, wording)} {story.day.year}"]
    return " · ".join([story.name, *said] if story.name else said)


def _chapter(title: str, stories: Sequence[Story], wording: Wording) -> str:
    return f"<section>\n<h2>{escape(title)}</h2>\n{''.join(_article(story, wording) for story in stories)}</section>\n"


def _article(story: Story, wording: Wording) -> str:
    line = escape(of(story, wording))
    return f'<article lang="{story.language}"><p>{escape(story.text)}</p><p class="of">{line}</p></article>\n'
