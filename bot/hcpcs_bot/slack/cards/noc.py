"""The checklist of a "not otherwise classified" code: what a claim must say besides the code."""

from __future__ import annotations

from typing import Final

from hcpcs_bot.slack.blockkit.blocks import Block, bullets, line, rich, words

CHECKLIST: Final = (
    ("Name", "what was furnished: the drug's or item's full name"),
    ("Strength and dose", "the strength, the dose given, and the quantity"),
    ("NDC", "for a drug: the 11-digit National Drug Code of the package used"),
    ("Invoice", "the invoice price, where the payer asks for it"),
)
"""After CMS's NOC code lists and what contractors ask of claims with such codes."""


def checklist() -> list[Block]:
    """The checklist."""
    return [
        rich(
            line(words("Not otherwise classified (NOC). The claim must say what the code stands for:", bold=True)),
            bullets(line(words(f"{name}: ", bold=True), words(text)) for name, text in CHECKLIST),
        )
    ]
