"""What the verbs print: a review, an answer, passages and tables, in colour on a terminal and plain elsewhere."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from bot.coaching.model import Answer, Finding, Found, Review, Rewrite, Touch
from bot.coaching.wording import Wording
from bot.indexing import LeftOut, Outcome

WIDEST = 100
WIDE_TABLE = 200
"""Columns of a table that is piped: long paths stay whole."""
_COLOUR = {"send": "green", "revise": "yellow", "hold": "red"}


def console(*, stderr: bool = False, piped: int = WIDEST) -> Console:
    """A console no wider than is pleasant to read; plain and ``piped`` wide where the output is piped."""
    wide = Console(stderr=stderr, highlight=False)
    width = min(wide.width, WIDEST) if wide.is_terminal else piped
    return Console(stderr=stderr, highlight=False, width=width, soft_wrap=False)


def show(what: RenderableType, *, piped: int = WIDEST) -> None:
    """Print it; where it is piped without the spaces that fill lines up, so that it can be copied."""
    screen = console(piped=piped)
    if screen.is_terminal:
        screen.print(what)
        return
    with screen.capture() as captured:
        screen.print(what)
    text = "\n".join(line.rstrip() for line in captured.get().splitlines())
    sys.stdout.write(text + "\n")


def complain(message: str) -> None:
    """One sentence on standard error."""
    console(stderr=True).print(Text.assemble(("heartware: ", "bold red"), message), soft_wrap=True)


def review(review: Review, draft: str, wording: Wording, *, plain: bool) -> RenderableType:
    """A review as a person reads it: the verdict, the findings, what works, the rewrite, the touch.

    ``plain``: there will be no colour, so changes are marked with signs.
    """
    colour = _COLOUR[review.verdict]
    parts: list[RenderableType] = [Text.assemble(("● ", f"bold {colour}"), (review.headline, f"bold {colour}"))]
    for number, finding in enumerate(review.findings, 1):
        parts += ["", _finding(number, finding, wording)]
    if review.strengths:
        parts += ["", _title(wording.say("review.good"))]
        parts += [_indented(Text(strength.said)) for strength in review.strengths]
    if review.rewrite:
        title = wording.say("review.rewrite" if review.mends_all else "review.rewrite-part")
        parts += ["", _title(title), _indented(diff(draft, review.rewrite, plain=plain))]
    parts += ["", *_touch(review.touch, review.no_touch_because, wording)]
    parts += [Text(f"{wording.say('review.notes')}: {note}", style="dim") for note in review.notes]
    return Group(*parts)


def _title(title: str) -> RenderableType:
    return Rule(title, align="left", style="dim", characters="─")


def _indented(what: RenderableType, by: int = 3) -> RenderableType:
    return Padding(what, (0, 0, 0, by), expand=False)


def _finding(number: int, finding: Finding, wording: Wording) -> RenderableType:
    name = wording.say(f"criterion.{finding.criterion}")
    quote = f"“{finding.quote}”" if finding.quote else f"{wording.say('review.missing')}: {name}"
    level = wording.say(f"review.{finding.severity}")
    return Group(
        Text.assemble((f"{number}. ", "bold"), (quote, "bold red" if finding.effect == "destroys" else "bold yellow")),
        _indented(Text(finding.why)),
        _indented(Text.assemble((f"{wording.say('review.fix')}: ", "bold"), finding.suggestion)),
        _indented(Text(f"{level} · {finding.principle.title} · {finding.principle.source.short}", style="dim")),
    )


def diff(draft: str, rewrite: Rewrite, *, plain: bool) -> Text:
    """The draft with what goes struck out and what comes in green; ``[-…-]{+…+}`` where there is no colour."""
    text = Text()
    at = 0
    for edit in rewrite.edits:
        gone = draft[edit.start : edit.end]
        text.append(draft[at : edit.start])
        text.append(f"[-{gone}-]" if plain else gone, style="red strike")
        if edit.text:
            text.append(f"{{+{edit.text}+}}" if plain else f" {edit.text}", style="green bold")
        at = edit.end
    text.append(draft[at:])
    return text


def _touch(touch: Touch | None, because: str | None, wording: Wording) -> list[RenderableType]:
    if touch is None:
        return [Text.assemble((f"{wording.say('review.no-touch')}: ", "bold"), because or "")]
    cost = wording.say(f"review.cost-{touch.cost}")
    return [
        _title(f"{wording.say(f'review.touch-{touch.kind}')} · {cost}"),
        _indented(Text(touch.idea, style="bold")),
        _indented(Text(f"“{touch.line}”", style="cyan")),
        _indented(Text(touch.why)),
        _indented(Text(f"{touch.principle.title} · {touch.source.short}", style="dim")),
    ]


def answer(answer: Answer, wording: Wording) -> RenderableType:
    """An answer and what it rests on."""
    parts: list[RenderableType] = [Text(answer.text)]
    if answer.citations:
        parts += ["", _title(wording.say("answer.sources"))]
        parts += [
            _indented(Text.assemble((citation.heading or citation.passage, "bold"), f" · {citation.source}"))
            for citation in answer.citations
        ]
    return Group(*parts)


def passages(found: Sequence[Found], wording: Wording) -> RenderableType:
    """Passages, best first."""
    if not found:
        return Text(wording.say("answer.empty"))
    parts: list[RenderableType] = []
    for number, hit in enumerate(found, 1):
        head = (f"{number}. {hit.passage.heading or hit.passage.source.title}", "bold")
        parts += [
            Text.assemble(head, (f"  {hit.passage.language} · {hit.score:.2f}", "dim")),
            _indented(Text(hit.passage.text)),
            _indented(Text(str(hit.passage.source), style="dim")),
            "",
        ]
    return Group(*parts[:-1])


@contextmanager
def progress(title: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on a terminal, nothing elsewhere; call what it yields with (done, of how many)."""
    if not console(stderr=True).is_terminal:
        yield lambda done, total: None
        return
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task(title, total=None, visible=False)

        def told(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, visible=True)

        yield told


@contextmanager
def growing() -> Iterator[Callable[[str], None] | None]:
    """A place on a terminal for a text that is still being made, gone at the end; None elsewhere."""
    screen = console()
    if not screen.is_terminal:
        yield None
        return
    with Live(console=screen, transient=True) as live:
        yield lambda text: live.update(Text(text, style="dim"), refresh=True)


def indexed(outcomes: Sequence[Outcome]) -> RenderableType:
    """What became of each document, and what was left out and why."""
    if not outcomes:
        return Text("Nothing to do: no document was given before. Give the files and folders to index.")
    documents = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in ("Document", "State", "Passages", "Languages"):
        documents.add_column(column, overflow="fold")
    for outcome in outcomes:
        languages = Counter(passage.language for passage in outcome.passages)
        counts = " ".join(f"{language} {count}" for language, count in languages.most_common())
        documents.add_row(Text(outcome.name), outcome.state, str(len(outcome.passages) or ""), counts)
    parts: list[RenderableType] = [documents]
    for outcome in outcomes:
        if outcome.problem:
            parts.append(Text(outcome.problem, style="red"))
        if outcome.left_out:
            parts += ["", Text(f"Left out of {outcome.name}", style="bold"), _left_out(outcome.left_out)]
    return Group(*parts)


def _left_out(left_out: Sequence[LeftOut]) -> RenderableType:
    reasons = Table(box=None, show_header=False, padding=(0, 2, 0, 2))
    for part in left_out:
        reasons.add_row(part.place, part.why, Text(f"“{part.what}”", style="dim"))
    return reasons


def table(title: str, rows: Sequence[Mapping[str, object]]) -> RenderableType:
    """Rows as a table; the first row's names are the columns."""
    drawn = Table(title=title, title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for column in rows[0] if rows else ():
        drawn.add_column(column, overflow="fold")
    for row in rows:
        drawn.add_row(*(str(value) for value in row.values()))
    return drawn
