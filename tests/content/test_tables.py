"""CSV as spreadsheets write it: encodings, separators, quotes, and what is no CSV."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.coaching.errors import BadInput
from bot.content.tables import open_table, safe


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_encoding_and_separator_is_found(tmp_path: Path, encoding: str, delimiter: str) -> None:
    rows = (("id", "text", "taal"), ("1", '"één ""goed"" — €5\nklaar, dank; zo"', "nl"), ("2", "käyttäjävirhe", "fi"))
    path = tmp_path / "file.csv"
    path.write_bytes("\r\n".join(delimiter.join(row) for row in rows).replace("ä", "ä").encode(encoding))
    with open_table(path) as table:
        assert list(table.names) == ["id", "text", "taal"]
        assert [(line, list(row)) for line, row in table.rows] == [
            (2, ["1", 'één "goed" — €5\nklaar, dank; zo', "nl"]),
            (4, ["2", "käyttäjävirhe", "fi"]),
        ]


@pytest.mark.parametrize("raw", [b"", b"\n", b"\xef\xbb\xbf", b"   \nrow"])
def test_an_empty_file_says_so(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(raw)
    with pytest.raises(BadInput, match="this file is empty"), open_table(path):
        pass


def test_a_spreadsheet_may_say_what_separates(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text("sep=;\nid,nr;text\n1;Hello, you\n")
    with open_table(path) as table:
        assert list(table.names) == ["id,nr", "text"]
        assert [(line, list(row)) for line, row in table.rows] == [(3, ["1", "Hello, you"])]


def test_a_file_of_names_alone_has_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text("id,text")
    with open_table(path) as table:
        assert list(table.rows) == []


def test_a_quotation_mark_that_nobody_closed_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text('id,text\n1,fine\n2,"' + "endless\n" * 600_000)
    with open_table(path) as table, pytest.raises(BadInput, match=r"file\.csv:3: .* is a quotation mark missing\?"):
        list(table.rows)


def test_what_is_no_text_says_so(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(bytes(range(256)) * 20)
    with pytest.raises(BadInput, match="no CSV file"), open_table(path):
        pass


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read"), open_table(tmp_path / "none.csv"):
        pass


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =cmd", "\r=1"])
def test_no_cell_runs_in_a_spreadsheet(cell: str) -> None:
    assert safe(cell)[0] == "'"
    assert safe(cell).replace("'", "") == cell
    assert safe("1=1") == "1=1"
