"""The command that serves Slack: ``hcpcs serve``, over HTTP or in Socket Mode."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hcpcs_bot.bootstrap import DeskInUse, slack_face
from hcpcs_bot.commands.shared_options import one_line_errors
from hcpcs_bot.settings import SLACK_API, Settings, SlackSettings, http_secrets, loopback_api, socket_secrets


def serve(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.")] = 3000,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    socket: Annotated[
        bool, typer.Option("--socket", help="Socket Mode: needs no address, only SLACK_APP_TOKEN.")
    ] = False,
    slack_api: Annotated[
        str | None, typer.Option("--slack-api", help="A stand-in for Slack's Web API on loopback.")
    ] = None,
    home: Annotated[Path | None, typer.Option("--home", envvar="HCPCS_HOME", help="Folder of the catalogues.")] = None,
) -> None:
    """Serve Slack: commands, mentions, shortcuts and the App Home."""
    # Slack's libraries are loaded only here, so that the other commands start at once.
    from hcpcs_bot.logs import configure
    from hcpcs_bot.server import asgi_app, run_http, run_socket
    from hcpcs_bot.slack.config import SlackConfig

    with one_line_errors():
        settings = Settings().at(home)
        configure(settings.log_level)
        secrets = socket_secrets(SlackSettings()) if socket else http_secrets(SlackSettings())
        api = loopback_api(slack_api) if slack_api else SLACK_API
        desk = DeskInUse(settings)
        if socket:
            app_token, bot_token = secrets
            run_socket(slack_face(SlackConfig(bot_token=bot_token, api_url=api), desk), app_token)
        else:
            signing_secret, bot_token = secrets
            config = SlackConfig(bot_token=bot_token, signing_secret=signing_secret, api_url=api)
            run_http(asgi_app(slack_face(config, desk)), host, port)
