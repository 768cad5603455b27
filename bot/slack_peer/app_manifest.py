"""What Slack knows about an app, read from the app's manifest: name, commands, shortcuts, functions, events, scopes.

Source: docs.slack.dev, "App manifest reference". Only what the stand-in uses is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from pydantic import BaseModel, Field, ValidationError

from slack_peer.errors import ManifestError


@dataclass(frozen=True)
class SlashCommand:
    """A slash command: ``name`` with its slash, and the two lines that Slack shows while a person types it."""

    name: str
    description: str
    usage_hint: str = ""


@dataclass(frozen=True)
class Shortcut:
    """A shortcut: ``on_message`` for one in a message's menu, else one in the message box."""

    name: str
    callback_id: str
    description: str
    on_message: bool = False


@dataclass(frozen=True)
class FunctionParameter:
    """An input or output of a function; ``type`` is ``string`` or a name such as ``slack#/types/date``."""

    name: str
    type: str
    title: str
    description: str = ""
    required: bool = False


@dataclass(frozen=True)
class AppFunction:
    """A function of the app, which people add to their workflows as a step."""

    callback_id: str
    title: str
    description: str
    inputs: tuple[FunctionParameter, ...]
    outputs: tuple[FunctionParameter, ...]


@dataclass(frozen=True)
class AppManifest:
    """An app as Slack knows it. ``events`` are those it subscribed to, ``scopes`` those of its bot token.

    ``name`` is the bot's display name, by which it is mentioned. ``unfurl_domains`` are hosts, with their port.
    ``functions`` are those that this app runs itself; Slack offers them in Workflow Builder if the app is org-ready.
    """

    name: str
    commands: tuple[SlashCommand, ...]
    shortcuts: tuple[Shortcut, ...]
    events: frozenset[str]
    scopes: frozenset[str]
    unfurl_domains: tuple[str, ...] = ()
    functions: tuple[AppFunction, ...] = ()

    @classmethod
    def from_mapping(cls, manifest: Mapping[str, Any]) -> AppManifest:
        """The app of a manifest in Slack's own form. Raises ``ManifestError``."""
        try:
            parsed = _Manifest.model_validate(manifest)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(map(str, first["loc"]))
            raise ManifestError(f"the app manifest's {place} can't be read: {first['msg']}") from None
        features, settings = parsed.features, parsed.settings
        runs_steps = settings.org_deploy_enabled and settings.function_runtime == "remote"
        return cls(
            name=features.bot_user.display_name,
            commands=tuple(SlashCommand(one.command, one.description, one.usage_hint) for one in features.commands),
            shortcuts=tuple(
                Shortcut(one.name, one.callback_id, one.description, one.type == "message")
                for one in features.shortcuts
            ),
            events=frozenset(settings.event_subscriptions.bot_events),
            scopes=frozenset(parsed.oauth_config.scopes.bot),
            unfurl_domains=tuple(features.unfurl_domains),
            functions=tuple(_function(name, one) for name, one in parsed.functions.items()) if runs_steps else (),
        )

    def with_unfurl_domains(self, *domains: str) -> AppManifest:
        """The same app with other hosts whose links it may unfurl."""
        return replace(self, unfurl_domains=domains)


class _BotUser(BaseModel):
    display_name: str


class _Command(BaseModel):
    command: str = Field(pattern="^/")
    description: str
    usage_hint: str = ""


class _Shortcut(BaseModel):
    name: str
    type: Literal["message", "global"]
    callback_id: str
    description: str


class _Features(BaseModel):
    bot_user: _BotUser
    commands: list[_Command] = Field(default_factory=list, alias="slash_commands")
    shortcuts: list[_Shortcut] = Field(default_factory=list)
    unfurl_domains: list[str] = Field(default_factory=list)


class _Scopes(BaseModel):
    bot: list[str]


class _OAuth(BaseModel):
    scopes: _Scopes


class _Events(BaseModel):
    bot_events: list[str] = Field(default_factory=list)


class _Settings(BaseModel):
    event_subscriptions: _Events = _Events()
    org_deploy_enabled: bool = False
    function_runtime: str = ""


class _Parameter(BaseModel):
    type: str
    title: str = ""
    description: str = ""
    is_required: bool = False


class _Function(BaseModel):
    title: str
    description: str
    input_parameters: dict[str, _Parameter]
    output_parameters: dict[str, _Parameter]


class _Manifest(BaseModel):
    features: _Features
    oauth_config: _OAuth
    settings: _Settings = _Settings()
    functions: dict[str, _Function] = Field(default_factory=dict)


def _function(callback_id: str, stated: _Function) -> AppFunction:
    return AppFunction(
        callback_id,
        stated.title,
        stated.description,
        _parameters(stated.input_parameters),
        _parameters(stated.output_parameters),
    )


def _parameters(stated: Mapping[str, _Parameter]) -> tuple[FunctionParameter, ...]:
    return tuple(
        FunctionParameter(name, one.type, one.title, one.description, one.is_required) for name, one in stated.items()
    )
