"""Which column of a file holds what, whatever it is called in English, Dutch or Finnish; rows as entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bot.auditing.model import Entry, Kind
from bot.coaching.errors import BadInput
from bot.content.tables import Table

NAMES: Mapping[str, Sequence[str]] = {
    "id": (
        "id", "key", "number", "nr", "macro id", "nummer", "sleutel", "numero", "tunnus", "avain",
        "name", "title", "macro", "macro name", "template name", "subject", "naam", "titel", "macronaam", "onderwerp",
        "nimi", "otsikko", "makro", "aihe",
    ),
    "text": (
        "text", "body", "content", "message", "reply", "answer", "template", "comment", "comment value", "macro text",
        "draft", "html body", "tekst", "inhoud", "bericht", "antwoord", "sjabloon", "macrotekst", "concept",
        "teksti", "sisältö", "viesti", "vastaus", "pohja", "makroteksti", "luonnos",
    ),
    "language": ("language", "lang", "locale", "taal", "taalcode", "kieli", "kielikoodi"),
    "customer": (
        "customer", "customer message", "customer text", "question", "klant", "klantbericht", "bericht van de klant",
        "vraag", "asiakas", "asiakkaan viesti", "kysymys",
    ),
    "kind": ("kind", "type", "category", "soort", "categorie", "laji", "tyyppi", "luokka"),
}  # fmt: skip
HELP = (
    "help", "faq", "article", "guide", "knowledge", "kb", "error", "interface", "ui",
    "hulp", "artikel", "handleiding", "uitleg", "foutmelding", "ohje", "artikkeli", "virhe",
)  # fmt: skip
"""What a kind begins with that no customer's message came before."""
LANGUAGES: Mapping[str, Sequence[str]] = {
    "en": ("english", "engels", "englanti"),
    "nl": ("dutch", "nederlands", "hollanti", "vlaams", "flemish"),
    "fi": ("finnish", "fins", "suomi"),
}
LONGEST_ID = 200


def entries(path: Path, table: Table) -> Iterator[Entry]:
    """The rows of a table, one by one; wholly empty lines are left out.

    Raises BadInput where no column holds the texts.
    """
    at = {wanted: _found(table.names, names) for wanted, names in NAMES.items()}
    if at["text"] is None:
        found = ", ".join(f"'{name}'" for name in table.names[:12])
        raise BadInput(
            f"{path}:1: no column holds the texts. Found: {found}. Needed: 'text' (or body, tekst, teksti …); "
            "'id' or 'name', 'language', 'customer' and 'kind' are read where they are there."
        )

    def cell(row: Sequence[str], name: str) -> str:
        index = at[name]
        return row[index].strip() if index is not None and index < len(row) else ""

    for line, row in table.rows:
        if any(value.strip() for value in row):
            yield Entry(
                line=line,
                id=" ".join(cell(row, "id").split())[:LONGEST_ID] or f"line {line}",
                text=cell(row, "text"),
                customer=cell(row, "customer"),
                language=_language(cell(row, "language")),
                kind=_kind(cell(row, "kind")),
            )


def _found(names: Sequence[str], wanted: Sequence[str]) -> int | None:
    plain = [" ".join(name.casefold().replace("_", " ").replace("-", " ").split()) for name in names]
    return next((plain.index(name) for name in wanted if name in plain), None)


def _language(said: str) -> str:
    """A code; empty where it is none, so that the language is found from the text."""
    said = said.casefold()
    named = next((code for code, names in LANGUAGES.items() if said.startswith(tuple(names))), "")
    code = said.replace("_", "-").partition("-")[0]
    return named or (code if code.isascii() and code.isalpha() and len(code) in (2, 3) else "")


def _kind(said: str) -> Kind:
    return "help" if said.casefold().startswith(HELP) else "reply"
