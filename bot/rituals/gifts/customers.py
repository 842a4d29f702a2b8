"""The best customers as another system tells them, in JSON: the whole list, or what changed about one."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from bot.coaching.errors import BadInput
from bot.rituals.evidence.reporting import Reporter
from bot.rituals.gifts.giving import Giver
from bot.rituals.tables import Customer, best

MOST = 200_000

Id = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class _Listed(BaseModel):
    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    customer: Id
    lifetime_value: float = Field(allow_inf_nan=False)
    active: bool


class _Told(BaseModel):
    """Either ``customers``, or ``customer`` with ``best``."""

    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)

    workspace: str = ""
    customers: list[_Listed] | None = Field(default=None, max_length=MOST)
    customer: Id | None = None
    best: bool | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> _Told:
        one = self.customer is not None and self.best is not None
        if (self.customers is not None) == one:
            raise ValueError("give customers, or customer and best")
        return self


def receive(body: bytes, giver: Giver, reporter: Reporter) -> int:
    """Keep what another system tells; how many customers have the badge by this message. Raises BadInput."""
    try:
        told = _Told.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(map(str, first["loc"])) or "the message"
        raise BadInput(
            f'{place}: {first["msg"]}. Send {{"customers": [{{"customer": "8841", "lifetime_value": 1250.5, '
            '"active": true}]}, or {"customer": "8841", "best": true}.'
        ) from None
    team = reporter.team(told.workspace)
    if told.customers is not None:
        listed = [Customer(one.customer, one.lifetime_value, one.active) for one in told.customers]
        return giver.set_best(team, best(listed))
    assert told.customer is not None
    giver.mark_best(team, told.customer, bool(told.best))
    return int(bool(told.best))
