"""Somebody who did all there is to do, so that a test can see what is left of them once they are gone."""

from __future__ import annotations

from datetime import time

from sqlalchemy import Engine, MetaData, inspect, select

from bot.coaching.rituals import Plan
from bot.desk.desk import Desk
from bot.desk.model import Person
from bot.packs.model import Place
from bot.rituals.model import Schedule, Team
from bot.rituals.together import Rituals

OF_THE_SYSTEM = {"information_schema", "pg_catalog"}


def did_everything(person: Person, colleague: Person, desk: Desk, rituals: Rituals) -> None:
    """Plan prompts, decide on a rule; get prompts, walk the path, tell, give, propose, choose."""
    team = Team(platform=person.platform, workspace=person.workspace)
    place = Place(platform=person.platform, workspace=person.workspace)
    led = Schedule(team=team, channel="C0LED", lead=person.id, language="en", zone="UTC", plan=Plan(at=time(9)))
    to_each = led.model_copy(update={"channel": "C0EACH", "lead": colleague.id, "each": True})
    rituals.planner.save(led)
    rituals.planner.save(to_each)
    rituals.planner.join(to_each, person.id, "Europe/Helsinki")
    rituals.path.start(person, language="en", zone="UTC", lead=colleague.id)
    rituals.path.write(person, 1, "I asked first.")
    rituals.path.start(colleague, language="en", zone="UTC", lead=person.id)
    rituals.teller.tell(team, person.id, "I sent a card.", whom="customer", value="v", language="en", in_book=True)
    rituals.giver.log(team, person.id, "5 card for the bakery", "en")
    rule = {"why": "It blames.", "instead": "Here it is again.", "principle": "next-step"}
    rituals.proposer.propose_rule(place, person.id, "en", {**rule, "phrases": "as I said"})
    theirs = rituals.proposer.propose_rule(place, colleague.id, "en", {**rule, "phrases": "hang tight"})
    rituals.proposer.approve(place, theirs.id, person.id, "may")
    rituals.monthly._sent.claim(team, person.id, "2026-10", rituals.path._now())
    desk.prefer(person, language="fi")
    desk.silence(person, "en-blame")
    desk.useful(person, "j1", False, "It was too long.")


def tables_that_say(engine: Engine, word: str) -> set[str]:
    """The tables of the database, ours or not, with a column in which this stands somewhere."""
    found = set()
    with engine.connect() as connection:
        for schema in set(inspect(connection).get_schema_names()) - OF_THE_SYSTEM:
            there = MetaData()
            there.reflect(connection, schema=schema)
            for table in there.sorted_tables:
                for row in connection.execute(select(table)):
                    if any(word in str(value) for value in row):
                        found.add(table.name)
    return found
