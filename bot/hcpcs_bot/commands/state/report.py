"""The command ``hcpcs report``: what teams asked in Slack, in counts."""

from __future__ import annotations

from typing import Annotated

import typer

from hcpcs_bot.commands.options import HomeOption, JsonOption, print_json, state_at, today


def report(
    team: Annotated[
        str | None, typer.Option("--team", metavar="ID", help="Only this workspace (Slack's team ID).")
    ] = None,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Count the questions that teams asked in Slack, for 7 and 30 days."""
    with state_at(home) as database:
        from hcpcs_bot.team.report import report_json, report_lines
        from hcpcs_bot.team.usage_store import UsageStore

        usage = UsageStore(database)
        teams = usage.teams() if team is None else (team,)
        reports = [(one, usage.report(one, today())) for one in teams]
        for one, counted in reports:
            if as_json:
                print_json({"team": one, **report_json(counted)})
            else:
                typer.echo("\n".join([f"Team {one}", *report_lines(counted), ""]))
        if not reports and not as_json:
            typer.echo("No questions were counted yet. `hcpcs serve` counts those that are asked in Slack.")
