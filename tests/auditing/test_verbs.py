"""``heartware audit`` and ``heartware rules`` as a team without chat uses them, in CI and by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.coaching.errors import HeartwareError
from bot.verbs import auditing

MACROS = """Naam;Tekst;Taal;Soort
Wachtwoord;"Hoi {{name}}, gebruikersfout. U heeft het verkeerde wachtwoord ingevuld.";nl;
Nogmaals;"Hoi {{name}},  gebruikersfout. U heeft het verkeerde wachtwoord ingevuld.";nl;
Good;"Hi [name], your parcel left today. I'll write to you tomorrow before noon.";en;
Hang;Please hang tight.;en;
"""


def heartware(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEARTWARE_DATA", str(tmp_path / "data"))
    auditing._coach.cache_clear()


def test_a_team_rules_over_its_rules_and_the_audit_follows(tmp_path: Path) -> None:
    path, out = tmp_path / "macros.csv", tmp_path / "out.json"
    path.write_text(MACROS, "utf-8")
    first = heartware("audit", str(path), "--out", str(out), "--fail-on", "must")
    assert first.exit_code == 1
    assert "To mend: 1 of 3 texts" in first.output
    assert "counted once: 1" in first.output
    assert "“gebruikersfout”" in first.output
    report = json.loads(out.read_text("utf-8"))
    assert report["texts"][0]["id"] == "Wachtwoord"
    assert list((tmp_path / "data" / "audits").iterdir()) == []

    assert "blame: off" in heartware("rules", "set", "blame", "off").output
    proposed = heartware("rules", "propose", "hang tight", "--why", "It rushes them.", "--instead", "Give a time.")
    id = proposed.output.split()[0]
    tried = heartware("rules", "try", id, "--csv", str(path)).output
    assert "1 of the 4 texts that you gave." in tried
    assert "waiting" in heartware("rules").output
    assert "Approved: “hang tight”" in heartware("rules", "approve", id, "--as", "must").output

    auditing._coach.cache_clear()
    second = heartware("audit", str(path), "--out", str(out))
    assert second.exit_code == 0
    found = {
        text["id"]: [fault["criterion"] for fault in text["faults"]] for text in json.loads(out.read_text())["texts"]
    }
    assert "blame" not in found["Wachtwoord"]
    assert found["Hang"] == ["own"]
    kept = json.loads(heartware("rules", "list", "--json").output)
    assert kept["choices"] == {"blame": "off"}
    assert [one["content"]["phrases"] for one in kept["own"]] == [["hang tight"]]
    assert heartware("rules", "remove", id).exit_code == 0
    assert json.loads(heartware("rules", "list", "--json").output)["own"] == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("audit", "none.csv"), "cannot be read"),
        (("audit", "none.csv", "--out", "report.pdf"), "must end in .csv, .html or .json"),
        (("rules", "set", "blme", "off"), "Did you mean “blame”?"),
        (("rules", "set", "i-guarantee", "off"), "stays on"),
        (("rules", "try", "hi"), "no phrase for a rule"),
        (("rules", "try", "hang tight", "--language", "de"), "say en, nl or fi"),
        (("rules", "approve", "nothing"), "does not wait here"),
        (("rules", "list", "--channel", "C1"), "--channel belongs to a workspace"),
        (("rules", "list", "--workspace", "T9"), "--workspace must name one"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(arguments: tuple[str, ...], sentence: str) -> None:
    failed = heartware(*arguments).exception
    assert isinstance(failed, HeartwareError)
    assert sentence in str(failed)
