"""Codes of a list (search, browse): a line each with Medicare's verdict, and a select that opens one of them."""

from __future__ import annotations

from typing import Final

from hcpcs.answers.answer import Answer, HitVerdict
from hcpcs.search_port import Hit
from hcpcs_bot.slack.blockkit.blocks import Block, Element, line, note, numbered_list, rich, words
from hcpcs_bot.slack.blockkit.mrkdwn import clip, clip_middle
from hcpcs_bot.slack.cards.parts.buttons import CodeChoice, open_select, question_for
from hcpcs_bot.slack.cards.parts.target import CardTarget
from hcpcs_bot.slack.cards.parts.titles import with_acronyms
from hcpcs_bot.slack.cards.parts.verdict import hit_verdict

DESCRIPTION_SHOWN: Final = 130
"""Maximum characters of a description."""
REASON_SHOWN: Final = 70
"""Maximum characters of the reason why a code was found."""
CHOICE_SHOWN: Final = 70
"""Maximum characters of a description in the select; Slack cuts an option at 75."""


def hit_list(answer: Answer) -> list[Block]:
    """The page of hits of ``answer``, numbered."""
    if not answer.hits:
        return []
    verdicts = {verdict.code: verdict for verdict in answer.hit_verdicts}
    return [rich(numbered_list((_hit(hit, verdicts.get(hit.code)) for hit in answer.hits), answer.offset))]


def page_note(answer: Answer, shown: int) -> list[Block]:
    """Which part of a list is shown, where it has more than one page."""
    if answer.total <= shown:
        return []
    return [note(f"{answer.offset + 1} to {answer.offset + shown} of {answer.total:,}")]


def _hit(hit: Hit, verdict: HitVerdict | None) -> Element:
    medicare = hit_verdict(hit, verdict)
    runs = [words(hit.code, bold=True), words(f" {medicare} · " if medicare else " · ")]
    runs.append(words(clip_middle(with_acronyms(hit.long_description or hit.short_description), DESCRIPTION_SHOWN)))
    if hit.reason:
        runs.append(words(f" ({clip(hit.reason, REASON_SHOWN)})", italic=True))
    return line(*runs)


def hit_select(answer: Answer, target: CardTarget) -> list[Element]:
    """A select that opens the card of one of the hits."""
    choices = (
        CodeChoice(
            f"{hit.code} · {clip(with_acronyms(hit.long_description), CHOICE_SHOWN)}",
            question_for(hit.code, answer.source, target),
        )
        for hit in answer.hits
    )
    return open_select(choices, target, "hits")
