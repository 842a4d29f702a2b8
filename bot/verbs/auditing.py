"""Review a file of macros, templates or help texts in bulk."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bot import terminal
from bot.verbs.common import InWorkspace, built, team_shelf

if TYPE_CHECKING:
    from bot.auditing.files import Names
    from bot.auditing.journal import Journal
    from bot.auditing.model import Audited, Entry
    from bot.auditing.summing import Summary
    from bot.coach import Coach
    from bot.packs.shelf import Touchless

ReviewAll = Callable[[Sequence["Entry"]], Sequence["Audited"]]
Gravest = Literal["hold", "must", "may"]


def audit(
    path: Annotated[Path, typer.Argument(metavar="FILE.csv", help="CSV with a column of texts; see the README.")],
    out: Annotated[Path | None, typer.Option(help="Write the report too: a name in .csv, .html or .json.")] = None,
    top: Annotated[int, typer.Option(min=0, help="How many of the worst texts to show here.")] = 10,
    fail_on: Annotated[
        Gravest | None, typer.Option(help="End with code 1 where a text has a finding as grave as this: for CI.")
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, max=64, help="Processes to work with.")] = 1,
    afresh: Annotated[bool, typer.Option("--afresh", help="Do not go on where an earlier run was stopped.")] = False,
    workspace: InWorkspace = "",
) -> None:
    """Review [bold]macros, templates and help texts[/bold] in bulk; the worst come first.

    Stop it at any time (Ctrl-C): the same command goes on where it was stopped.
    """
    from bot.auditing.files import Names, check_ending, headline, write_report
    from bot.auditing.running import measured, run

    if out:
        check_ending(out)
    count, digest = measured(path)
    journal = _journal(digest, workspace, afresh=afresh)
    begun, before = time.monotonic(), journal.read_to
    try:
        with _reviewing(workspace, jobs) as review_all, terminal.progress("Auditing") as told:
            run(path, journal, review_all, lambda done: told(done, count))
    except KeyboardInterrupt:
        journal.close()
        terminal.complain("stopped; what was done is kept, and the same command goes on from there.")
        raise typer.Exit(130) from None
    seconds = time.monotonic() - begun
    summary, reader = _summary(journal), built(local=True).shelf.reader("en")
    names = Names(
        criterion=lambda id: reader.wording.say(f"criterion.{id}"),
        principle=lambda id: f"{reader.principles[id].title} · {reader.principles[id].source.short}",
    )
    if out:
        write_report(out, summary, journal.ranked(), names)
    _show(summary, journal, names, top)
    rows = f"Rows: {count:,}" + (", some of them in an earlier run" if before else "")
    typer.echo(f"{headline(summary)}\n{rows}; {seconds:.1f} s." + (f" The report is in {out}." if out else ""))
    journal.erase()
    _judge(summary, fail_on)


def _journal(digest: str, workspace: str, *, afresh: bool) -> Journal:
    """The journal of this file and these rules; another when either changed."""
    import hashlib

    from bot import __version__
    from bot.auditing.journal import Journal
    from bot.settings import load_settings

    settings = load_settings()
    state = (digest, __version__, _coach(workspace)[1].edition, _knowledge_digest())
    key = hashlib.sha256("\0".join(state).encode()).hexdigest()[:32]
    journal = Journal(settings.heartware_data / "audits", key)
    if afresh:
        journal.erase()
        journal = Journal(settings.heartware_data / "audits", key)
    return journal


def _knowledge_digest() -> str:
    """Changes with the rules, so that no report mixes two states of them."""
    import hashlib

    from bot.content.places import KNOWLEDGE

    digest = hashlib.sha256()
    for file in sorted(KNOWLEDGE.rglob("*.yaml")):
        digest.update(f"{file.name}{file.stat().st_size}{file.stat().st_mtime_ns}".encode())
    return digest.hexdigest()


@contextmanager
def _reviewing(workspace: str, jobs: int) -> Iterator[ReviewAll]:
    """What reviews a handful of texts, in this process or in several."""
    if jobs == 1:
        yield lambda handful: [reviewed(entry, workspace) for entry in handful]
        return
    from functools import partial
    from multiprocessing import get_context
    from signal import SIG_IGN, SIGINT, signal

    # Who stops the audit stops this process; the others are ended by it.
    with get_context("spawn").Pool(jobs, signal, (SIGINT, SIG_IGN)) as pool:
        yield lambda handful: pool.map(partial(reviewed, workspace=workspace), handful, chunksize=1)


def reviewed(entry: Entry, workspace: str) -> Audited:
    """One text, reviewed in whatever process this is."""
    from bot.auditing.reviewing import audited

    return audited(entry, *_coach(workspace))


@cache
def _coach(workspace: str) -> tuple[Coach, Touchless]:
    from bot.packs.shelf import Touchless

    parts = built(local=True)
    return parts.coach, Touchless(team_shelf(parts, workspace))


def _summary(journal: Journal) -> Summary:
    from bot.auditing.summing import summed

    return summed(journal.ranked(), repeated=journal.repeated(), unread=journal.unread())


def _show(summary: Summary, journal: Journal, names: Names, top: int) -> None:
    """The worst texts, and the figures, as tables."""
    from itertools import islice

    worst = [
        {
            "#": rank if number == 0 else "",
            "Text": one.id if number == 0 else "",
            "": "hold" if fault.hold else fault.severity,
            "Words": f"“{' '.join(fault.words.split())}”" if fault.words else "(missing)",
            "Found": names.criterion(fault.criterion),
            "Instead": fault.suggestion,
        }
        for rank, one in enumerate(islice(journal.ranked(), top), 1)
        for number, fault in enumerate(one.faults)
    ]
    criteria = [{"Found": names.criterion(name), "Texts": count} for name, count in summary.criteria.most_common()]
    principles = [{"Principle": names.principle(id), "Texts": count} for id, count in summary.principles.most_common()]
    languages = [
        {"Language": code, "Texts": count, "To mend": f"{summary.at_fault[code] / count:.0%}"}
        for code, count in summary.languages.most_common()
    ]
    titled = (("The worst first", worst), ("What was found", criteria), ("By principle", principles))
    for title, rows in (*titled, ("By language", languages)):
        if rows:
            terminal.show(terminal.table(title, rows), piped=terminal.WIDE_TABLE)


def _judge(summary: Summary, fail_on: Gravest | None) -> None:
    """End with code 1 where something is as grave as it must not be."""
    if fail_on is None:
        return
    graver = {"hold": ("hold",), "must": ("hold", "must"), "may": ("hold", "must", "may")}[fail_on]
    count = sum(summary.levels[level] for level in graver)
    if count:
        terminal.complain(f"texts with a finding of level {fail_on} or graver: {count:,}.")
        raise typer.Exit(1)
