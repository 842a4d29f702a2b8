"""A review as a busy agent reads it: the verdict, what to change and why, the reply to copy, the touch, the buttons."""

from __future__ import annotations

from bot.coaching.model import Finding, Review, Rewrite, Strength, Touch
from bot.coaching.wording import Wording
from bot.desk.changes import changes
from bot.teams.cards.parts import (
    LARGEST,
    Card,
    Place,
    button,
    card,
    choice,
    container,
    field,
    folded,
    rich,
    row,
    run,
    size,
    small,
)
from bot.teams.text import shortened

STYLES = {"send": "good", "revise": "warning", "hold": "attention"}
LIGHTS = {"send": "🟢", "revise": "🟡", "hold": "🔴"}
QUOTE = 300
CHOICE = 80
DIFF = 3_500
MOST_CHANGES = 20
"""Changes that may be taken one by one."""
LONGEST_WHY = 500
MARKS: dict[str, Card] = {
    "stays": {},
    "goes": {"strikethrough": True, "isSubtle": True},
    "comes": {"weight": "Bolder"},
}


def review_card(
    review: Review,
    draft: str,
    wording: Wording,
    *,
    job: str,
    place: Place,
    above: str = "",
    pending: bool = False,
    busy: str = "",
    undo: str = "",
) -> Card:
    """The card of a review of ``draft``.

    ``above`` is a line before everything; ``undo`` the rule that it can be taken back for. ``pending``: a dialog is to
    offer the deeper review. ``busy`` takes the place of the buttons while something is being made. A reply that is
    too large for the card is copied in parts; where that is not enough, the difference goes too.
    """
    body: list[Card] = [small(above)] if above else []
    if pending:
        body += [small(wording.say("teams.deeper-follows")), {"type": "ActionSet", "actions": [_show(wording, job)]}]
    body.append(_verdict(review))
    body += [_finding(number, finding, wording) for number, finding in enumerate(review.findings, 1)]
    if review.strengths:
        body.append(_strengths(review.strengths, wording))
    mended = len(body)
    if review.rewrite:
        copied = field("reply", wording.say("teams.reply"), value=review.rewrite.text)
        some = 1 < len(review.rewrite.edits) <= MOST_CHANGES
        choose = [button(wording.say("teams.choose"), "choose", place, job=job)] if some and not busy else []
        body.append(_rewrite(review, review.rewrite, draft, wording, [copied, *map(row, choose)], longest=DIFF))
    use = [] if busy else [row(button(wording.say("chat.use-touch"), "use_touch", place, job=job))]
    body += _touch(review.touch, review.no_touch_because, wording, use)
    body += [small(f"ℹ️ {note}") for note in review.notes]
    if place == "dialog":
        body.append(small(wording.say("teams.ai")))
    if busy:
        body.append(small(busy))
    made = card(body, _waiting(wording, job, place) if busy else _actions(review, wording, job, place, undo))
    for longest in (DIFF // 2, 0):
        if review.rewrite and size(made) > LARGEST:
            parts = button(wording.say("teams.parts"), "parts", place, job=job, part="0")
            body[mended] = _rewrite(review, review.rewrite, draft, wording, [row(parts, *choose)], longest=longest)
    return made


def _verdict(review: Review) -> Card:
    headline = rich(run(f"{LIGHTS[review.verdict]} {review.headline}", bold=True, size="Medium"))
    return container(headline, style=STYLES[review.verdict], bleed=True)


def _finding(number: int, finding: Finding, wording: Wording) -> Card:
    grounds = (
        wording.say(f"review.{finding.severity}"),
        wording.say(f"criterion.{finding.criterion}"),
        finding.principle.title,
        finding.principle.source.short,
    )
    return container(
        rich(run(f"{number}. {_named(finding, wording)}", bold=True)),
        rich(finding.why, spacing="Small"),
        rich(run(f"{wording.say('review.fix')}: ", bold=True), finding.suggestion, spacing="Small"),
        small(" · ".join(grounds)),
        separator=True,
    )


def _named(finding: Finding, wording: Wording, longest: int = QUOTE) -> str:
    """The quoted words, or what is missing."""
    if finding.quote:
        return f"“{shortened(' '.join(finding.quote.split()), longest)}”"
    return f"{wording.say('review.missing')}: {wording.say(f'criterion.{finding.criterion}')}"


def _strengths(strengths: tuple[Strength, ...], wording: Wording) -> Card:
    title = run(f"🌱 {wording.say('review.good')}: ", bold=True)
    return container(rich(title, "  ".join(strength.said for strength in strengths)), separator=True)


def _rewrite(
    review: Review, rewrite: Rewrite, draft: str, wording: Wording, copied: list[Card], *, longest: int
) -> Card:
    """The difference, about so many characters of it, and where the whole is copied from."""
    pieces = changes(draft, rewrite.edits, longest=longest) if longest else []
    diff = [rich(*(run(piece.text, **MARKS[piece.kind]) for piece in pieces), spacing="Small")] if pieces else []
    title = rich(run(wording.say("review.rewrite" if review.mends_all else "review.rewrite-part"), bold=True))
    return container(title, *diff, *copied, separator=True)


def _touch(touch: Touch | None, because: str | None, wording: Wording, use: list[Card]) -> list[Card]:
    if touch is None:
        return [small(f"{wording.say('review.no-touch')}: {because}")] if because else []
    title = f"✨ {wording.say(f'review.touch-{touch.kind}')} · {wording.say(f'review.cost-{touch.cost}')}"
    parts = (
        rich(run(title, bold=True)),
        rich(touch.idea, spacing="Small"),
        rich(run(f"“{touch.line}”", italic=True), spacing="Small"),
        rich(touch.why, spacing="Small"),
        small(f"{touch.principle.title} · {touch.source.short}"),
        *use,
    )
    return [container(*parts, style="emphasis", bleed=True)]


def _actions(review: Review, wording: Wording, job: str, place: Place, undo: str) -> list[Card]:
    """At most six, as Teams takes."""

    def of(name: str, said: str, *, inputs: bool = False) -> Card:
        return button(wording.say(said), name, place, inputs=inputs, job=job)

    made = [of("insert", "teams.insert", inputs=True)] if review.rewrite and place == "dialog" else []
    made += [of("warmer", "chat.warmer"), of("shorter", "chat.shorter")]
    if review.touch:
        made.append(of("touch", "chat.another-touch"))
    if undo:
        made.append(button(wording.say("chat.undo"), "undo", place, job=job, rule=undo))
    elif review.findings:
        made.append(_not_here(review, wording, job, place))
    return [*made, _more(wording, job, place)]


def _not_here(review: Review, wording: Wording, job: str, place: Place) -> Card:
    """Which of the findings is not for this person."""
    rules = {finding.rule: _named(finding, wording, CHOICE) for finding in review.findings}
    first = next(iter(rules))
    asked = choice("rule", wording.say("teams.not-here-which"), rules, style="expanded", value=first)
    send = button(wording.say("teams.not-here-send"), "not_here", place, inputs=True, job=job)
    return folded(wording.say("chat.not-here"), [asked], [send])


def _more(wording: Wording, job: str, place: Place) -> Card:
    """Was it of use, and why not; erase the draft."""
    said = {"useful": wording.say("chat.useful"), "not_useful": wording.say("chat.not-useful")}
    body = [
        choice("useful", wording.say("teams.was-it-useful"), said, style="expanded", value="useful"),
        field("why", wording.say("teams.why"), longest=LONGEST_WHY),
    ]
    send = button(wording.say("teams.send"), "feedback", place, inputs=True, job=job)
    return folded(wording.say("teams.more"), body, [send, button(wording.say("chat.erase"), "erase", place, job=job)])


def _waiting(wording: Wording, job: str, place: Place) -> list[Card]:
    return [_show(wording, job)] if place == "dialog" else []


def _show(wording: Wording, job: str) -> Card:
    """A dialog cannot be changed from outside: its reader asks for what was made meanwhile."""
    return button(wording.say("teams.show"), "show", "dialog", job=job)
