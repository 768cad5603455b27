"""The checklist of a "not otherwise classified" code: what a claim must say besides the code."""

from __future__ import annotations

from hcpcs.records.families.noc import NOC_CHECKLIST, NOC_RULE
from hcpcs_bot.slack.blockkit.blocks import Block, bullets, line, rich, words


def checklist() -> list[Block]:
    """The rule for such codes, and a bullet for each part of the description that a claim needs."""
    return [
        rich(
            line(words(NOC_RULE, bold=True)),
            bullets(line(words(f"{label}: ", bold=True), words(text)) for label, text in NOC_CHECKLIST),
        )
    ]
