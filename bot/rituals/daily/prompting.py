"""The daily prompt as it goes out: each once, whatever happens to the process that posts it.

A post is noted before it is sent. Who finds one that was begun and not ended looks whether it arrived; where nobody can
look, it is not sent again: rather never than twice, and the lead is told.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.coaching import rituals
from bot.coaching.model import Language
from bot.coaching.ports import Shelf
from bot.coaching.rituals import DailyPrompt
from bot.rituals.calendar import off
from bot.rituals.errors import Postponed, Refused, Unsure
from bot.rituals.model import EVERYBODY, Key, Post, Schedule, State, Team, Told, Turn
from bot.rituals.ports import Board, PromptTexts, Schedules

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=30)
"""After so long, another process looks after a post that was begun and not ended. Longer than a post may take."""
REMEMBERED = timedelta(days=120)
"""How far back the prompts count that came before: more than the 60 working days within which none comes again."""
MOST = 1_000
"""Turns that are given at one go."""
AT_ONCE = 8
"""Posts on their way at the same time."""

Catalogue = Callable[[Language], Mapping[str, DailyPrompt]]

Near = Callable[[Schedule, Mapping[str, DailyPrompt]], Mapping[str, float]]
"""How near prompts, by id, are to what a team told lately; 0 for those that are not named."""


class Prompter:
    """Posts what is due. Every process has one; they share the schedules. ``now`` is the clock, in UTC.

    ``boards`` are the edges' by platform; schedules of other platforms are left to other processes. ``texts`` has the
    words that a model found, which take the place of the catalogue's. ``leads`` are those whom a setting names.
    """

    def __init__(
        self,
        schedules: Schedules,
        catalogue: Catalogue,
        shelf: Shelf,
        boards: Mapping[str, Board],
        *,
        texts: PromptTexts,
        near: Near | None = None,
        leads: Callable[[Team], Sequence[str]] = lambda team: (),
        now: Callable[[], datetime],
    ) -> None:
        self._schedules = schedules
        self._catalogue = catalogue
        self._shelf = shelf
        self._boards = boards
        self._texts = texts
        self._leads = leads
        self._near = near or (lambda schedule, prompts: {})
        self._now = now

    def tick(self) -> None:
        """Post what is due, and look after what another process left. Called every few seconds."""
        now = self._now()
        left = self._schedules.take_over(now - LEASE, now)
        turns = self._schedules.due(now, MOST)
        if left or turns:
            with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="prompts") as pool:
                list(pool.map(self._recovered, left))
                list(pool.map(self._taken, turns))

    def post_now(self, schedule: Schedule, recipient: str = EVERYBODY) -> State | None:
        """Post today's prompt at once; it is the one of the day. What became of it; None where there was one today."""
        now = self._now()
        day = now.astimezone(ZoneInfo(schedule.zone)).date()
        post = Post(Key(schedule.id, recipient, day), self.prompt(schedule, day).id, "claimed")
        if not self._schedules.note(post, now):
            return None
        self._send(schedule, post)
        return self._schedules.state(post.key)

    def prompt(self, schedule: Schedule, day: date) -> DailyPrompt:
        """The prompt of a day: where others had it already, the same."""
        before = self._schedules.history(schedule.id, day - REMEMBERED)
        prompts = self._catalogue(schedule.language)
        same = next((posted.prompt for posted in before if posted.day == day and posted.prompt in prompts), None)
        written = self._texts.of(schedule, day)
        if same is None and written and written.prompt in prompts:
            same = written.prompt
        if same:
            return prompts[same]
        return rituals.choose(prompts, before, day, schedule.id, self._near(schedule, prompts))

    def told(self, schedule: Schedule, key: Key, prompt: DailyPrompt, *, late: bool = False) -> Told:
        """The prompt as it is shown."""
        value = self._shelf.reader(schedule.language).principles[prompt.value].title
        written = self._texts.of(schedule, key.day)
        if written and written.text and (written.prompt, written.language) == (prompt.id, prompt.language):
            prompt = prompt.model_copy(update={"text": written.text})
        return Told(key, prompt, value, late, schedule.each)

    def values(self, language: Language) -> dict[str, str]:
        """The titles of the values that prompts practise, by id."""
        principles = self._shelf.reader(language).principles
        ids = dict.fromkeys(prompt.value for prompt in self._catalogue(language).values())
        return {id: principles[id].title for id in ids}

    def _taken(self, turn: Turn) -> None:
        try:
            self._give(turn)
        except Exception as error:  # one schedule must not hold up the others
            log.error("schedule=%s failed error=%s", turn.schedule, type(error).__name__)

    def _recovered(self, post: Post) -> None:
        try:
            self._recover(post)
        except Exception as error:
            log.error("schedule=%s not recovered error=%s", post.key.schedule, type(error).__name__)

    def _give(self, turn: Turn) -> None:
        schedule, now = self._schedules.get(turn.schedule), self._now()
        if schedule is None or schedule.team.platform not in self._boards or turn.at is None:
            return
        zone, plan = ZoneInfo(turn.zone), schedule.plan
        free = off(plan.country)
        due = rituals.due(plan, zone, turn.at, now, free)
        post = None
        if due:
            prompt = self.prompt(schedule, due.day)
            post = Post(Key(schedule.id, turn.recipient, due.day), prompt.id, "claimed", due.late)
        then = rituals.next_after(plan, zone, now, free)
        if self._schedules.claim(turn, then, post, now) and post:
            self._send(schedule, post)

    def _send(self, schedule: Schedule, post: Post) -> None:
        prompt = self._catalogue(schedule.language).get(post.prompt)
        if prompt is None:  # the catalogue changed meanwhile
            prompt = self.prompt(schedule, post.key.day)
        self._mark(post.key, "posting")
        board = self._boards[schedule.team.platform]
        try:
            board.post(schedule, self.told(schedule, post.key, prompt, late=post.late))
        except Refused as refused:
            self._mark(post.key, "refused")
            if post.key.recipient == EVERYBODY:
                self._tell(board, schedule, f"wow.refused.{refused.reason}", day=post.key.day)
        except Postponed:
            self._mark(post.key, "claimed")
        except Unsure:
            self._look(schedule, post)
        else:
            self._mark(post.key, "posted")

    def _recover(self, post: Post) -> None:
        schedule = self._schedules.get(post.key.schedule)
        if schedule is None or schedule.team.platform not in self._boards:
            return
        if post.state == "posting":
            self._look(schedule, post)
        else:
            self._send_if_timely(schedule, post)

    def _look(self, schedule: Schedule, post: Post) -> None:
        """See whether a post arrived, and send it where it certainly did not."""
        board = self._boards[schedule.team.platform]
        try:
            found = board.find(schedule, post.key)
        except Unsure:
            self._mark(post.key, "unsure")
            if post.key.recipient == EVERYBODY:
                self._tell(board, schedule, "wow.unsure", day=post.key.day)
            return
        if found:
            self._mark(post.key, "posted")
        else:
            self._send_if_timely(schedule, post)

    def _send_if_timely(self, schedule: Schedule, post: Post) -> None:
        """Send it unless its day is over by now, or the plan wants no late ones."""
        zones = {turn.recipient: turn.zone for turn in self._schedules.turns(schedule.id)}
        zone, now, day = ZoneInfo(zones.get(post.key.recipient, schedule.zone)), self._now(), post.key.day
        late = now - rituals.occurrence(schedule.plan, zone, day) > rituals.PUNCTUAL
        if now.astimezone(zone).date() > day or (late and schedule.plan.late == "skip"):
            self._mark(post.key, "missed")
        else:
            self._send(schedule, post._replace(late=late))

    def _tell(self, board: Board, schedule: Schedule, sentence: str, **values: object) -> None:
        """Tell the lead of a schedule; where they left or are forgotten, another of the team, who can take it over."""
        if schedule.lead and board.tell_lead(schedule, sentence, **values):
            return
        others = [*(one.lead for one in self._schedules.of(schedule.team)), *self._leads(schedule.team)]
        for lead in dict.fromkeys(other for other in others if other not in ("", schedule.lead)):
            other = schedule.model_copy(update={"lead": lead})
            if board.tell_lead(other, sentence, **values) and board.tell_lead(other, "wow.lead-left"):
                return
        log.error("schedule=%s: %s, and no lead can be told", schedule.id, sentence)

    def _mark(self, key: Key, state: State) -> None:
        self._schedules.mark(key, state, self._now())
