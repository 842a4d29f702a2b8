"""What is old is erased in every table that has days; what is not, and what was told for the book, stays."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Engine, func, select

from bot.store.retention import Retention, dated
from bot.store.tables import metadata, stories, tickets
from tests.store.test_owners import ANNA, DAY, OF_NOBODY, fill


def counts(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        tables = [table for table in metadata.sorted_tables if table not in OF_NOBODY]
        return {t.name: connection.execute(select(func.count()).select_from(t)).scalar() or 0 for t in tables}


def test_old_figures_go_and_the_rest_stays(engine: Engine) -> None:
    fill(engine, ANNA)
    old = {table.name for table in dated()} | {tickets.name}
    assert {"reviews_asked", "feedback", "gestures", "uses", "outcomes", "prompt_posts"} <= old
    assert stories.name not in old
    Retention(engine, 400, today=lambda: date(2027, 12, 6)).tidy()
    assert set(counts(engine).values()) == {1}
    Retention(engine, 400, today=lambda: date(2027, 12, 7)).tidy()
    assert {name for name, count in counts(engine).items() if not count} == old
    assert date(2027, 12, 7).toordinal() - 400 == DAY.toordinal() + 1


def test_a_second_time_it_finds_nothing(engine: Engine) -> None:
    fill(engine, ANNA)
    for _ in range(2):
        Retention(engine, 1, today=lambda: date(2030, 1, 1)).tidy()
    assert counts(engine)["reviews_asked"] == 0
