"""The PromptTexts port over a database."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Engine, and_, delete, select, update

from bot.rituals.model import Schedule, Written
from bot.store.database import put
from bot.store.tables import prompt_texts


class SqlPromptTexts:
    """Texts in the table ``prompt_texts``."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def asked(self) -> set[tuple[str, date]]:
        """The schedules and days whose texts were asked for already."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(prompt_texts.c.schedule, prompt_texts.c.day))
            return {(row.schedule, row.day) for row in rows}

    def claim(self, schedule: Schedule, wanted: Written) -> bool:
        """Note that a text is being asked for; False where another process did so already for this day."""
        with self._engine.begin() as connection:
            row = {**schedule.team.model_dump(), "schedule": schedule.id, **wanted._asdict()}
            return put(connection, prompt_texts, row)

    def keep(self, schedule: Schedule, written: Written) -> None:
        """Keep a text that was claimed."""
        own = and_(prompt_texts.c.schedule == schedule.id, prompt_texts.c.day == written.day)
        with self._engine.begin() as connection:
            connection.execute(update(prompt_texts).where(own).values(text=written.text))

    def of(self, schedule: Schedule, day: date) -> Written | None:
        """The text of a day; None where none was asked for."""
        columns = (prompt_texts.c.day, prompt_texts.c.prompt, prompt_texts.c.language, prompt_texts.c.text)
        own = and_(prompt_texts.c.schedule == schedule.id, prompt_texts.c.day == day)
        with self._engine.connect() as connection:
            row = connection.execute(select(*columns).where(own)).one_or_none()
        return Written(*row) if row else None

    def forget_before(self, day: date) -> None:
        """Forget the texts of earlier days."""
        with self._engine.begin() as connection:
            connection.execute(delete(prompt_texts).where(prompt_texts.c.day < day))
