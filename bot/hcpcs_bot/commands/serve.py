"""The commands ``hcpcs serve`` (Slack and HTTP) and ``hcpcs mcp`` (an assistant on this machine)."""

from __future__ import annotations

from typing import Annotated

import typer

from hcpcs_bot.bootstrap import make_server_context, open_desk
from hcpcs_bot.commands.options import HomeOption, one_line_errors, packages_of, today
from hcpcs_bot.serving.current_desk import CurrentDesk
from hcpcs_bot.settings import SLACK_API, Settings, SlackSettings, http_secrets, loopback_api, socket_secrets


def serve(
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port to listen on; in Socket Mode, of the health probes.")
    ] = 3000,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    socket: Annotated[
        bool, typer.Option("--socket", help="Use Socket Mode: no public URL, needs SLACK_APP_TOKEN.")
    ] = False,
    with_slack: Annotated[
        bool, typer.Option("--slack/--no-slack", help="Serve Slack beside HTTP; --no-slack needs no secret of Slack.")
    ] = True,
    update_every: Annotated[
        str | None,
        typer.Option("--update-every", metavar="TIME", help="How often to check for a newer release: 24h, 7d."),
    ] = None,
    update_url: Annotated[
        str, typer.Option("--update-url", metavar="URL", help="Use this page instead of CMS's.")
    ] = "",
    code_pages: Annotated[
        str, typer.Option("--code-pages", metavar="URL", help="Public URL of /codes/, for unfurling links.")
    ] = "",
    slack_api: Annotated[
        str | None, typer.Option("--slack-api", help="Send Web API calls to a stand-in on this machine.")
    ] = None,
    starter: Annotated[
        bool, typer.Option("--starter", help="Serve the two starter codes if no release is loaded yet.")
    ] = False,
    home: HomeOption = None,
) -> None:
    """Serve Slack (commands, mentions, shortcuts, the App Home), and questions over HTTP."""
    with one_line_errors(), packages_of("slack" if with_slack else "server"):
        # Web and Slack libraries are imported here, so that the other commands start without them.
        from hcpcs_bot.serving.memory import starting, use_one_arena, without

        use_one_arena()
        with without("rich"):
            # structlog imports it for tracebacks in color, which a server doesn't print: 25 ms and 3 MB.
            import structlog  # noqa: F401
        with without("watchfiles"):
            # uvicorn imports it to restart when a source changes: 1 MB.
            import uvicorn  # noqa: F401
        with starting():
            from hcpcs_bot.bootstrap import make_query_server, make_query_service, open_key_ring
            from hcpcs_bot.serving.http_server import run_uvicorn
            from hcpcs_bot.serving.logs import configure
            from hcpcs_bot.updates.interval import parse_interval

            settings = Settings().at(home)
            configure(settings.log_level)
            every = parse_interval(update_every) if update_every else None
            config = None
            if with_slack:
                from hcpcs_bot.serving.lifecycle import Preparation
                from hcpcs_bot.serving.server import asgi_app
                from hcpcs_bot.serving.socket_server import SocketServer, run_socket
                from hcpcs_bot.slack.installation.config import SlackConfig

                first, bot_token = socket_secrets(SlackSettings()) if socket else http_secrets(SlackSettings())
                config = SlackConfig(
                    bot_token=bot_token,
                    signing_secret="" if socket else first,
                    api_url=loopback_api(slack_api) if slack_api else SLACK_API,
                    code_pages=code_pages,
                )
            desk = CurrentDesk(settings, starter=starter)
            keys = open_key_ring(settings)
            if config is None:
                server = make_query_server(settings, desk, every=every, page=update_url, keys=keys)
            else:
                slack = make_server_context(settings, config, desk, every=every, page=update_url, keys=keys)
                others = make_query_service(settings, desk, slack.metrics, keys)
                slack.run_with(Preparation(desk.prepare))
        if config is None:
            run_uvicorn(server, host, port, settings=settings)
        elif socket:
            run_socket(SocketServer(slack, first, others), host, port, settings)
        else:
            run_uvicorn(asgi_app(slack, others), host, port, settings=settings)


def mcp(home: HomeOption = None) -> None:
    """Serve an assistant on this machine over MCP: the protocol on standard input and output."""
    with one_line_errors(), packages_of("mcp"):
        from hcpcs_bot.http.api.mcp.mcp_server import create_mcp_server
        from hcpcs_bot.http.query_context import QueryContext

        desk = open_desk(Settings().at(home))
        create_mcp_server(QueryContext(lambda: desk, today)).run("stdio")
