"""What can be asked, an example each."""

from __future__ import annotations

from typing import Final

from hcpcs.answers.answer import Answer
from hcpcs_bot.slack.blockkit.blocks import Block, bullets, header, line, note, rich, words
from hcpcs_bot.slack.cards.frame import Card, CardTarget, frame

COMMANDS: Final = (
    ("/hcpcs S9328", "the card of a code; several codes give a short card each"),
    ("/hcpcs is S9353 payable by Medicare?", "a question, answered from the record"),
    ("/hcpcs home infusion insulin pump", "a search in words"),
    ("/hcpcs S9325-S9328 or S935*", "a range or a family of codes"),
    ("/hcpcs compare S9328 S9353", "two codes side by side"),
    ("/hcpcs define coverage code D", "what a value or a term means"),
    ("/hcpcs changes", "what changed in the newest release"),
    ("/hcpcs watch S93*", "tells this channel what a new release changes; also watching, unwatch"),
    ("/hcpcs contact", "whom to call or write to"),
)
ELSEWHERE: Final = (
    "Mention me in a channel or thread, or write to me directly: I answer there. "
    "On any message, the shortcut “Decode HCPCS codes” explains every code in it. "
    "Answers to /hcpcs are seen by you alone until you press “Share to channel”."
)


def command_lines() -> Block:
    """The commands, a line each."""
    return rich(bullets(line(words(command, bold=True), words(f"  {what}")) for command, what in COMMANDS))


def draw_help(answer: Answer, target: CardTarget) -> Card:
    """How to ask; also the answer to what was not understood."""
    body: list[Block] = [header("HCPCS codes, answered here"), rich(line(words(answer.headline)))]
    body.append(command_lines())
    body.append(note(ELSEWHERE))
    return frame(answer, target, body, sharable=False)
