"""A file reviewed in bulk: its columns found, its repeats counted once, nothing lost when it is stopped."""

from __future__ import annotations

import csv
import gc
import io
import itertools
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from bot.auditing.columns import entries
from bot.auditing.files import Names, check_ending, headline, write_report
from bot.auditing.journal import Journal, NotWritten
from bot.auditing.model import Audited, Entry, Fault, Kind
from bot.auditing.reviewing import audited
from bot.auditing.running import HANDFUL, measured, run
from bot.auditing.summing import Summary, summed
from bot.coaching.errors import BadInput
from bot.content.tables import open_table
from bot.packs.model import NO_PACK
from bot.packs.shelf import TeamShelf, Touchless
from tests.test_coach import SHELF, coach

COACH = coach()
TEAM = Touchless(TeamShelf(SHELF, NO_PACK))
KINDS: tuple[Kind, ...] = ("reply", "help")
NAMES = Names(criterion=lambda id: id, principle=lambda id: id)


def fault(severity: str = "must", *, hold: bool = False, words: str = "User error", effect: str = "destroys") -> Fault:
    return Fault.model_validate(
        {
            "rule": "user-error", "criterion": "blame", "severity": severity, "effect": effect, "hold": hold,
            "words": words, "why": "It blames.", "suggestion": "Say what helps.", "principle": "words-show-mindset",
            "title": "Words", "source": "Kaufman (000.txt)",
        }
    )  # fmt: skip


class Reviewer:
    """Finds blame where a text says "error"; remembers what it was given; is stopped after so many texts."""

    def __init__(self, stops_after: int = 10**9) -> None:
        self.given: list[str] = []
        self.left = stops_after

    def __call__(self, handful: Sequence[Entry]) -> list[Audited]:
        found = []
        for entry in handful:
            if not self.left:
                raise KeyboardInterrupt
            self.left -= 1
            self.given.append(entry.id)
            faults = (fault(),) if "error" in entry.text else ()
            found.append(Audited(line=entry.line, id=entry.id, language="en", faults=faults, overall=0.5))
        return found


def file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "macros.csv"
    path.write_text(text, "utf-8")
    return path


def audit(path: Path, tmp_path: Path, reviewer: Reviewer) -> Journal:
    journal = Journal(tmp_path / "audits", measured(path)[1][:32])
    try:
        run(path, journal, reviewer, lambda done: None)
    except KeyboardInterrupt:
        journal.close()
    return journal


@pytest.mark.parametrize(
    "head",
    [
        "id,name,text,language,customer,kind",
        "Name;Macro ID;Body;Locale;Customer message;Category",
        "Naam\tNummer\tTekst\tTaal\tKlant\tSoort",
        "NIMI|Tunnus|Teksti|Kieli|Asiakkaan_viesti|Tyyppi",
    ],
)
def test_the_columns_are_found_in_three_languages(tmp_path: Path, head: str) -> None:
    separator = next(sign for sign in ",;\t|" if sign in head)
    row = {
        "id": "1", "name": "n", "macro id": "1", "naam": "n", "nummer": "1", "nimi": "n", "tunnus": "1", "text": "Hoi",
        "body": "Hoi", "tekst": "Hoi", "teksti": "Hoi", "language": "nl-BE", "locale": "Dutch (NL)",
        "taal": "Nederlands", "kieli": "hollanti", "kind": "reply", "category": "Reply", "soort": "antwoord",
        "tyyppi": "vastaus",
    }  # fmt: skip
    cells = (row.get(name.lower(), "Waar blijft het?") for name in head.split(separator))
    path = file(tmp_path, f"{head}\n{separator.join(cells)}\n\n")
    with open_table(path) as table:
        assert list(entries(path, table)) == [Entry(2, "1", "Hoi", "Waar blijft het?", "nl", "reply")]


def test_a_wrong_header_says_what_it_found_and_what_it_needs(tmp_path: Path) -> None:
    path = file(tmp_path, "subject,owner\nHello,Anna\n")
    with pytest.raises(
        BadInput, match=r"macros\.csv:1: no column holds the texts\. Found: 'subject', 'owner'\. Needed"
    ):
        measured(path)


def test_a_file_without_rows_says_so(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no rows below the names"):
        measured(file(tmp_path, "id,text\n\n,\n"))


def test_repeats_are_reviewed_once_and_empty_and_endless_rows_are_counted(tmp_path: Path) -> None:
    rows = ["a,User error.", "b,User  error.", "c,", "d,{{name}}", f"e,{'long ' * 250_000}", "f,Fine.", "g,User error."]
    path = file(tmp_path, "id,text\n" + "\n".join(rows) + "\n")
    reviewer = Reviewer()
    journal = audit(path, tmp_path, reviewer)
    assert reviewer.given == ["a", "d", "f"]
    first, *_ = journal.ranked()
    assert (first.id, first.repeats, first.repeated) == ("a", ("b", "g"), 2)
    assert journal.unread() == [("no-text", 1), ("too-long", 1)]
    summary = summed(journal.ranked(), repeated=journal.repeated(), unread=journal.unread())
    said = headline(summary)
    assert "To mend: 1 of 3 texts" in said
    assert "counted once: 2" in said
    assert "1 without text, 1 longer than 20,000 characters" in said


def test_a_run_that_was_stopped_goes_on_where_it_was(tmp_path: Path) -> None:
    count = 3 * HANDFUL
    path = file(tmp_path, "id,text\n" + "".join(f"{n},Text number {n} error.\n" for n in range(count)))
    first = Reviewer(stops_after=HANDFUL + 10)
    audit(path, tmp_path, first)
    second = Reviewer()
    journal = audit(path, tmp_path, second)
    assert second.given == [str(n) for n in range(HANDFUL, count)]
    assert sum(1 for _ in journal.ranked()) == count
    journal.erase()
    assert list((tmp_path / "audits").iterdir()) == []


def kept(count: int) -> int:
    """How many rows and reviews of rows there are just now, whoever has them; lists of all rows count as that many."""
    there = gc.get_objects()
    rows = sum(type(one) in (Entry, Audited) for one in there)
    full = sum(type(one) in (list, dict, set, tuple) and count - HANDFUL <= len(one) <= count for one in there)
    return rows + count * full


def test_memory_stays_flat(tmp_path: Path) -> None:
    count = 20 * HANDFUL + 3
    path = file(tmp_path, "id,text\n" + "".join(f"{n},Text number {n} error.\n" for n in range(count)))
    before, seen, handfuls = kept(count), [], itertools.count(1)

    def looked_at(rows: Iterable[Audited]) -> Iterator[Audited]:
        """Who collects rows has them all at the first of these looks, or at the last."""
        for number, row in enumerate(rows, 1):
            if number in (1, count):
                seen.append(kept(count) - before)
            yield row

    def review(handful: Sequence[Entry]) -> list[Audited]:
        if next(handfuls) in (1, count // HANDFUL + 1):
            seen.append(kept(count) - before)
        return [Audited(line=e.line, id=e.id, language="en", faults=(fault(),), overall=0.5) for e in handful]

    journal = Journal(tmp_path, "key")
    run(path, journal, review, lambda done: None)
    summary = summed(looked_at(journal.ranked()), repeated=0, unread=())
    for ending in ("csv", "html", "json"):
        write_report(tmp_path / f"out.{ending}", summary, looked_at(journal.ranked()), NAMES)
    assert len(seen) == 10
    assert max(seen) <= 4 * HANDFUL


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        ((fault(hold=True),), (fault(), fault(), fault())),
        ((fault(),), (fault(effect="misses"), fault("may"), fault("may"))),
        ((fault(effect="misses"),), (fault("may"), fault("may"), fault("may"))),
        ((fault("may"),), ()),
    ],
)
def test_the_worst_come_first(worse: tuple[Fault, ...], better: tuple[Fault, ...]) -> None:
    one, other = (Audited(line=1, id="", language="en", faults=faults, overall=0.5) for faults in (worse, better))
    assert one.weight > other.weight


def test_a_real_template_is_read_without_its_placeholders_and_mended_with_them() -> None:
    entry = Entry(2, "m", "Beste [naam], u dient het formulier over {{order.id}} in te vullen.", language="nl")
    found = audited(entry, COACH, TEAM)
    [asked] = [fault for fault in found.faults if fault.criterion == "command"]
    assert asked.words == "u dient"
    assert "[naam]" in found.rewrite
    assert "{{order.id}}" in found.rewrite
    promise = audited(Entry(3, "p", "I guarantee that order {{id}} arrives by {{date}}."), COACH, TEAM)
    assert promise.level == "hold"
    assert promise.faults[0].words.endswith("by {{date}}")
    assert "{{date}}" in promise.faults[0].why


def test_a_help_text_misses_nothing_for_nobody_asked() -> None:
    text, asked = "The refund is not possible after 14 days.", "This is a disgrace, I want my money back!"
    as_reply = audited(Entry(2, "a", text, customer=asked), COACH, TEAM)
    as_help = audited(Entry(2, "a", text, customer=asked, kind="help"), COACH, TEAM)
    assert any(not fault.words for fault in as_reply.faults)
    assert all(fault.words for fault in as_help.faults)
    orders = Entry(2, "a", "U moet minimaal 8 tekens gebruiken. Gebruikersfout.", language="nl")
    found = {kind: {f.criterion for f in audited(orders._replace(kind=kind), COACH, TEAM).faults} for kind in KINDS}
    assert found == {"reply": {"command", "blame"}, "help": {"blame"}}


EVIL = Audited(
    line=2, id="=cmd()", language="en", faults=(fault(words="<script>alert(1)</script>"),), overall=0.1,
    rewrite="+1 <b>", repeats=("x",), repeated=3,
)  # fmt: skip


def test_the_report_is_a_table_a_page_or_data_and_none_of_them_runs(tmp_path: Path) -> None:
    summary = summed([EVIL], repeated=3, unread=[])
    for ending in ("csv", "html", "json"):
        write_report(tmp_path / f"out.{ending}", summary, [EVIL], NAMES)
    [row] = list(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text("utf-8-sig"))))
    assert (row["id"], row["rewrite"], row["also"]) == ("'=cmd()", "'+1 <b>", "x and 2 more")
    page = (tmp_path / "out.html").read_text("utf-8")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    data = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert data["summary"]["criteria"] == {"blame": 1}
    assert data["texts"][0]["level"] == "must"


def test_a_report_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"must end in \.csv, \.html or \.json"):
        check_ending(tmp_path / "out.pdf")
    with pytest.raises(BadInput, match="cannot be written"):
        write_report(tmp_path / "none" / "out.csv", Summary(), [], NAMES)
    (tmp_path / "file").touch()
    with pytest.raises(NotWritten, match="cannot be written"):
        Journal(tmp_path / "file", "key")
