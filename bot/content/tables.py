"""CSV files of other systems, whatever spreadsheet wrote them: read row by row, and written so that none runs."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from bot.coaching.errors import BadInput
from bot.content.documents.decoding import encoding_of

DELIMITERS = ",;\t|"
LONGEST_CELL = 4_000_000
"""Characters of a cell; a longer one is a quotation mark that nobody closed."""
PIECE = 1 << 16
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f]")
_SEPARATOR = re.compile(r"sep=(.)\s*", re.IGNORECASE)
"""Spreadsheets write it above the names of the columns."""

_FORMULA = re.compile(r"[ \xa0\u200b]*[=+\-@\t\r\n＝＋－＠]")
# Another separator than the file's, or a line end, begins a new cell there; "- this" below others is a list's.
_FORMULA_WITHIN = re.compile(r"[;\t\r\n][ \xa0\u200b]*(?=[=+@＝＋－＠]|-(?! [^(|!;\t\r\n]*(?:$|[;\t\r\n])))")


class Table(NamedTuple):
    """The names of the columns as they stand in the file, and its rows: where each begins, and its cells."""

    names: Sequence[str]
    rows: Iterator[tuple[int, Sequence[str]]]


@contextmanager
def open_table(path: Path) -> Iterator[Table]:
    """A CSV file whose first line names its columns. No more than a row of it is held.

    UTF-8, UTF-16 and Windows-1252; commas, semicolons, tabs or bars. Raises BadInput, with the line where there is one.
    """
    encoding = _encoding(path)
    csv.field_size_limit(LONGEST_CELL)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        head = file.readline(LONGEST_CELL).removeprefix("\ufeff")
        if not head.strip():
            raise BadInput(f"{path}: this file is empty: its first line must name the columns.")
        if _NO_TEXT.search(head):
            raise BadInput(f"{path}: this is no CSV file: its first line is not text.")
        said = _SEPARATOR.fullmatch(head)
        file.seek(0)
        rows = _rows(path, csv.reader(file, delimiter=said[1] if said else _delimiter(head)))
        if said:
            next(rows)
        names = [name.removeprefix("\ufeff").strip().strip('"') for name in next(rows)[1]]
        yield Table(names, rows)


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula, also where it parts cells by semicolons, as Dutch ones do."""
    begun = f"'{cell}" if _FORMULA.match(cell) else cell
    return _FORMULA_WITHIN.sub(r"\g<0>'", begun)


def _encoding(path: Path) -> str:
    """What the first bytes show; else UTF-8 where the whole file is that, else Windows-1252."""
    try:
        with path.open("rb") as file:
            piece = file.read(PIECE)
            shown = encoding_of(piece[:4096])
            if shown:
                return "utf-8-sig" if shown == "utf-8" else shown
            decoder = codecs.getincrementaldecoder("utf-8")()
            while piece:
                decoder.decode(piece)
                piece = file.read(PIECE)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    except OSError as error:
        raise BadInput(f"{path}: this file cannot be read ({error.strerror}).") from None
    return "utf-8"


def _delimiter(head: str) -> str:
    try:
        return csv.Sniffer().sniff(head, DELIMITERS).delimiter
    except csv.Error:
        return max(DELIMITERS, key=head.count)


def _rows(path: Path, reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    line = 1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            what = "a cell is longer than a file can be meant to have" if "limit" in str(error) else "this is not CSV"
            raise BadInput(f"{path}:{line}: {what}; is a quotation mark missing?") from None
        yield line, row
        line = reader.line_num + 1  # type: ignore[attr-defined]  # csv's reader has no type of its own
