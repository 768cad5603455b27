"""The notes that the team itself keeps on the codes of an answer, apart from CMS's facts."""

from __future__ import annotations

from typing import Final

from hcpcs.answers.rendering.sentences import join_words
from hcpcs_bot.slack.blockkit.blocks import Block, Element, line, note, quote, rich, words
from hcpcs_bot.slack.blockkit.mrkdwn import clip
from hcpcs_bot.slack.cards.parts.target import CardTarget
from hcpcs_bot.slack.ids import COMMAND
from hcpcs_bot.team.note import NoteScope, TeamNote

NOTES_SHOWN: Final = 2
"""Maximum notes of a card; the full record has all."""
NOTE_SHOWN: Final = 180
"""Maximum characters of a note on a card: four lines on a phone."""
NOT_AVAILABLE: Final = "Your team's notes can't be shown right now."


def team_notes(target: CardTarget) -> list[Block]:
    """What the team itself noted about the codes, as one quotation: the newest first, then how many more there are.

    A question for notes is told that there are none.
    """
    if target.notes_missing:
        return [note(NOT_AVAILABLE)]
    if not target.notes:
        return [rich(line(words(no_notes(target))))] if target.notes_first else []
    runs: list[Element] = []
    for shown in target.notes[:NOTES_SHOWN]:
        runs += [words("\n")] if runs else []
        runs += note_runs(shown, target, limit=NOTE_SHOWN)
    if more := more_notes(target):
        runs.append(words(f"\n{more}", italic=True))
    return [rich(quote(*runs))]


def note_runs(shown: TeamNote, target: CardTarget, *, limit: int) -> list[Element]:
    """``Team note, @robin, Nov 26, 2026: BCBS of Texas pays with auth``."""
    return [words(f"{note_label(shown, target)}: ", bold=True), words(clip(shown.text, limit))]


def note_label(shown: TeamNote, target: CardTarget) -> str:
    """Who noted it when; and on which codes, unless it is on the only code of the card."""
    own = shown.target.scope is NoteScope.CODE and target.codes == (shown.target.pattern,)
    about = "" if own else f" on {shown.target.phrase}"
    return f"Team note{about}, {shown.byline}"


def more_notes(target: CardTarget) -> str:
    """``3 more team notes in Full record``, which a card of one code has; blank for none."""
    left = len(target.notes) - NOTES_SHOWN
    if left < 1:
        return ""
    where = " in Full record" if len(target.codes) == 1 else f": {COMMAND} notes"
    return f"{left} more team {'note' if left == 1 else 'notes'}{where}"


def no_notes(target: CardTarget) -> str:
    """The sentence that the team has no notes on the codes, and how to write one."""
    example = f"{COMMAND} note {target.codes[0]} and your text"
    return f"Your team has no notes on {join_words(target.codes)}. To add one, type {example}."


def note_texts(target: CardTarget) -> list[str]:
    """The same in plain text, a line each, for notifications and screen readers."""
    if target.notes_missing:
        return [NOT_AVAILABLE]
    if not target.notes:
        return [no_notes(target)] if target.notes_first else []
    shown = [f"{note_label(one, target)}: {clip(one.text, NOTE_SHOWN)}" for one in target.notes[:NOTES_SHOWN]]
    more = more_notes(target)
    return [*shown, f"{more}."] if more else shown
