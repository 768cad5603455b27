"""What a person put into controls, in the form in which Slack reports it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from hcpcs.errors import HcpcsError
from slack_peer.block_reader import Control, controls_of

Given = str | Sequence[str] | None
"""What was put into one control: typed text or a date, the value of the chosen option, or several of those."""
Filled = Mapping[str, Mapping[str, Given]]
"""What was put into the controls of a view or message, by block id and action id."""
Option = Mapping[str, Any]

_HOLD_NOTHING: Final = frozenset({"button", "overflow"})
_ONE_OPTION: Final = frozenset({"static_select", "external_select", "radio_buttons", "overflow"})


class NotPossibleError(HcpcsError):
    """Something that Slack would not let a person do; says why."""


def chosen(options: Sequence[Option], value: str) -> Option:
    """The option with this value. Raises ``NotPossibleError`` when none was offered."""
    for option in options:
        if option["value"] == value:
            return option
    raise NotPossibleError("that option was not offered")


def reported(control: Control, given: Given, options: Sequence[Option]) -> dict[str, Any]:
    """A control's content: ``options`` are those that were on offer. Raises ``NotPossibleError``."""
    element = control.element
    told: dict[str, Any] = {"type": control.kind}
    match control.kind:
        case "plain_text_input":
            told["value"] = given if given is not None else element.get("initial_value")
        case "datepicker":
            told["selected_date"] = given if given is not None else element.get("initial_date")
        case "checkboxes":
            values = [given] if isinstance(given, str) else given
            told["selected_options"] = (
                list(element.get("initial_options", []))
                if values is None
                else [chosen(options, value) for value in values]
            )
        case kind if kind in _ONE_OPTION:
            told["selected_option"] = (
                chosen(options, given) if isinstance(given, str) else element.get("initial_option")
            )
    return told


def action(control: Control, given: Given, options: Sequence[Option], stamp: str) -> dict[str, Any]:
    """The use of a control, as ``block_actions`` reports it."""
    told = {
        **reported(control, given, options),
        "action_id": control.action_id,
        "block_id": control.block_id,
        "action_ts": stamp,
    }
    if control.kind == "button":
        told |= {name: control.element[name] for name in ("text", "value", "style", "url") if name in control.element}
    return told


def state_of(
    blocks: Sequence[Mapping[str, Any]], filled: Filled, offered: Mapping[tuple[str, str], Sequence[Option]]
) -> dict[str, dict[str, Any]]:
    """The state of every control that holds something, by block id and action id."""
    values: dict[str, dict[str, Any]] = {}
    for control in controls_of(blocks):
        if control.kind in _HOLD_NOTHING:
            continue
        given = filled.get(control.block_id, {}).get(control.action_id)
        options = control.element.get("options") or offered.get((control.block_id, control.action_id), ())
        values.setdefault(control.block_id, {})[control.action_id] = reported(control, given, options)
    return values


def missing(blocks: Sequence[Mapping[str, Any]], state: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """The needed inputs that are blank: a line for each, by block id."""
    needed = {
        str(block.get("block_id", "")) for block in blocks if block["type"] == "input" and not block.get("optional")
    }
    return {
        block_id: "Please complete this required field."
        for block_id in needed
        if not any(
            value for content in state.get(block_id, {}).values() for name, value in content.items() if name != "type"
        )
    }
