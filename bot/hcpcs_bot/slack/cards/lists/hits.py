"""Codes of a list (search, browse), one paragraph each, with the reasons why it matched and a button that opens it."""

from __future__ import annotations

from typing import Final

from hcpcs.answers.answer import Answer
from hcpcs.search_port import Hit
from hcpcs_bot.slack.blockkit.blocks import Block, note, section
from hcpcs_bot.slack.blockkit.mrkdwn import escape
from hcpcs_bot.slack.cards.parts.buttons import open_button
from hcpcs_bot.slack.cards.parts.frame import short
from hcpcs_bot.slack.cards.parts.target import CardTarget

DESCRIPTION_SHOWN: Final = 220
WHY_SHOWN: Final = 240


def hit_paragraphs(answer: Answer, target: CardTarget) -> list[Block]:
    """The page of hits of ``answer``, and its position among all hits."""
    blocks: list[Block] = [
        _hit(number, hit, answer, target) for number, hit in enumerate(answer.hits, answer.offset + 1)
    ]
    if answer.hits:
        last = answer.offset + len(answer.hits)
        blocks.append(note(f"{answer.offset + 1} to {last} of {answer.total}"))
    return blocks


def _hit(number: int, hit: Hit, answer: Answer, target: CardTarget) -> Block:
    ended = f"  {hit.status_note}" if hit.status_note else ""
    lines = [f"*{number}. {escape(hit.code)}*{ended}", short(hit.long_description, DESCRIPTION_SHOWN)]
    reasons = because(hit)
    if reasons:
        lines.append(f"_Why:_ {short(reasons, WHY_SHOWN)}")
    return section("\n".join(lines), open_button(hit.code, answer.source, target, number))


def because(hit: Hit) -> str:
    """Why a code was found, each place once: ``insulin, pump: in the short description``."""
    trails: dict[str, list[str]] = {}
    for why in hit.why:
        trails.setdefault(why.place, []).append(why.trail)
    return "; ".join(f"{', '.join(of_place)}: {place}" for place, of_place in trails.items())
