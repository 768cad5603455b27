"""Reads what an app showed: the texts of blocks in reading order, and the controls in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

Json = Mapping[str, Any]

_TEXT_KEYS: Final = frozenset({"text", "alt_text", "title", "label", "hint", "placeholder", "description"})
_CONTROL_TYPES: Final = frozenset(
    {
        "button",
        "static_select",
        "external_select",
        "overflow",
        "plain_text_input",
        "checkboxes",
        "radio_buttons",
        "datepicker",
        "feedback_buttons",
    }
)


class Control(NamedTuple):
    """A control of a block: the block's id, and the control's JSON."""

    block_id: str
    element: Json

    @property
    def action_id(self) -> str:
        """The control's action id."""
        return str(self.element.get("action_id", ""))

    @property
    def kind(self) -> str:
        """The element's type."""
        return str(self.element["type"])

    @property
    def label(self) -> str:
        """The text on it, its placeholder, or else its action id."""
        for name in ("text", "placeholder"):
            if name in self.element:
                return str(self.element[name]["text"])
        return self.action_id

    @property
    def names(self) -> tuple[str, ...]:
        """The names by which a test may call it: its label, its accessibility label, its action id."""
        return (self.label, str(self.element.get("accessibility_label", "")), self.action_id)


def words_of(value: object) -> Iterator[str]:
    """Every text in blocks, in order."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if isinstance(inner, str):
                if name in _TEXT_KEYS:
                    yield inner
            else:
                yield from words_of(inner)
    elif isinstance(value, Sequence) and not isinstance(value, str | bytes):
        for inner in value:
            yield from words_of(inner)


def controls_of(blocks: Sequence[Json]) -> Iterator[Control]:
    """Every control in blocks, in order."""
    for block in blocks:
        block_id = str(block.get("block_id", ""))
        elements = [block.get("accessory"), block.get("element")]
        if block["type"] in {"actions", "context_actions"}:
            elements += block["elements"]
        for element in elements:
            if isinstance(element, Mapping) and element.get("type") in _CONTROL_TYPES:
                yield Control(block_id, element)


class BlockContent:
    """Something made of blocks that a person sees: a message, a modal, a home."""

    @property
    def blocks(self) -> Sequence[Json]:
        """What it is made of."""
        raise NotImplementedError

    @property
    def words(self) -> str:
        """All texts in its blocks, one per line."""
        return "\n".join(words_of(self.blocks))

    @property
    def controls(self) -> list[Control]:
        """Its controls, in order."""
        return list(controls_of(self.blocks))

    @property
    def buttons(self) -> list[str]:
        """The labels of its buttons, in order."""
        return [control.label for control in self.controls if control.kind == "button"]

    @property
    def block_types(self) -> list[str]:
        """The types of its blocks, in order."""
        return [str(block["type"]) for block in self.blocks]
