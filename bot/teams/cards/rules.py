"""The rules of a team as a lead sees them, and the forms in which anybody proposes one or a touch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from bot.coaching.model import LANGUAGES, Cost, TouchKind
from bot.coaching.wording import Wording
from bot.packs.asked import Every, Overview
from bot.packs.model import OwnRule, Proposal
from bot.packs.phrases import LONGEST as LONGEST_PHRASE
from bot.packs.phrases import MOST
from bot.packs.proposing import LONGEST
from bot.packs.saying import say_choice, say_day, say_lines, say_own
from bot.teams.cards.parts import (
    LARGEST,
    Card,
    button,
    card,
    choice,
    field,
    opener,
    rich,
    row,
    run,
    sentence,
    size,
    small,
    titled,
)

LONGEST_REASON = 300


def rules_card(seen: Overview, wording: Wording, *, above: str = "") -> Card:
    """What was chosen, what waits, and what is the team's own, as much as a card holds."""
    chosen = [*say_lines(seen.whole, wording, here=False), *say_lines(seen.here, wording, here=True)]
    body = [sentence(above)] if above else []
    body.append(rich(run(_say(wording, "title"), bold=True, size="Medium")))
    if chosen:
        body.append(titled(_say(wording, "changed"), *(rich(one, spacing="Small") for one in chosen)))
    else:
        body.append(sentence(_say(wording, "as-shipped")))
    last = sentence(_say(wording, "how"), separator=True)
    body += [] if seen.waiting else [sentence(_say(wording, "waiting-none"))]
    shown = [_waiting(one, wording) for one in seen.waiting]
    shown += [_own(one, seen, wording) for one in (*seen.due, *seen.rest)]
    for one in shown:
        if size(card([*body, one, last])) > LARGEST:
            break
        body.append(one)
    return card([*body, last])


def _waiting(proposal: Proposal, wording: Wording) -> Card:
    deciding: list[tuple[str, str]] = [("approve", "rules_approve_may")]
    if isinstance(proposal.content, OwnRule):
        deciding = [(f"approve-{as_}", f"rules_approve_{as_}") for as_ in ("may", "must")]
    buttons = [button(_say(wording, said), name, "chat", id=proposal.id) for said, name in deciding]
    no = opener(_say(wording, "decline"), "rules_decline", id=proposal.id)
    title, *lines = say_own(proposal, wording)
    waits = small(_say(wording, "waiting"))
    return titled(title, waits, *_lines(lines), row(*_trying(proposal, wording), *buttons, no))


def _own(proposal: Proposal, seen: Overview, wording: Wording) -> Card:
    title, *lines = say_own(proposal, wording)
    due = proposal in seen.due
    day = say_day(proposal.review_by, wording) if proposal.review_by else ""
    owner = wording.say("teams.a-colleague") if proposal.owner else _say(wording, "nobody")
    care = small(wording.say("packs.care-due" if due else "packs.care", owner=owner, day=day))
    buttons = row(*_keeping(proposal, wording, due=due), *_trying(proposal, wording))
    return titled(title, *_lines(lines), care, buttons)


def _trying(proposal: Proposal, wording: Wording) -> list[Card]:
    rule = isinstance(proposal.content, OwnRule)
    return [button(_say(wording, "try"), "rules_try", "chat", id=proposal.id)] if rule else []


def _keeping(proposal: Proposal, wording: Wording, *, due: bool) -> list[Card]:
    keep = [button(_say(wording, "keep"), "rules_keep", "chat", id=proposal.id)] if due else []
    return [*keep, button(_say(wording, "remove"), "rules_remove", "chat", id=proposal.id)]


def every_card(every: Every, wording: Wording) -> Card:
    """Every rule, with what it finds and how it is meant."""
    lines = (
        rich(
            run(one.known.criterion, fontType="Monospace"),
            f": {wording.say(f'criterion.{one.known.criterion}')} "
            f"({say_choice(one.choice or one.known.level, wording)})",
            spacing="Small",
        )
        for one in every.lines
    )
    return card([titled(_say(wording, "title"), *lines)])


def lines_card(lines: Sequence[str]) -> Card:
    """Some lines, the first in bold."""
    return card([titled(lines[0], *_lines(lines[1:]))])


def reminder_card(proposal: Proposal, text: str, wording: Wording) -> Card:
    """Asks an owner whether something of the team's own still holds."""
    title, *lines = say_own(proposal, wording)
    return card([rich(text), titled(title, *_lines(lines))], _keeping(proposal, wording, due=True))


def decline_form(id: str, wording: Wording) -> Card:
    """Asks a lead why not."""
    why = field("reason", _say(wording, "decline-why"), longest=LONGEST_REASON)
    return card([why], [button(_say(wording, "decline"), "rules_declined", "dialog", inputs=True, id=id)])


def choose_card(wording: Wording) -> Card:
    """Asks what is to be proposed."""
    kinds = [opener(wording.say(f"packs.form.choose-{kind}"), f"propose_{kind}") for kind in ("rule", "touch")]
    return card([rich(wording.say("packs.form.which"))], kinds)


def propose_form(
    kind: str,
    principles: Mapping[str, str],
    wording: Wording,
    *,
    wrong: str = "",
    given: Mapping[str, Any] | None = None,
) -> Card:
    """The form for a rule or a touch, with what was ``given`` already. ``principles`` are titles by id."""
    said = {name: value for name, value in (given or {}).items() if isinstance(value, str)}

    def text(name: str, label: str = "", *, longest: int = LONGEST) -> Card:
        return field(name, wording.say(f"packs.form.{label or name}"), value=said.get(name, ""), longest=longest)

    fields = _of_touch(text, wording) if kind == "touch" else _of_rule(text, wording)
    languages: dict[str, str] = {code: wording.say(f"home.language-{code}") for code in LANGUAGES}
    first = next(iter(principles))
    body = [
        *([rich(run(wrong, color="Attention"))] if wrong else []),
        *fields,
        choice("principle", wording.say("packs.form.principle"), principles, value=said.get("principle") or first),
        choice("language", wording.say("packs.form.language"), languages, value=wording.language),
    ]
    return card(body, [button(wording.say("packs.form.submit"), f"proposed_{kind}", "dialog", inputs=True)])


def _of_rule(text: Any, wording: Wording) -> list[Card]:
    phrases = text("phrases", longest=MOST * LONGEST_PHRASE)
    return [phrases, small(wording.say("packs.form.phrases-hint")), text("why"), text("instead")]


def _of_touch(text: Any, wording: Wording) -> list[Card]:
    kinds = {kind: wording.say(f"review.touch-{kind}") for kind in get_args(TouchKind)}
    costs = {cost: wording.say(f"review.cost-{cost}") for cost in get_args(Cost)}
    return [
        text("idea"),
        text("line"),
        text("example"),
        text("why", "touch-why"),
        choice("touch", wording.say("packs.form.touch"), kinds, value=next(iter(kinds))),
        choice("cost", wording.say("packs.form.cost"), costs, value=next(iter(costs))),
    ]


def _lines(lines: Sequence[str]) -> list[Card]:
    return [rich(one, spacing="Small") for one in lines if one]


def _say(wording: Wording, name: str) -> str:
    return wording.say(f"packs.{name}")
