"""``python -m docs.generate`` writes what must say the same as something else; ``make docs`` runs it.

It writes ``docs/commands.md`` from the command line itself, and Slack's manifests in ``deploy/`` as ``hcpcs manifest``
prints them; ``slack run`` reads ``deploy/manifest.json``. Tests compare them, so that they cannot differ.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import typer.main
import yaml
from typer import Context
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from hcpcs_bot.cli import app
from hcpcs_bot.slack.installation.manifest_file import EXAMPLE_HOST, manifest_text

PAGE: Final = Path(__file__).with_name("commands.md")
DEPLOY: Final = Path(__file__).resolve().parents[1] / "deploy"
MANIFESTS: Final = {
    DEPLOY / "slack-manifest.yaml": manifest_text(),
    DEPLOY / "slack-manifest.socket.yaml": manifest_text(socket=True, host=EXAMPLE_HOST),
}
"""The texts of the manifests for HTTP and for Socket Mode."""
MANIFEST_JSON: Final = DEPLOY / "manifest.json"
HEAD: Final = """\
# Commands
Every command of `hcpcs` with its arguments and options. `make docs` writes this page from the code; don't edit it.
Errors are one line on standard error. Exit codes: 0 done, 1 failed, 2 bad usage.
"""
ADDED_BY_TYPER: Final = {
    "--install-completion": "Install completion for your shell.",
    "--show-completion": "Print the completion script for your shell.",
}
"""Help of the options that Typer adds, whose own words depend on its version."""


def command_line() -> TyperGroup:
    """The commands of ``hcpcs``, all of them imported."""
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    context = Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        group.commands[name] = command
    return group


def all_commands(group: TyperGroup) -> Iterator[tuple[str, TyperCommand]]:
    """Every command of a group by its words, also those within groups: ``notes export``."""
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from ((f"{name} {inner}", one) for inner, one in all_commands(command))
        else:
            assert isinstance(command, TyperCommand)
            yield name, command


def _name(parameter: TyperArgument | TyperOption) -> str:
    value = parameter.metavar or (parameter.name or "").upper()
    if isinstance(parameter, TyperArgument):
        return f"`{value}...`" if parameter.nargs == -1 and not value.endswith("...") else f"`{value}`"
    names = " / ".join(f"`{name}`" for name in (*parameter.opts, *parameter.secondary_opts))
    return names if parameter.is_flag else f"{names} `{value}`"


def _default(parameter: TyperArgument | TyperOption) -> str:
    if isinstance(parameter, TyperArgument) or parameter.is_flag:
        return ""
    value = parameter.show_default if isinstance(parameter.show_default, str) else parameter.default
    return "" if value in (None, "") else f"`{value}`"


def _rows(command: TyperCommand | TyperGroup) -> Iterator[str]:
    for parameter in command.params:
        assert isinstance(parameter, TyperArgument | TyperOption)
        text = ADDED_BY_TYPER.get(parameter.opts[0], parameter.help or "")
        if isinstance(parameter.envvar, str):
            text += f" Environment variable: `{parameter.envvar}`."
        cells = (_name(parameter), text, _default(parameter))
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _section(title: str, command: TyperCommand | TyperGroup) -> str:
    head = ("| argument or option | meaning | default |", "| --- | --- | --- |")
    return f"## {title}\n{command.help}\n\n" + "\n".join((*head, *_rows(command))) + "\n"


def commands_page() -> str:
    """The text of ``docs/commands.md``."""
    group = command_line()
    sections = [_section("hcpcs", group)]
    sections += [_section(f"hcpcs {name}", command) for name, command in all_commands(group)]
    return "\n".join((HEAD, *sections))


def manifest_json() -> str:
    """The text of ``deploy/manifest.json``."""
    return (
        json.dumps(yaml.safe_load(manifest_text(socket=True, host=EXAMPLE_HOST)), indent=2, ensure_ascii=False) + "\n"
    )


if __name__ == "__main__":
    PAGE.write_text(commands_page(), encoding="utf-8")
    for path, text in MANIFESTS.items():
        path.write_text(text, encoding="utf-8")
    MANIFEST_JSON.write_text(manifest_json(), encoding="utf-8")
