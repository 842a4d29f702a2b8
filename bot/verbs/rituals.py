"""What team leads bring in and take out: tables, and the month as a page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.coaching.errors import BadInput
from bot.verbs.common import InLanguage, InWorkspace, built, opened_rituals


def outcomes(
    path: Annotated[Path, typer.Argument(help="CSV: ticket, date, csat, reopened, repurchased.")],
    workspace: InWorkspace = "",
) -> None:
    """Bring in what became of tickets, for the link between good replies and good business."""
    from bot.rituals.tables import read_outcomes

    rituals = opened_rituals()
    # All or nothing: a line that cannot be read leaves everything as it was.
    count = rituals.reporter.import_outcomes(rituals.reporter.team(workspace), read_outcomes(path))
    typer.echo("1 outcome is in." if count == 1 else f"{count} outcomes are in.")


def insight(
    out: Annotated[Path | None, typer.Option(help="Write it as one page: a file that ends in .pdf or .html.")] = None,
    language: InLanguage = "en",
    workspace: InWorkspace = "",
) -> None:
    """Show last month's figures of a team, never of a person; or write them as one page to pass on."""
    from bot.content.whole import whole
    from bot.rituals.evidence.figures import as_text, tell
    from bot.rituals.evidence.page import page_html
    from bot.rituals.evidence.page_pdf import page_pdf

    if out and out.suffix.lower() not in (".pdf", ".html"):
        raise BadInput("--out must name a file that ends in .pdf or .html.")
    parts = built(local=True)
    rituals = opened_rituals(parts)
    wording = parts.shelf.wording(language)
    told = tell(rituals.reporter.report(rituals.reporter.team(workspace)), rituals.giver.budget.currency, wording)
    if out is None:
        typer.echo(as_text(told, wording))
        return
    page = page_pdf(told, wording) if out.suffix.lower() == ".pdf" else page_html(told, wording).encode()
    with whole(out) as beside:
        beside.write_bytes(page)
    typer.echo(f"{out} is written.")


def customers(
    path: Annotated[Path, typer.Argument(help="CSV: customer, lifetime_value, active.")], workspace: InWorkspace = ""
) -> None:
    """Tell who the best customers are: active, and of above average value. Their ids are kept unreadable."""
    from bot.rituals.tables import best, read_customers

    ids = best(read_customers(path))
    rituals = opened_rituals()
    count = rituals.giver.set_best(rituals.reporter.team(workspace), ids)
    typer.echo("1 customer has the badge." if count == 1 else f"{count} customers have the badge.")


def yearly_round(
    path: Annotated[Path, typer.Argument(help="CSV: customer, lifetime_value, active, years.")],
    cost: Annotated[float, typer.Option(min=0.01, help="What one gesture costs.")],
    budget: Annotated[float, typer.Option(min=0, help="What the year's round may cost.")],
) -> None:
    """Plan a year's round of gestures for the best active customers, as CSV on standard output."""
    from bot.rituals.gifts.round import SMALLEST, yearly_round
    from bot.rituals.tables import read_customers

    plan = yearly_round(read_customers(path), cost, budget)
    typer.echo(plan.table(), nl=False)
    number = len(plan.chosen)
    typer.echo(f"{number} customer{'' if number == 1 else 's'}, {plan.total:.2f} in all.", err=True)
    if len(plan.chosen) < SMALLEST:
        typer.echo(f"A round is for {SMALLEST} at least: lower the cost of one, or raise the budget.", err=True)
