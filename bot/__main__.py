"""The verbs of the command line."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from bot import __version__, terminal
from bot.coaching.errors import BadInput, HeartwareError

app = typer.Typer(
    name="heartware",
    help="The coach beside a support agent: reads a draft before it is sent. Nothing you type leaves this machine "
    "unless a language model is set.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]
AsLines = Annotated[bool, typer.Option("--jsonl", help="Read one JSON object a line on standard input, answer each.")]
InWorkspace = Annotated[str, typer.Option("--workspace", help="Its id, where more than one uses Heartware.")]
InLanguage = Annotated[str, typer.Option("--language", help="en, nl or fi; otherwise found from the text.")]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"heartware {__version__}")
        raise typer.Exit


@app.callback()
def _all(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


@app.command()
def review(
    text: Annotated[str, typer.Argument(help="The draft; without it, standard input is read.")] = "",
    customer: Annotated[str, typer.Option(help="The customer's message that the draft answers.")] = "",
    language: InLanguage = "",
    local: Annotated[bool, typer.Option("--local", help="The local coach alone, whatever model is set.")] = False,
    as_json: AsJson = False,
    as_lines: AsLines = False,
) -> None:
    """Review a [bold]draft[/bold] reply before it is sent."""
    from bot.coaching.model import Draft

    parts = _build(local=local)
    if as_lines:
        _lines(lambda row: parts.coach.review(_draft(row)).model_dump_json())
        return
    draft = Draft(text=text or _stdin("draft"), customer=customer, language=language)
    reviewed = parts.coach.review(draft)
    if as_json:
        typer.echo(reviewed.model_dump_json(indent=2))
    else:
        wording = parts.shelf.wording(reviewed.language)
        screen = terminal.console()
        plain = not screen.is_terminal or screen.no_color
        terminal.show(terminal.review(reviewed, draft.text, wording, plain=plain))


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question; without it, standard input is read.")] = "",
    language: InLanguage = "",
    as_json: AsJson = False,
    as_lines: AsLines = False,
) -> None:
    """Ask about values and service principles; the answer names its sources."""
    parts = _build()
    if as_lines:
        _lines(lambda row: json.dumps({"id": row["id"], **_answered(parts, _text(row, "question"), row)}))
        return
    answer = parts.coach.answer(question or _stdin("question"), language)
    if as_json:
        typer.echo(answer.model_dump_json(indent=2))
    else:
        terminal.show(terminal.answer(answer, parts.shelf.wording(answer.language)))


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="What to look for; without it, standard input is read.")] = "",
    k: Annotated[int, typer.Option("--k", "-k", min=1, max=50, help="How many passages.")] = 5,
    as_json: AsJson = False,
    as_lines: AsLines = False,
) -> None:
    """Find the passages of the knowledge nearest to a query, in any language."""
    parts = _build()
    if as_lines:
        _lines(
            lambda row: json.dumps(
                {"id": row["id"], "passages": [_passage(hit) for hit in parts.coach.search(_text(row, "query"), k)]}
            )
        )
        return
    found = parts.coach.search(query or _stdin("query"), k)
    if as_json:
        typer.echo(json.dumps([_passage(hit) for hit in found], indent=2, ensure_ascii=False))
    else:
        terminal.show(terminal.passages(found, parts.shelf.wording("en")))


@app.command()
def index(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files and folders: Markdown, text, HTML, PDF, DOCX.")
    ] = None,
) -> None:
    """Index a company's own documents beside the shipped knowledge; without a path, bring the index up to date."""
    from bot.content.documents import find_documents

    with terminal.progress("Indexing") as told:
        parts = _build(progress=told)
        parts.library()
        indexer = parts.indexer()
        found = list(find_documents(paths)) if paths else indexer.known()
        outcomes = []
        for outcome in indexer.index(found):
            outcomes.append(outcome)
            told(len(outcomes), len(found))
    terminal.show(terminal.indexed(outcomes), piped=terminal.WIDE_TABLE)
    if any(outcome.state == "bad" for outcome in outcomes):
        raise typer.Exit(1)


@app.command()
def check() -> None:
    """Check every data file: principles, touches, facts, rules and their examples, prompts, wording."""
    from bot.content.checking import check as check_all
    from bot.content.checking import stale
    from bot.content.places import KNOWLEDGE, PROMPTS, WORDING
    from bot.settings import load_settings

    settings = load_settings()
    knowledge, prompts, wording = (_near(folder) for folder in (KNOWLEDGE, PROMPTS, WORDING))
    problems = check_all(knowledge, prompts, wording)
    for problem in problems:
        typer.echo(problem)
    if problems:
        terminal.complain(f"{len(problems)} problem(s) in the data files.")
        raise typer.Exit(1)
    for note in stale(knowledge, settings.today):
        typer.echo(note)
    terminal.show("All data files are as they should be.")


@app.command(name="eval")
def evaluate(
    what: Annotated[
        str,
        typer.Argument(help="drafts (judgement), search (language pairs), questions (answers) or privacy (masking)."),
    ] = "drafts",
    cases: Annotated[Path | None, typer.Option(help="Other cases than the development set, in the same form.")] = None,
    split: Annotated[str, typer.Option(help="dev, test or all.")] = "all",
) -> None:
    """Measure the coach on the development sets and print a table with 95 % intervals."""
    from bot.evals import running

    runs = {
        "drafts": running.drafts,
        "search": running.search,
        "questions": running.questions,
        "privacy": running.privacy,
    }
    if what not in runs:
        raise BadInput(f"There is nothing to measure called '{what}': say drafts, search, questions or privacy.")
    with terminal.progress("Measuring") as told:
        tables = runs[what](_build(local=True, progress=told), cases, split, told)
    for title, rows in tables.items():
        terminal.show(terminal.table(title, rows), piped=terminal.WIDE_TABLE)


@app.command()
def bench() -> None:
    """Measure speed: a cold start from the shell, warm reviews, search, and memory."""
    from bot.evals import speed

    with terminal.progress("Timing") as told:
        rows = speed.measure(_build(local=True, progress=told), told)
    terminal.show(terminal.table("Speed", rows))


@app.command()
def slack(
    check_only: Annotated[
        bool, typer.Option("--check", help="Check settings, tokens and scopes, and start nothing.")
    ] = False,
) -> None:
    """Run the Slack bot: in Socket Mode where SLACK_APP_TOKEN is set, else over HTTP on PORT."""
    import asyncio

    from bot.settings import load_settings

    settings = load_settings()
    if check_only:
        from bot.slack.check import check

        _report(asyncio.run(check(settings)))
        return
    from bot.serving import serve as serve_all

    http = not settings.slack_app_token.get_secret_value()
    asyncio.run(serve_all(_build(), ["slack"], http=http, tell=typer.echo))


@app.command()
def teams(
    package: Annotated[str, typer.Argument(metavar="[package]", help="Write the app package for Teams.")] = "",
    check_only: Annotated[
        bool, typer.Option("--check", help="Check settings, tokens and the manifest, and start nothing.")
    ] = False,
    address: Annotated[str, typer.Option(help="With package: where Heartware runs, such as coach.example.com.")] = "",
    out: Annotated[Path, typer.Option(help="With package: the file to write.")] = Path("heartware-teams.zip"),
) -> None:
    """Run the Teams bot over HTTP on PORT."""
    import asyncio

    from bot.settings import load_settings

    settings = load_settings()
    if package and package != "package":
        raise BadInput(f"'{package}' is no part of this: say 'heartware teams package', or nothing.")
    if package:
        from bot.teams.package import write_package

        write_package(settings, address, out)
        typer.echo(f"{out}: upload it in the Teams admin center, or under Apps, Manage your apps, in Teams.")
        return
    if check_only:
        from bot.teams.check import check

        _report(asyncio.run(check(settings)))
        return
    from bot.serving import serve as serve_all

    asyncio.run(serve_all(_build(), ["teams"], http=True, tell=typer.echo))


@app.command()
def serve() -> None:
    """Run everything over HTTP on PORT: Slack and Teams, as far as they are set up, /healthz and /readyz."""
    import asyncio

    from bot.serving import serve as serve_all
    from bot.serving import set_up

    parts = _build()
    asyncio.run(serve_all(parts, set_up(parts.settings), http=True, tell=typer.echo))


@app.command()
def outcomes(
    path: Annotated[Path, typer.Argument(help="CSV: ticket, date, csat, reopened, repurchased.")],
    workspace: InWorkspace = "",
) -> None:
    """Bring in what became of tickets, for the link between good replies and good business."""
    from bot.rituals.tables import read_outcomes

    rows = read_outcomes(path)
    rituals = _rituals()
    count = rituals.reporter.import_outcomes(rituals.reporter.team(workspace), rows)
    typer.echo(f"{count} outcomes are in.")


@app.command()
def customers(
    path: Annotated[Path, typer.Argument(help="CSV: customer, lifetime_value, active.")], workspace: InWorkspace = ""
) -> None:
    """Tell who the best customers are: active, and of above average value. Their ids are kept unreadable."""
    from bot.rituals.tables import best, read_customers

    ids = best(read_customers(path))
    rituals = _rituals()
    count = rituals.giver.set_best(rituals.reporter.team(workspace), ids)
    typer.echo(f"{count} customers have the badge.")


@app.command(name="round")
def yearly_round(
    path: Annotated[Path, typer.Argument(help="CSV: customer, lifetime_value, active, years.")],
    cost: Annotated[float, typer.Option(min=0.01, help="What one gesture costs.")],
    budget: Annotated[float, typer.Option(min=0, help="What the year's round may cost.")],
) -> None:
    """Plan a year's round of gestures for the best active customers, as CSV on standard output."""
    from bot.rituals.tables import read_customers, yearly_round

    typer.echo(yearly_round(read_customers(path), cost, budget), nl=False)


def _rituals() -> Any:
    """The rituals, without any chat platform."""
    from bot.build import open_desk, open_rituals

    parts = _build(local=True)
    _, engine = open_desk(parts)
    return open_rituals(parts, engine, {})


def _report(checked: Sequence[Any]) -> None:
    """Say what was looked at, and end with code 1 where something is wrong."""
    for one in checked:
        typer.echo(f"{'wrong' if one.wrong else 'ok':<6}{one.what}{': ' if one.wrong else ''}{one.wrong}")
    if any(one.wrong for one in checked):
        raise typer.Exit(1)


def _build(*, local: bool = False, progress: Callable[[int, int], None] | None = None) -> Any:
    from bot.build import build
    from bot.settings import load_settings

    return build(load_settings(), local=local, progress=progress, tell=terminal.complain)


def _near(folder: Path) -> Path:
    """The folder as seen from here, where it is below: shorter to read, and to click."""
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder


def _stdin(what: str) -> str:
    if sys.stdin.isatty():
        raise BadInput(f"There is no {what}: give it in quotes, or on standard input.")
    return sys.stdin.buffer.read().decode("utf-8", "replace")


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


def main() -> None:
    """Run a verb; whatever goes wrong ends in one sentence and a code other than 0."""
    try:
        app()
    except HeartwareError as error:
        terminal.complain(str(error))
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except Exception as error:
        place = error.__traceback__
        while place and place.tb_next:
            place = place.tb_next
        where = f"{Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno}" if place else "?"
        terminal.complain(
            f"something unexpected happened ({type(error).__name__} in {where}); please report this line."
        )
        sys.exit(70)


if __name__ == "__main__":
    main()
