"""The verbs of the command line."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from bot import __version__, terminal
from bot.coaching.errors import HeartwareError
from bot.observing import dumps
from bot.verbs import auditing, coaching, knowledge, measuring, operating, rituals, rules, serving

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

VERBS: dict[str, Callable[..., None]] = {
    "review": coaching.review,
    "ask": coaching.ask,
    "search": coaching.search,
    "audit": auditing.audit,
    "index": knowledge.index,
    "check": knowledge.check,
    "eval": measuring.evaluate,
    "bench": measuring.bench,
    "slack": serving.slack,
    "teams": serving.teams,
    "serve": serving.serve,
    "worker": serving.worker,
    "doctor": operating.doctor,
    "backup": operating.backup,
    "restore": operating.restore,
    "forget": operating.forget,
    "insight": rituals.insight,
    "outcomes": rituals.outcomes,
    "customers": rituals.customers,
    "round": rituals.yearly_round,
}
for name, verb in VERBS.items():
    app.command(name=name)(verb)
app.add_typer(rules.app, name="rules")


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


def main() -> None:
    """Run a verb; whatever goes wrong ends in one sentence and a code other than 0."""
    dumps.leave_none()
    try:
        try:
            app()
        finally:
            # Here, where it can be said: at the end of the process Python itself would complain.
            sys.stdout.flush()
    except HeartwareError as error:
        terminal.complain(str(error))
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except OSError as error:
        where = error.filename or "what is printed"
        terminal.complain(f"{where} cannot be read or written ({error.strerror}).")
        with suppress(OSError):
            sys.stdout.close()
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
