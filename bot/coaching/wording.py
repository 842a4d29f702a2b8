"""The bot's own sentences in one language, by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bot.coaching.model import Value


class Wording(Value):
    """The sentences of ``bot/wording/<language>.toml``, flattened: ``headline.send`` → "Send it."."""

    language: str
    sentences: Mapping[str, str]

    def say(self, name: str, **values: object) -> str:
        """The sentence, with its places filled. ``count`` chooses between ``name.one`` and ``name.many``."""
        if "count" in values and name not in self.sentences:
            name += ".one" if values["count"] == 1 else ".many"
        return self.sentences[name].format(**values)

    def because(self, reason: str) -> str:
        """Why there is no touch: a sentence of our own by its key, or the knowledge's own sentence as it is."""
        return self.sentences.get(f"no-touch.{reason}", reason)

    def day(self, day: date) -> str:
        """``18 January 2027``."""
        return f"{self.say('wow.date.short', day=day.day, month=self.say(f'wow.month.{day.month}'))} {day.year}"

    def listed(self, things: Sequence[str]) -> str:
        """``a``, ``a and b``, ``a, b and c``."""
        if len(things) < 2:
            return "".join(things)
        return f"{', '.join(things[:-1])} {self.say('and')} {things[-1]}"
