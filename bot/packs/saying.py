"""Packs in words, the same on every platform and in the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.coaching.wording import Wording
from bot.packs.model import Choice, OwnRule, Proposal
from bot.packs.packs import Line
from bot.packs.proposing import said
from bot.packs.trial import Trial


def say_trial(proposal: Proposal, trial: Trial, wording: Wording) -> list[str]:
    """What a rule would have flagged, in a few lines."""

    def say(name: str, **values: object) -> str:
        return wording.say(f"packs.trial.{name}", **values)

    lines = [say("title", what=said(proposal))]
    counted = {
        "good": ("sample", trial.good),
        "bad": ("sample-bad", trial.bad),
        "unknown": ("sample-own", trial.unknown),
    }
    for name, (sample, count) in counted.items():
        if count.of:
            lines.append(say(name, flagged=f"{count.flagged:,}", of=f"{count.of:,}"))
            lines += [say(sample, sample=" ".join(text.split())) for text in count.samples]
    if not any(count.flagged for _, count in counted.values()):
        lines.append(say("nowhere"))
    if trial.tiring:
        lines.append(say("tiring"))
    return lines


def say_lines(lines: list[Line], wording: Wording, *, here: bool) -> Iterator[str]:
    """What was chosen, line by line; nothing for what is as it was shipped. ``here``: for one channel alone."""
    name = "packs.line-here" if here else "packs.line"
    for line in lines:
        about = wording.say(f"criterion.{line.known.criterion}")
        chosen = [(line.known.criterion, line.choice)] if line.choice else []
        for rule, choice in (*chosen, *line.rules):
            yield wording.say(name, rule=rule, about=about, choice=say_choice(choice, wording))


def say_choice(choice: Choice | None, wording: Wording) -> str:
    """A choice in a word; None: as it was shipped."""
    return wording.say(f"packs.choice.{choice or 'default'}")


def say_own(proposal: Proposal, wording: Wording) -> list[str]:
    """What a team has of its own, or waits for it, in a few lines."""
    content = proposal.content
    lines = [f"{wording.say(f'packs.kind-{content.kind}')}: “{said(proposal)}”"]
    lines.append(wording.say("packs.why", why=content.why))
    if isinstance(content, OwnRule):
        lines.append(wording.say("packs.instead", instead=content.instead))
    else:
        lines += [f"“{content.line}”", wording.say("packs.fits", example=content.example)]
    return lines


def say_day(day: date, wording: Wording) -> str:
    """``23 May 2027``."""
    said = wording.say("wow.date.short", day=day.day, month=wording.say(f"wow.month.{day.month}"))
    return f"{said} {day.year}"
