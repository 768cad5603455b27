"""Parses what a person writes after ``/hcpcs note``: the codes that it opens with, and the text of the note. Pure."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from hcpcs.errors import HcpcsError
from hcpcs.questions.recognizers.codes.code_ranges import find_wildcard
from hcpcs.records.codes import HCPCS_LETTER, CodeSystem
from hcpcs.records.families.code_families import family_named, family_words
from hcpcs_bot.team.note import NOTE_LENGTH, NoteScope, NoteTarget

HEAD_READ: Final = 80
"""Characters at the start of a text in which the codes must be; the longest name of a family has 40."""
EXAMPLE: Final = "S9353 BCBS of Texas pays with auth"
_LEADING: Final = re.compile(r"(?:(?:for|on|about|the|hcpcs|codes?|range|family)\b[\s:]*)+", re.IGNORECASE)
"""Words before the codes: ``for S9353``, ``on the code S9353``."""
_JOINT: Final = re.compile(r"[\s:;,.\u2013\u2014-]+")
"""What may stand between the codes and the text: ``S9353: ...``, ``S9353 - ...``."""
_RANGE: Final = re.compile(
    rf"({HCPCS_LETTER}\d{{4}}) ?(?:-|\u2013|to|thru|through) ?({HCPCS_LETTER}\d{{4}})(?!\w)", re.IGNORECASE
)
_SHORT_RANGE: Final = re.compile(rf"({HCPCS_LETTER}\d{{4}})-(\d{{2,4}})(?!\w)", re.IGNORECASE)
"""A range whose second code is cut short: ``A4253-59``."""
_CODE: Final = re.compile(rf"({HCPCS_LETTER})[ -]?(\d{{4}})(?!\w)", re.IGNORECASE)
_PREFIX: Final = re.compile(rf"({HCPCS_LETTER}\d{{0,3}})[ -]codes?\b", re.IGNORECASE)
_MODIFIER: Final = re.compile(r"modifiers?[\s:]+([A-Z][A-Z0-9])(?!\w)", re.IGNORECASE)
_OTHER_SYSTEM: Final = re.compile(r"(?:(\d{5}|\d{4}[FMTU])|(D\d{4}))(?!\w)", re.IGNORECASE)


class NoteError(HcpcsError):
    """A note that can't be made or changed; says what works instead."""


class NoteRequest(NamedTuple):
    """The codes and the text of a note; ``text`` is blank where a person wrote none."""

    target: NoteTarget
    text: str


def parse_note(written: str) -> NoteRequest | None:
    """The codes that a text opens with, and the rest; ``None`` where it opens with none.

    Raises ``NoteError`` for a code of another system, and for a text that is too long.
    """
    text = " ".join(written.split())
    start = match.end() if (match := _LEADING.match(text)) else 0
    opening = _read_target(text[start : start + HEAD_READ])
    if opening is None:
        return None
    target, length = opening
    rest = text[start + length :]
    joint = _JOINT.match(rest)
    return NoteRequest(target, checked_text(rest[joint.end() :] if joint else rest))


def parse_target(written: str) -> NoteTarget | None:
    """The codes that a text names, where it has nothing else; ``None`` for any other text."""
    request = parse_note(written[: 2 * HEAD_READ])
    return request.target if request is not None and not request.text else None


def checked_text(written: str) -> str:
    """The text of a note on one line. Raises ``NoteError`` for one that is too long."""
    text = " ".join(written.split())
    if len(text) > NOTE_LENGTH:
        raise NoteError(f"A note has at most {NOTE_LENGTH} characters; yours has {len(text):,}. Please shorten it.")
    return text


def _read_target(head: str) -> tuple[NoteTarget, int] | None:
    """The codes at the start of a text, and how many characters name them."""
    if match := _RANGE.match(head):
        first, last = sorted((match[1].upper(), match[2].upper()))
        return NoteTarget(scope=NoteScope.RANGE, pattern=f"{first}-{last}"), match.end()
    if match := _SHORT_RANGE.match(head):
        first = match[1].upper()
        last = first[: 5 - len(match[2])] + match[2]
        if last > first:
            return NoteTarget(scope=NoteScope.RANGE, pattern=f"{first}-{last}"), match.end()
    if match := _CODE.match(head):
        return NoteTarget(scope=NoteScope.CODE, pattern=f"{match[1].upper()}{match[2]}"), match.end()
    if match := _MODIFIER.match(head):
        return NoteTarget(scope=NoteScope.CODE, pattern=match[1].upper()), match.end()
    if match := _OTHER_SYSTEM.match(head):
        system = CodeSystem.CPT if match[1] else CodeSystem.CDT
        raise NoteError(f"{match[0].upper()} looks like a {system.value} code. Notes are kept on HCPCS Level II codes.")
    return _read_family(head)


def _read_family(head: str) -> tuple[NoteTarget, int] | None:
    wildcard = find_wildcard(head)
    if wildcard is not None and wildcard.start == 0 and wildcard.prefix:
        return NoteTarget(scope=NoteScope.PREFIX, pattern=wildcard.prefix), wildcard.end
    if match := _PREFIX.match(head):
        return NoteTarget(scope=NoteScope.PREFIX, pattern=match[1].upper()), match.end()
    ends = [end for start, end in family_words(head) if start == 0]
    named = family_named(head[: max(ends)]) if ends else None
    if named is None:
        return None
    return NoteTarget(scope=NoteScope.FAMILY, pattern=named.noun), max(ends)
