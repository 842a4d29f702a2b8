"""Public holidays by country, from the ``holidays`` library, and time zones by name."""

from __future__ import annotations

from datetime import date
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import holidays

from bot.coaching.errors import BadInput
from bot.coaching.rituals import Off


@cache
def off(country: str) -> Off:
    """Whether a day is a public holiday in a country (``FI``) or a part of it (``DE-BY``); nowhere: never.

    Raises BadInput for one that the library does not know.
    """
    if not country:
        return lambda day: False
    name, _, part = country.upper().partition("-")
    try:
        known = holidays.country_holidays(name, subdiv=part or None)
    except NotImplementedError:
        raise BadInput(f"No public holidays are known for '{country}'.") from None

    def is_off(day: date) -> bool:
        return day in known

    return is_off


def countries() -> list[str]:
    """The codes of the countries whose holidays are known."""
    return sorted(code for code in holidays.list_supported_countries() if len(code) == 2)


@cache
def _zones() -> dict[str, str]:
    return {name.lower().replace("_", " "): name for name in available_timezones()}


def zone_of(name: str) -> ZoneInfo:
    """The time zone that somebody named, however they wrote it. Raises BadInput for one that does not exist."""
    wanted = " ".join(name.lower().replace("_", " ").split())
    known = _zones()
    found = known.get(wanted) or next(
        (full for lower, full in sorted(known.items()) if lower.rpartition("/")[2] == wanted), None
    )
    if not wanted or found is None:
        raise BadInput(f"There is no time zone '{name}'.")
    return ZoneInfo(found)
