"""A list of codes (search, browse): a paragraph each with why it was found, and buttons to open and to page."""

from __future__ import annotations

from typing import Final

from hcpcs.answers.answer import Answer
from hcpcs.search_port import Confidence, Hit
from hcpcs_bot.slack.blockkit.blocks import Block, Element, actions, button, note, section
from hcpcs_bot.slack.blockkit.mrkdwn import clip, escape
from hcpcs_bot.slack.cards.frame import Card, CardTarget, ask_button, frame, open_button, short
from hcpcs_bot.slack.cards.subject import headline
from hcpcs_bot.slack.ids import ActionId, ButtonState

PAGE_SIZE: Final = 10
DESCRIPTION_SHOWN: Final = 220
WHY_SHOWN: Final = 240
FAMILIES_SHOWN: Final = 5


def draw_hits(answer: Answer, target: CardTarget) -> Card:
    """The page of hits of ``answer``."""
    body: list[Block] = headline(answer.headline)
    body += [
        note(f"Searched for “{repair.searched}” instead of “{clip(repair.written, 60)}”.") for repair in answer.repairs
    ]
    body += [_hit(number, hit, answer, target) for number, hit in enumerate(answer.hits, answer.offset + 1)]
    if answer.hits:
        last = answer.offset + len(answer.hits)
        body.append(note(f"{answer.offset + 1} to {last} of {answer.total}"))
    body += families(answer, target)
    return frame(answer, target, body, paging(answer, target, len(answer.hits)), contact=False)


def _hit(number: int, hit: Hit, answer: Answer, target: CardTarget) -> Block:
    ended = "" if hit.active else "  (not active: terminated or not yet in effect)"
    lines = [f"*{number}. {escape(hit.code)}*{ended}", short(hit.long_description, DESCRIPTION_SHOWN)]
    reasons = because(hit)
    if reasons:
        lines.append(f"_Why:_ {short(reasons, WHY_SHOWN)}")
    return section("\n".join(lines), open_button(hit.code, answer.source, target, number))


def because(hit: Hit) -> str:
    """Why a code was found, a place once: ``insulin, pump: in the short description``."""
    met: dict[str, list[str]] = {}
    for why in hit.why:
        said, _, place = why.text.rpartition(", ")
        met.setdefault(place, []).append(said)
    return "; ".join(f"{', '.join(filter(None, said))}: {place}".removeprefix(": ") for place, said in met.items())


def families(answer: Answer, target: CardTarget) -> list[Block]:
    """Families to browse where the best hit is no sure match."""
    if answer.confidence is Confidence.HIGH or not answer.families or not target.controls:
        return []
    buttons = [
        ask_button(f"{family.prefix}* {family.label}", f"{family.prefix}*", target, f"family-{family.prefix}")
        for family in answer.families[:FAMILIES_SHOWN]
    ]
    return [
        note("Or browse a family of codes:"),
        actions("families", [element for element in buttons if element is not None]),
    ]


def paging(answer: Answer, target: CardTarget, shown: int) -> list[Element]:
    """Previous and Next, where there is such a page; the page's place is in the button."""
    row: list[Element] = []
    pages = (
        ("◀ Previous", "previous", answer.offset - PAGE_SIZE, answer.offset > 0),
        ("Next ▶", "next", answer.offset + shown, answer.offset + shown < answer.total),
    )
    for text, place, offset, there in pages:
        value = ButtonState(answer.question, target.today, max(0, offset)).pack()
        if there and value is not None:
            row.append(button(text, ActionId.PAGE.at(place), value))
    return row
