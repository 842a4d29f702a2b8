"""Daily prompts in a language model's words, written well before their time: a slow model makes no prompt late."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.coaching.daily_text import DailyText, fits
from bot.coaching.errors import HeartwareError
from bot.coaching.ports import Model, Prompt, Shelf
from bot.rituals.daily.prompting import MOST, Prompter
from bot.rituals.model import Team, Written
from bot.rituals.ports import PromptTexts, Schedules

log = logging.getLogger(__name__)

AHEAD = timedelta(days=1)
AT_ONCE = 4
LANGUAGE_NAMES = {"en": "English", "nl": "Dutch", "fi": "Finnish"}

Stories = Callable[[Team], Sequence[str]]
"""What a team told lately and agreed to have drawn on."""


class Writer:
    """Asks the model once for each schedule and day, whichever process comes first. What does not fit is not kept, and
    the catalogue's own words are posted."""

    def __init__(
        self,
        schedules: Schedules,
        texts: PromptTexts,
        prompter: Prompter,
        shelf: Shelf,
        model: Model,
        prompt: Prompt,
        stories: Stories,
        *,
        identify: Callable[[str], str],
        now: Callable[[], datetime],
    ) -> None:
        self._schedules = schedules
        self._texts = texts
        self._prompter = prompter
        self._shelf = shelf
        self._model = model
        self._prompt = prompt
        self._stories = stories
        self._identify = identify
        self._now = now

    def tick(self) -> None:
        """Write what comes within a day and was not asked for yet."""
        now = self._now()
        self._texts.forget_before(now.date() - AHEAD * 2)
        turns = self._schedules.due(now + AHEAD, MOST)
        coming = {(turn.schedule, turn.at.astimezone(ZoneInfo(turn.zone)).date()) for turn in turns if turn.at}
        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="writing") as pool:
            list(pool.map(self._written, sorted(coming - self._texts.asked())))

    def _written(self, wanted: tuple[str, date]) -> None:
        id, day = wanted
        try:
            self._write(id, day)
        except Exception as error:  # one prompt must not hold up the others
            log.warning("schedule=%s prompt not written error=%s", id, type(error).__name__)

    def _write(self, id: str, day: date) -> None:
        schedule = self._schedules.get(id)
        if schedule is None:
            return
        prompt = self._prompter.prompt(schedule, day)
        if not self._texts.claim(schedule, Written(day, prompt.id, schedule.language)):
            return
        reader = self._shelf.reader(schedule.language)
        wording = reader.wording
        asked = self._prompt.filled(
            {
                "language": LANGUAGE_NAMES[schedule.language],
                "month": wording.say(f"wow.month.{day.month}"),
                "whom": wording.say(f"wow.for-{prompt.whom}"),
                "value": reader.principles[prompt.value].title,
                "prompt": prompt.text,
                "told": "\n".join(self._stories(schedule.team)),
            }
        )
        try:
            text = " ".join(self._model.ask(asked, DailyText).text.split())
        except HeartwareError as error:
            log.info("schedule=%s prompt not written error=%s", schedule.id, type(error).__name__)
            return
        if fits(text, prompt, reader.lexicon, self._identify):
            self._texts.keep(schedule, Written(day, prompt.id, schedule.language, text))
        else:
            log.info("schedule=%s prompt=%s did not fit", schedule.id, prompt.id)
