"""The command ``hcpcs report``: what teams asked in Slack, in counts."""

from __future__ import annotations

from typing import Annotated

import typer

from hcpcs_bot.commands.options import (
    HomeOption,
    JsonOption,
    one_line_errors,
    packages_of,
    print_json,
    settings_at,
    today,
)


def report(
    team: Annotated[
        str | None, typer.Option("--team", metavar="ID", help="Only this workspace (Slack's team ID).")
    ] = None,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Count the questions that teams asked in Slack, for 7 and 30 days."""
    settings = settings_at(home)
    with one_line_errors(), packages_of("server"):
        # The database is imported here, so that the other commands start without it.
        from hcpcs_bot.state.database import open_database
        from hcpcs_bot.team.report import report_json, report_lines
        from hcpcs_bot.team.usage_store import UsageStore

        database = open_database(settings.home, settings.database_url.get_secret_value())
        try:
            usage = UsageStore(database)
            teams = usage.teams() if team is None else (team,)
            reports = [(one, usage.report(one, today())) for one in teams]
        finally:
            database.close()
        for one, counted in reports:
            if as_json:
                print_json({"team": one, **report_json(counted)})
            else:
                typer.echo("\n".join([f"Team {one}", *report_lines(counted), ""]))
        if not reports and not as_json:
            typer.echo("No questions were counted yet. `hcpcs serve` counts those that are asked in Slack.")
