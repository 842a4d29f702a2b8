"""The tables. Every row belongs to a workspace, so that a workspace can be forgotten."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    false,
)

metadata = MetaData()


class Utc(TypeDecorator[datetime]):
    """A moment that is read as it was written: SQLite keeps no time zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """In UTC."""
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """In UTC again."""
        return value and (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC))


def _team(*, key: bool = False) -> list[Column[str]]:
    """Which workspace a row belongs to; ``key``: together with what follows, the row's key."""
    return [_name("platform", key=key), _name("workspace", key=key)]


def _owner(*, key: bool = False) -> list[Column[str]]:
    """Whose a row is, in the same way."""
    return [*_team(key=key), _name("person", key=key)]


def _name(name: str, *, key: bool) -> Column[str]:
    return Column(name, String(100), primary_key=key, nullable=False)


jobs = Table(
    "jobs",
    metadata,
    Column("id", String(200), primary_key=True),
    *_owner(),
    Column("kind", String(10), nullable=False, server_default="draft"),
    # Null once the draft is erased: the id stays known, so that a late duplicate is not taken.
    Column("sealed", LargeBinary),
    Column("made", Utc, nullable=False),
    Column("used", Utc, nullable=False),
    Index("jobs_used", "used"),
    Index("jobs_owner", "platform", "workspace", "person"),
)

preferences = Table(
    "preferences",
    metadata,
    *_owner(key=True),
    Column("language", String(3), nullable=False, server_default=""),
    Column("quiet", Boolean, nullable=False, server_default=false()),
)

silenced = Table(
    "silenced",
    metadata,
    *_owner(key=True),
    Column("rule", String(100), primary_key=True),
)

reviews_asked = Table(
    "reviews_asked",
    metadata,
    Column("job", String(200), primary_key=True),
    *_owner(),
    Column("day", Date, nullable=False),
    Column("verdict", String(10), nullable=False),
    Column("criteria", JSON, nullable=False),
    Index("reviews_asked_owner", "platform", "workspace", "person", "day"),
)

feedback = Table(
    "feedback",
    metadata,
    Column("job", String(200), primary_key=True),
    *_owner(),
    Column("day", Date, nullable=False),
    Column("useful", Boolean, nullable=False),
    # Why, in their own words.
    Column("sealed", LargeBinary, nullable=False),
    Index("feedback_owner", "platform", "workspace", "person", "day"),
)

processes = Table(
    "processes",
    metadata,
    Column("id", String(50), primary_key=True),
    # Counted up while the process lives: others see from it that it still does, whatever their clocks say.
    Column("beats", Integer, nullable=False),
)

key_check = Table(
    "key_check",
    metadata,
    Column("id", String(10), primary_key=True),
    # One row, with a word that only who has the key can read.
    Column("sealed", LargeBinary, nullable=False),
)

schedules = Table(
    "schedules",
    metadata,
    Column("id", String(32), primary_key=True),
    *_team(),
    Column("channel", String(200), nullable=False),
    Column("lead", String(100), nullable=False),
    Column("language", String(3), nullable=False),
    Column("zone", String(60), nullable=False),
    Column("each", Boolean, nullable=False),
    Column("plan", JSON, nullable=False),
    Index("schedules_channel", "platform", "workspace", "channel", unique=True),
)

prompt_turns = Table(
    "prompt_turns",
    metadata,
    Column("schedule", String(32), primary_key=True),
    # Empty: the channel itself.
    Column("recipient", String(100), primary_key=True),
    Column("zone", String(60), nullable=False),
    Column("at", Utc),
    Index("prompt_turns_at", "at"),
)

prompt_posts = Table(
    "prompt_posts",
    metadata,
    # The key is what makes a prompt come once.
    Column("schedule", String(32), primary_key=True),
    Column("recipient", String(100), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("prompt", String(100), nullable=False),
    Column("state", String(10), nullable=False),
    Column("late", Boolean, nullable=False),
    Column("taken", Utc, nullable=False),
    Index("prompt_posts_state", "state", "taken"),
)

# What lets the bot into a workspace that installed it.
installations = Table(
    "installations",
    metadata,
    *_team(key=True),
    Column("sealed", LargeBinary, nullable=False),
)

conversations = Table(
    "conversations",
    metadata,
    *_team(key=True),
    Column("id", String(300), primary_key=True),
    # Whose it is, where it is between one person and the bot; which team's, where it is a channel.
    Column("person", String(100), nullable=False),
    Column("team", String(300), nullable=False),
    Column("welcomed", Boolean, nullable=False, server_default=false()),
    Column("sealed", LargeBinary, nullable=False),
    Index("conversations_person", "platform", "workspace", "person"),
)

ledger_months = Table(
    "ledger_months",
    metadata,
    *_team(key=True),
    Column("month", String(7), primary_key=True),
    Column("granted", BigInteger, nullable=False),
    Column("spent", BigInteger, nullable=False),
    # Whatever else goes wrong, the database itself refuses to overdraw.
    CheckConstraint("spent >= 0 AND spent <= granted", name="never_overdrawn"),
)

gestures = Table(
    "gestures",
    metadata,
    Column("id", String(32), primary_key=True),
    *_team(),
    Column("day", Date, nullable=False),
    Column("cents", BigInteger, nullable=False),
    # What it was, in words.
    Column("sealed", LargeBinary, nullable=False),
    # Pseudonyms: who gave, so that only they undo it; to whom, so that repeats are noticed.
    Column("customer", String(64), nullable=False),
    Column("by", String(64), nullable=False),
    Column("funding", String(100), nullable=False),
    Index("gestures_day", "platform", "workspace", "day"),
    Index("gestures_customer", "platform", "workspace", "customer"),
)

best_customers = Table(
    "best_customers",
    metadata,
    *_team(key=True),
    Column("customer", String(64), primary_key=True),
)

stories = Table(
    "stories",
    metadata,
    Column("id", String(32), primary_key=True),
    *_team(),
    Column("day", Date, nullable=False),
    Column("by", String(64), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Index("stories_day", "platform", "workspace", "day"),
)

# A language model's words for the prompt of a day; no text yet: it was asked, or its words did not fit. They are in
# clear, as a channel soon reads them.
prompt_texts = Table(
    "prompt_texts",
    metadata,
    *_team(),
    Column("schedule", String(32), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("prompt", String(100), nullable=False),
    Column("language", String(3), nullable=False),
    Column("text", Text, nullable=False),
    Index("prompt_texts_day", "day"),
)

# The key is what makes a month's report come to a lead once.
lead_reports = Table(
    "lead_reports",
    metadata,
    *_owner(key=True),
    Column("month", String(7), primary_key=True),
    Column("state", String(10), nullable=False),
    Column("taken", Utc, nullable=False),
)

# What of a review was put to use, without who: one row a job and kind.
uses = Table(
    "uses",
    metadata,
    *_team(key=True),
    Column("job", String(200), primary_key=True),
    Column("kind", String(10), primary_key=True),
    Column("day", Date, nullable=False),
)

tickets = Table(
    "tickets",
    metadata,
    Column("job", String(200), primary_key=True),
    *_team(),
    Column("ticket", String(64), nullable=False),
    Index("tickets_ticket", "platform", "workspace", "ticket"),
)

outcomes = Table(
    "outcomes",
    metadata,
    *_team(key=True),
    Column("ticket", String(64), primary_key=True),
    Column("day", Date, nullable=False),
    Column("csat", Float),
    Column("reopened", Boolean),
    Column("repurchased", Boolean),
)

rule_choices = Table(
    "rule_choices",
    metadata,
    *_team(key=True),
    # Empty: the whole workspace.
    Column("channel", String(200), primary_key=True),
    Column("rule", String(100), primary_key=True),
    Column("choice", String(4), nullable=False),
)

# Rules and touches of a team's own, approved or waiting for a lead.
own_rules = Table(
    "own_rules",
    metadata,
    Column("id", String(32), primary_key=True),
    *_team(),
    Column("channel", String(200), nullable=False),
    Column("approved", Boolean, nullable=False),
    Column("made", Utc, nullable=False),
    # Who proposed it, and in whose care it is; empty once they are forgotten.
    Column("by", String(100), nullable=False),
    Column("owner", String(100), nullable=False),
    Column("review_by", Date),
    Column("reminded", Boolean, nullable=False, server_default=false()),
    Column("sealed", LargeBinary, nullable=False),
    Index("own_rules_workspace", "platform", "workspace"),
    Index("own_rules_due", "review_by"),
)

walks = Table(
    "walks",
    metadata,
    *_owner(key=True),
    Column("language", String(3), nullable=False),
    Column("zone", String(60), nullable=False),
    Column("plan", JSON, nullable=False),
    Column("started", Date, nullable=False),
    # Who is told that it was started and finished, as the person agreed.
    Column("lead", String(100), nullable=False),
    Column("fades", Boolean, nullable=False),
    Column("round", Integer, nullable=False),
    Column("given", Integer, nullable=False),
    Column("finished", Boolean, nullable=False),
    Column("at", Utc),
    Column("sending", String(10), nullable=False),
    Column("taken", Utc),
    Index("walks_at", "at"),
)

path_notes = Table(
    "path_notes",
    metadata,
    *_owner(key=True),
    Column("round", Integer, primary_key=True),
    Column("week", Integer, primary_key=True),
    Column("day", Date, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)

# The stale cards of the knowledge of which their owner was reminded, by the date that passed.
reminders = Table(
    "reminders",
    metadata,
    *_team(key=True),
    Column("card", String(100), primary_key=True),
    Column("review_by", Date, primary_key=True),
)
