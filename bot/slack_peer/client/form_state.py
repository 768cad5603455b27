"""What a person entered in controls, in the form in which Slack reports it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from slack_peer.block_reader import Control, controls_of
from slack_peer.errors import NotPossibleError

Value = str | Sequence[str] | None
"""What was entered in one control: typed text or a date, the value of the option chosen, or several of those."""
FormValues = Mapping[str, Mapping[str, Value]]
"""What was entered in the controls of a view or message, by block id and action id."""
Option = Mapping[str, Any]
OfferedOptions = Mapping[tuple[str, str], Sequence[Option]]
"""The options that the app offered for what was typed, by block id and action id."""

_STATELESS: Final = frozenset({"button", "overflow", "feedback_buttons"})
_ONE_OPTION: Final = frozenset({"static_select", "external_select", "radio_buttons", "overflow"})


def find_option(options: Sequence[Option], value: str) -> Option:
    """The option with this value. Raises ``NotPossibleError`` when none was offered."""
    for option in options:
        if option["value"] == value:
            return option
    raise NotPossibleError("that option was not offered")


def control_state(control: Control, value: Value, options: Sequence[Option]) -> dict[str, Any]:
    """A control's content as Slack states it; ``options`` are those on offer. Raises ``NotPossibleError``."""
    element = control.element
    state: dict[str, Any] = {"type": control.kind}
    match control.kind:
        case "plain_text_input":
            state["value"] = value if value is not None else element.get("initial_value")
        case "datepicker":
            state["selected_date"] = value if value is not None else element.get("initial_date")
        case "checkboxes":
            values = [value] if isinstance(value, str) else value
            state["selected_options"] = (
                list(element.get("initial_options", []))
                if values is None
                else [find_option(options, one) for one in values]
            )
        case kind if kind in _ONE_OPTION:
            state["selected_option"] = (
                find_option(options, value) if isinstance(value, str) else element.get("initial_option")
            )
    return state


def action_payload(control: Control, value: Value, options: Sequence[Option], stamp: str) -> dict[str, Any]:
    """The use of a control, as ``block_actions`` reports it. Raises ``NotPossibleError``."""
    payload = {
        **control_state(control, value, options),
        "action_id": control.action_id,
        "block_id": control.block_id,
        "action_ts": stamp,
    }
    if control.kind == "button":
        payload |= {
            name: control.element[name] for name in ("text", "value", "style", "url") if name in control.element
        }
    if control.kind == "feedback_buttons":
        buttons = [control.element[name] for name in ("positive_button", "negative_button")]
        pressed = find_option(buttons, str(value))
        payload |= {"text": pressed["text"], "value": pressed["value"]}
    return payload


def form_state(
    blocks: Sequence[Mapping[str, Any]], values: FormValues, offered: OfferedOptions
) -> dict[str, dict[str, Any]]:
    """The state of every control that has one, by block id and action id. Raises ``NotPossibleError``."""
    state: dict[str, dict[str, Any]] = {}
    for control in controls_of(blocks):
        if control.kind in _STATELESS:
            continue
        value = values.get(control.block_id, {}).get(control.action_id)
        options = control.element.get("options") or offered.get((control.block_id, control.action_id), ())
        state.setdefault(control.block_id, {})[control.action_id] = control_state(control, value, options)
    return state


def missing_inputs(blocks: Sequence[Mapping[str, Any]], state: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Slack's complaint about each required input that is blank, by block id."""
    required = {
        str(block.get("block_id", "")) for block in blocks if block["type"] == "input" and not block.get("optional")
    }
    return {
        block_id: "Please complete this required field."
        for block_id in required
        if not any(
            value for content in state.get(block_id, {}).values() for name, value in content.items() if name != "type"
        )
    }
