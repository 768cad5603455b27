"""What can be asked, with an example each."""

from __future__ import annotations

from typing import Final

from hcpcs.answers.answer import Answer
from hcpcs.answers.rendering.plain_text import example_lines
from hcpcs_bot.slack.blockkit.blocks import Block, bullets, header, line, note, rich, sentence, words
from hcpcs_bot.slack.cards.parts.frame import Card, frame
from hcpcs_bot.slack.cards.parts.target import CardTarget

COMMANDS: Final = (
    ("/hcpcs S9328", "looks up a code; for several codes, one table"),
    ("/hcpcs is S9353 payable by Medicare?", "answers a question from the record"),
    ("/hcpcs home infusion insulin pump", "searches by description"),
    ("/hcpcs S9325-S9328 or S935*", "lists a range or a family of codes"),
    ("/hcpcs compare S9328 S9353", "shows two codes side by side"),
    ("/hcpcs define coverage code D", "explains a value or a term"),
    ("/hcpcs changes", "lists what changed in the newest release"),
    ("/hcpcs watch S93*", "posts here when a new release changes these codes; see also watching and unwatch"),
    ("/hcpcs watch amount of J1745", "posts here when an amount changes; also MUE of J1745, prior authorization list"),
    ("/hcpcs note S9353 pays with auth", "keeps a note for your team on a code, range or family; notes lists them"),
    ("/hcpcs state TX", "sets the state of your team, for amounts, prior authorization, policies and the MAC"),
    ("/hcpcs report", "counts the questions of your team, for administrators"),
    ("/hcpcs contact", "shows who to call or email"),
)
ELSEWHERE: Final = (
    "Mention me in a channel or thread, or send me a direct message, and I answer there. "
    "The shortcut “Decode HCPCS codes” on any message explains every code in it. "
    "Only you see answers to /hcpcs until you press “Share to channel”."
)


def command_lines() -> Block:
    """The commands, one per line."""
    return rich(bullets(line(words(command, bold=True), words(f"  {what}")) for command, what in COMMANDS))


def draw_help(answer: Answer, target: CardTarget) -> Card:
    """How to ask."""
    body: list[Block] = [header("Ask about HCPCS codes"), rich(line(words(answer.headline)))]
    body.append(command_lines())
    body.append(note(ELSEWHERE))
    return frame(answer, target, body, sharable=False, sources=False)


def draw_small_talk(answer: Answer, target: CardTarget) -> Card:
    """The reply to what asks for nothing or was not understood, and three examples: three lines at most."""
    body: list[Block] = [rich(line(*sentence(answer.headline)))]
    body += map(note, example_lines(answer))
    return frame(answer.model_copy(update={"notices": ()}), target, body, sharable=False, sources=False)
