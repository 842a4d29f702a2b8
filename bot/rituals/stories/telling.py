"""Stories: told by who lived them, kept only for the uses that they agreed to, taken back at any time."""

from __future__ import annotations

import re
import uuid
from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime

from bot.coaching.model import Language
from bot.coaching.rituals import Whom
from bot.rituals.model import Story, Team
from bot.rituals.ports import Pseudonyms, StoryShelf

LONGEST = 1_500


class Teller:
    """Keeps stories. ``hide`` masks personal data in a text; ``now`` is the clock, in UTC."""

    def __init__(
        self,
        stories: StoryShelf,
        pseudonyms: Pseudonyms,
        *,
        hide: Callable[[str, Language], str],
        now: Callable[[], datetime],
    ) -> None:
        self._stories = stories
        self._pseudonyms = pseudonyms
        self._hide = hide
        self._now = now

    def tell(
        self,
        team: Team,
        person: str,
        text: str,
        *,
        whom: Whom,
        value: str,
        language: Language,
        name: str = "",
        in_book: bool = False,
        inspires: bool = False,
    ) -> Story:
        """A story as it may be shown. It is kept for the book and for prompts, and only where that was agreed to."""
        story = Story(
            id=uuid.uuid4().hex,
            day=self._now().date(),
            language=language,
            whom=whom,
            value=value,
            text=self._hide(text.strip()[:LONGEST], language),
            name=name,
            in_book=in_book,
            inspires=inspires,
        )
        if in_book or inspires:
            self._stories.add(team, story, self._by(team, person))
        return story

    def take_back(self, team: Team, person: str, id: str) -> bool:
        """Forget a story of one's own; False where there is none."""
        return self._stories.remove(team, id, self._by(team, person))

    def told(self, team: Team, since: date, until: date) -> list[Story]:
        """The stories of these days that may stand in the book."""
        return [story for story in self._stories.told(team, since, until) if story.in_book]

    def of(self, team: Team, person: str) -> list[Story]:
        """What a person told and agreed to keep."""
        return self._stories.of(team, self._by(team, person))

    def period(self, text: str) -> tuple[date, date] | None:
        """The days that ``2026``, ``2026-11`` or two dates name; nothing: this year. None where it names none."""
        years = re.findall(r"\d+(?:-\d+)*", text) or [str(self._now().year)]
        try:
            first, last = _days(years[0]), _days(years[-1])
        except ValueError:
            return None
        return (first[0], last[1]) if len(years) <= 2 and first[0] <= last[1] else None

    def forget(self, team: Team) -> None:
        """Forget all stories of a team."""
        self._stories.forget(team)

    def forget_person(self, team: Team, person: str) -> None:
        """Forget all stories of a person."""
        self._stories.forget_person(team, self._by(team, person))

    def _by(self, team: Team, person: str) -> str:
        return self._pseudonyms.of("person", team.workspace, person)


def _days(text: str) -> tuple[date, date]:
    """The first and the last day of a year, a month or a day. Raises ValueError."""
    year, *rest = (int(part) for part in text.split("-"))
    if not rest:
        return date(year, 1, 1), date(year, 12, 31)
    if len(rest) == 1:
        first = date(year, rest[0], 1)
        return first, first.replace(day=monthrange(year, rest[0])[1])
    day = date.fromisoformat(text)
    return day, day
