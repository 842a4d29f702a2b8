"""The rules of a team, from the terminal: what holds, what was proposed, and what a new rule would flag."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bot import terminal
from bot.coaching.errors import BadInput
from bot.verbs.common import InLanguage, InWorkspace, opened_rituals, place_of

if TYPE_CHECKING:
    from bot.coaching.wording import Wording
    from bot.packs.model import Place
    from bot.packs.proposing import Proposer
    from bot.packs.trial import Past

app = typer.Typer(help="What a team made of the rules; without a verb, the list.", no_args_is_help=False)

InChannel = Annotated[str, typer.Option("--channel", help="One channel of the workspace alone, by its id.")]
OwnId = Annotated[str, typer.Argument(metavar="ID", help="Its id, as the list shows it.")]
HERE = ""
"""Who decides, where nobody has an account."""


@app.callback(invoke_without_command=True)
def _default(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        show()


@app.command("list")
def show(
    workspace: InWorkspace = "",
    channel: InChannel = "",
    as_json: Annotated[bool, typer.Option("--json", help="Everything kept, as JSON.")] = False,
) -> None:
    """List every rule with what was chosen for it, and what the team has of its own."""
    import json

    from bot.packs.proposing import said

    place, proposer, wording = _opened(workspace, channel)
    lines, own = proposer.packs.lines(place), proposer.own(place)
    if as_json:
        kept = {
            "place": place.model_dump(),
            "choices": dict(proposer.packs.rulebook.chosen(place)),
            "own": [one.model_dump(mode="json") for one in own],
        }
        typer.echo(json.dumps(kept, indent=2, ensure_ascii=False))
        return
    rows = [
        {
            "Rule": line.known.criterion,
            "What it finds": wording.say(f"criterion.{line.known.criterion}"),
            "As shipped": wording.say(f"packs.choice.{line.known.level}"),
            "Here": ", ".join(
                ([wording.say(f"packs.choice.{line.choice}")] if line.choice else [])
                + [f"{id}: {wording.say(f'packs.choice.{choice}')}" for id, choice in line.rules]
            ),
            "Stays on": f"{line.known.held} of {line.known.rules}" if line.known.held else "",
        }
        for line in lines
    ]
    terminal.show(terminal.table("Rules", rows), piped=terminal.WIDE_TABLE)
    if own:
        mine = [
            {
                "ID": one.id[:8],
                "Kind": one.content.kind,
                "What": said(one),
                "State": "approved" if one.approved else "waiting",
                "Look again": one.review_by or "",
            }
            for one in own
        ]
        terminal.show(terminal.table("Of the team's own", mine), piped=terminal.WIDE_TABLE)


@app.command("set")
def choose(
    name: Annotated[str, typer.Argument(help="A rule of the list, or the id of a single one.")],
    choice: Annotated[Literal["must", "may", "off", "default"], typer.Argument(help="default: as it was shipped.")],
    workspace: InWorkspace = "",
    channel: InChannel = "",
) -> None:
    """Make a rule a must, a suggestion, or switch it off, for a team or a channel."""
    place, proposer, wording = _opened(workspace, channel)
    with _worded(wording):
        held = proposer.packs.choose(place, name, None if choice == "default" else choice)
    typer.echo(wording.say("packs.set", rule=name, choice=wording.say(f"packs.choice.{choice}")))
    if held and choice in ("off", "may"):
        typer.echo(wording.say("packs.held", count=held))


@app.command()
def propose(
    phrases: Annotated[str, typer.Argument(help='Words parted by semicolons, such as "kindly|humbly ask; refund*".')],
    why: Annotated[str, typer.Option(help="What they do to the customer.")],
    instead: Annotated[str, typer.Option(help="What to say instead.")],
    principle: Annotated[str, typer.Option(help="The id of the principle behind it.")] = "customers-point-of-view",
    language: InLanguage = "en",
    workspace: InWorkspace = "",
) -> None:
    """Propose a rule of the team's own; it holds once it is approved."""
    place, proposer, wording = _opened(workspace)
    fields = {"phrases": phrases, "why": why, "instead": instead, "principle": principle}
    with _worded(wording):
        proposal = proposer.propose_rule(place, HERE, _language(language), fields)
    typer.echo(f"{proposal.id[:8]} waits. Try it: heartware rules try {proposal.id[:8]}")


@app.command("try")
def try_out(
    what: Annotated[str, typer.Argument(help="The id of a rule of the list, or phrases parted by semicolons.")],
    texts: Annotated[Path | None, typer.Option("--csv", help="Texts of your own to try it on, as for audit.")] = None,
    language: InLanguage = "en",
    workspace: InWorkspace = "",
) -> None:
    """Try a rule on past examples: what it would have flagged, and how many good replies of it."""
    from bot.packs.model import OwnRule, Proposal
    from bot.packs.phrases import read_phrases
    from bot.packs.saying import say_trial

    place, proposer, wording = _opened(workspace)
    found = proposer.get(place, what)
    with _worded(wording):
        if found is None:
            content = OwnRule(
                language=_language(language), phrases=read_phrases(what), why="", instead="", principle=""
            )
            found = Proposal(id="new", place=place, content=content, by=HERE)
        if not isinstance(found.content, OwnRule):
            raise BadInput(f"{what} is a touch: only rules can be tried.")
        trial = proposer.try_rule(found, _texts(texts) if texts else ())
    typer.echo("\n".join(say_trial(found, trial, wording)))


@app.command()
def approve(
    id: OwnId,
    severity: Annotated[Literal["must", "may"], typer.Option("--as", help="A must, or a suggestion.")] = "may",
    workspace: InWorkspace = "",
) -> None:
    """Approve what waits: it holds from now on."""
    from bot.packs.proposing import said

    place, proposer, _ = _opened(workspace)
    approved = proposer.approve(place, id, HERE, severity)
    if approved is None:
        raise BadInput(f"{id} does not wait here: 'heartware rules' lists what does.")
    typer.echo(f"Approved: “{said(approved)}”. To be looked at again by {approved.review_by}.")


@app.command()
def decline(id: OwnId, workspace: InWorkspace = "") -> None:
    """Forget what waits. Who proposed it in chat is told when a lead declines it there, not from here."""
    place, proposer, _ = _opened(workspace)
    if proposer.decline(place, id, HERE) is None:
        raise BadInput(f"{id} does not wait here: 'heartware rules' lists what does.")
    typer.echo("Declined.")


@app.command()
def keep(id: OwnId, workspace: InWorkspace = "") -> None:
    """Keep what was approved for another half year."""
    place, proposer, _ = _opened(workspace)
    until = proposer.keep(place, id, HERE)
    if until is None:
        raise BadInput(f"{id} is not there: 'heartware rules' lists what is.")
    typer.echo(f"It stays until {until}.")


@app.command()
def remove(id: OwnId, workspace: InWorkspace = "") -> None:
    """Remove a rule or touch of the team's own."""
    place, proposer, wording = _opened(workspace)
    if not proposer.remove(place, id):
        raise BadInput(f"{id} is not there: 'heartware rules' lists what is.")
    typer.echo(wording.say("packs.removed"))


def _opened(workspace: str, channel: str = "") -> tuple[Place, Proposer, Wording]:
    from bot.content.places import WORDING
    from bot.content.wording import read_wording

    place = place_of(workspace, channel)
    return place, opened_rituals().proposer, read_wording(WORDING / "en.toml")


@contextmanager
def _worded(wording: Wording) -> Iterator[None]:
    """What was declined, in the sentence that chat has for it."""
    from bot.packs.errors import Declined

    try:
        yield
    except Declined as declined:
        raise BadInput(wording.say(f"packs.declined.{declined.problem}", **declined.values)) from None


def _language(code: str) -> Literal["en", "nl", "fi"]:
    from bot.coaching.model import LANGUAGES

    known = next((known for known in LANGUAGES if known == code), None)
    if known is None:
        raise BadInput(f"'{code}' is none of the languages that rules can have: say en, nl or fi.")
    return known


def _texts(path: Path) -> Iterator[Past]:
    from bot.auditing.columns import entries
    from bot.auditing.placeholders import read_template
    from bot.content.tables import open_table
    from bot.packs.trial import Past

    with open_table(path) as table:
        yield from (Past(read_template(entry.text).text) for entry in entries(path, table))
