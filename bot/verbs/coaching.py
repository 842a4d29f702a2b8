"""Review, ask, search: what the coach itself does."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot import terminal
from bot.coaching.errors import BadInput, BadSetting, HeartwareError
from bot.verbs.common import AsJson, AsLines, InLanguage, built, given, team_shelf

if TYPE_CHECKING:
    from bot.build import Parts
    from bot.coaching.model import Draft, Review
    from bot.packs.shelf import TeamShelf


def review(
    text: Annotated[str, typer.Argument(help="The draft; without it, or as '-', from standard input.")] = "",
    customer: Annotated[str, typer.Option(help="The customer's message that the draft answers.")] = "",
    language: InLanguage = "",
    local: Annotated[bool, typer.Option("--local", help="The local coach alone, whatever model is set.")] = False,
    as_json: AsJson = False,
    as_lines: AsLines = False,
) -> None:
    """Review a [bold]draft[/bold] reply before it is sent."""
    from bot.coaching.model import Draft

    parts = built(local=local)
    team = _team(parts)
    if as_lines:
        _lines(lambda row: _reviewed(parts, team, _draft(row)).model_dump_json())
        return
    draft = Draft(text=given(text, "draft"), customer=customer, language=language)
    review = _reviewed(parts, team, draft)
    if as_json:
        typer.echo(review.model_dump_json(indent=2))
    else:
        wording = parts.shelf.wording(review.language)
        screen = terminal.console()
        plain = not screen.is_terminal or screen.no_color
        terminal.show(terminal.review(review, draft.text, wording, plain=plain))


def _team(parts: Parts) -> TeamShelf:
    """The knowledge as the team has it; as it was shipped where the database cannot be opened, and that is said."""
    from bot.packs.model import NO_PACK
    from bot.packs.shelf import TeamShelf

    try:
        return team_shelf(parts)
    except BadSetting as error:
        terminal.complain(f"{error} Until then your team's own rules are left out.")
        return TeamShelf(parts.shelf, NO_PACK)


def ask(
    question: Annotated[str, typer.Argument(help="The question; without it, or as '-', from standard input.")] = "",
    language: InLanguage = "",
    as_json: AsJson = False,
    as_lines: AsLines = False,
) -> None:
    """Ask about values and service principles; the answer names its sources."""
    parts = built()
    if as_lines:
        _lines(lambda row: json.dumps({"id": row["id"], **_answered(parts, _text(row, "question"), row)}))
        return
    asked = given(question, "question")
    if as_json:
        typer.echo(parts.coach.answer(asked, language).model_dump_json(indent=2))
    else:
        with terminal.growing() as told:
            answer = parts.coach.answer(asked, language, told=told)
        terminal.show(terminal.answer(answer, parts.shelf.wording(answer.language)))


def search(
    query: Annotated[str, typer.Argument(help="What to look for; without it, or as '-', from standard input.")] = "",
    k: Annotated[int, typer.Option("--k", "-k", min=1, max=50, help="How many passages.")] = 5,
    as_json: AsJson = False,
    as_lines: AsLines = False,
) -> None:
    """Find the passages of the knowledge nearest to a query, in any language."""
    parts = built()
    if as_lines:
        _lines(
            lambda row: json.dumps(
                {"id": row["id"], "passages": [_passage(hit) for hit in parts.coach.search(_text(row, "query"), k)]}
            )
        )
        return
    found = parts.coach.search(given(query, "query"), k)
    if as_json:
        typer.echo(json.dumps([_passage(hit) for hit in found], indent=2, ensure_ascii=False))
    else:
        terminal.show(terminal.passages(found, parts.shelf.wording("en")))


def _reviewed(parts: Parts, team: TeamShelf, draft: Draft) -> Review:
    """The review as the team that works in this terminal wants it: its pack counts for the language model too."""
    from bot.coaching.model import LANGUAGES
    from bot.desk.silencing import named, packed

    begun = parts.coach.local(draft, shelf=team)
    review = named(parts.coach.deepen(begun), named(begun.review, None))
    language = next((known for known in LANGUAGES if known == review.language), None)
    return packed(begun.draft.text, review, team.reader(language), team) if language else review


def _lines(answer: Callable[[dict[str, Any]], str]) -> None:
    """One answer a line, in order, flushed; a bad line is answered with its error and the stream goes on."""
    for raw in sys.stdin.buffer:
        if not raw.strip():
            continue
        id = None
        try:
            row = json.loads(raw)
            if not isinstance(row, dict):
                raise BadInput("A line must be a JSON object.")
            id = row.get("id")
            line = answer(row | {"id": id})
        except HeartwareError as error:
            line = json.dumps({"id": id, "error": str(error)})
        except ValueError:
            line = json.dumps({"id": id, "error": "This line is not JSON: give one object a line."})
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


def _text(row: dict[str, Any], name: str, *, needed: bool = True) -> str:
    value = row.get(name, "" if not needed else None)
    if value is None and not needed:
        return ""
    if not isinstance(value, str):
        raise BadInput(f"'{name}' must be a text.")
    return value


def _draft(row: dict[str, Any]) -> Any:
    from bot.coaching.model import Draft

    return Draft(
        text=_text(row, "draft"),
        customer=_text(row, "customer", needed=False),
        language=_text(row, "language", needed=False),
        id="" if row["id"] is None else str(row["id"]),
    )


def _answered(parts: Any, question: str, row: dict[str, Any]) -> dict[str, Any]:
    answer = parts.coach.answer(question, _text(row, "language", needed=False))
    dumped: dict[str, Any] = answer.model_dump(mode="json")
    return dumped


def _passage(hit: Any) -> dict[str, Any]:
    passage = hit.passage
    return {
        "id": passage.id,
        "text": passage.text,
        "source": str(passage.source),
        "language": passage.language,
        "score": round(hit.score, 4),
    }
