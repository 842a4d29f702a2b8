"""The report as a file: CSV for a spreadsheet, HTML to read and print, JSON for programs. Written text by text."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from bot.auditing.model import Audited
from bot.auditing.summing import Summary
from bot.coach import LONGEST_DRAFT
from bot.coaching.errors import BadInput
from bot.content.tables import safe
from bot.content.whole import whole

COLUMNS = ("rank", "id", "line", "language", "level", "criterion", "words", "why", "suggestion", "principle", "source",
           "rule", "rewrite", "also")  # fmt: skip
_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; color: #222; max-width: 60em; margin: 2em auto; padding: 0 1em }
h1, h2 { color: #7a1f3d; font-weight: 600 } table { border-collapse: collapse; margin: 1em 0 }
td, th { text-align: left; padding: .2em 1.2em .2em 0; border-bottom: 1px solid #eee; vertical-align: top }
article { break-inside: avoid; border-left: 4px solid #ccc; padding: .1em 1em; margin: 1.2em 0 }
.hold, .must { border-color: #b3261e } .may { border-color: #c98a00 } mark { background: #fde8e6 }
h3 { margin: .4em 0 } .of { color: #666; font-size: .9em } 
pre { white-space: pre-wrap; background: #f6f6f6; padding: .6em }
@media print { body { margin: 0; max-width: none } }
"""


class Names(NamedTuple):
    """What criteria and principles are called in the report's own language."""

    criterion: Callable[[str], str]
    principle: Callable[[str], str]


def write_report(path: Path, summary: Summary, found: Iterable[Audited], names: Names) -> None:
    """Write the report in the form that the file's ending names. Raises BadInput where that, or writing, cannot be."""
    write, encoding = check_ending(path), "utf-8-sig" if path.suffix == ".csv" else "utf-8"
    with whole(path) as beside, beside.open("w", encoding=encoding, newline="") as file:
        write(file, summary, found, names)


def check_ending(path: Path) -> Callable[[TextIO, Summary, Iterable[Audited], Names], None]:
    """What writes a file of this ending. Raises BadInput for one that nothing writes."""
    if path.suffix not in _WRITERS:
        raise BadInput(f"--out {path}: the name must end in .csv, .html or .json.")
    return _WRITERS[path.suffix]


def _csv(file: TextIO, summary: Summary, found: Iterable[Audited], names: Names) -> None:
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for rank, one in enumerate(found, 1):
        for fault in one.faults:
            row = (
                rank, one.id, one.line, one.language, "hold" if fault.hold else fault.severity, fault.criterion,
                fault.words, fault.why, fault.suggestion, fault.title, fault.source, fault.rule, one.rewrite,
                _also(one),
            )  # fmt: skip
            writer.writerow([safe(cell) if isinstance(cell, str) else cell for cell in row])


def _json(file: TextIO, summary: Summary, found: Iterable[Audited], names: Names) -> None:
    head = json.dumps(figures(summary), ensure_ascii=False)
    file.write(f'{{"summary": {head}, "texts": [')
    for number, one in enumerate(found):
        file.write(",\n" if number else "\n")
        file.write(json.dumps({**one.model_dump(mode="json"), "level": one.level}, ensure_ascii=False))
    file.write("\n]}\n")


def figures(summary: Summary) -> dict[str, Any]:
    """The figures as JSON."""
    return {
        "texts": summary.texts,
        "repeated": summary.repeated,
        "unread": summary.unread,
        "levels": dict(summary.levels.most_common()),
        "criteria": dict(summary.criteria.most_common()),
        "principles": dict(summary.principles.most_common()),
        "languages": [
            {"language": code, "texts": count, "at_fault": summary.at_fault[code]}
            for code, count in summary.languages.most_common()
        ],
    }


def _html(file: TextIO, summary: Summary, found: Iterable[Audited], names: Names) -> None:
    file.write(
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>Values audit</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>Values audit</h1>\n<p>{escape(headline(summary))}</p>\n"
    )
    criteria = [(names.criterion(criterion), count) for criterion, count in summary.criteria.most_common()]
    principles = [(names.principle(id), count) for id, count in summary.principles.most_common()]
    languages = [(code, f"{summary.at_fault[code]} of {count}") for code, count in summary.languages.most_common()]
    for title, rows in (("What was found", criteria), ("By principle", principles), ("By language", languages)):
        cells = "".join(f"<tr><td>{escape(str(name))}</td><td>{escape(str(n))}</td></tr>" for name, n in rows)
        file.write(f"<h2>{title}</h2>\n<table>{cells}</table>\n")
    file.write("<h2>The texts, the worst first</h2>\n")
    for one in found:
        if one.faults:
            file.writelines(_article(one, names))
    file.write("</body>\n</html>\n")


def _article(one: Audited, names: Names) -> Iterator[str]:
    code = escape(one.language, quote=True)
    yield f'<article class="{one.level}" lang="{code}">\n<h3>{escape(one.id)}</h3>\n'
    yield f'<p class="of">line {one.line} · {code}{escape(_also(one, " · the same text: "))}</p>\n'
    for fault in one.faults:
        what = f"<mark>{escape(fault.words)}</mark>" if fault.words else escape(names.criterion(fault.criterion))
        yield f"<p>{what}<br>{escape(fault.why)}<br><strong>→</strong> {escape(fault.suggestion)}<br>"
        yield f'<span class="of">{escape(fault.title)} · {escape(fault.source)}</span></p>\n'
    if one.rewrite:
        yield f"<pre>{escape(one.rewrite)}</pre>\n"
    yield "</article>\n"


def _also(one: Audited, lead: str = "") -> str:
    if not one.repeated:
        return ""
    more = one.repeated - len(one.repeats)
    return lead + ", ".join(one.repeats) + (f" and {more} more" if more else "")


def headline(summary: Summary) -> str:
    """The whole in one line."""
    at_fault = summary.texts - summary.levels["good"]
    said = [f"To mend: {at_fault:,} of {summary.texts:,} texts"]
    if summary.levels["hold"]:
        said.append(f"to hold back as they are: {summary.levels['hold']:,}")
    if summary.repeated:
        said.append(f"rows that repeat another, counted once: {summary.repeated:,}")
    if summary.unread:
        reasons = {"no-text": "without text", "too-long": f"longer than {LONGEST_DRAFT:,} characters"}
        listed = ", ".join(f"{count:,} {reasons[why]}" for why, count in summary.unread.items())
        said.append(f"skipped: {listed}")
    return "; ".join(said) + "."


_WRITERS: dict[str, Callable[[TextIO, Summary, Iterable[Audited], Names], None]] = {
    ".csv": _csv,
    ".html": _html,
    ".json": _json,
}
