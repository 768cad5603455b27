"""Origin-destination modifiers of ambulance services in an answer: two letters that are not a HCPCS record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from hcpcs.answers.evidence import Notice, NoticeKind
from hcpcs.answers.lookup import LookupResult
from hcpcs.answers.rendering.sentences import join_words
from hcpcs.questions.subject import Subject
from hcpcs.records.modifiers.ambulance_points import ambulance_points, is_ambulance_code, transport_of
from hcpcs.records.record import RecordKind, Statement

SOURCE_NOTICE: Final = Notice(
    kind=NoticeKind.WHERE_TO_LOOK, text=f"Origin and destination modifiers: {ambulance_points().source}."
)

_LINE: Final = ambulance_points().line
_FURNISHED: Final = join_words([f"{modifier} ({how})" for modifier, how in _LINE.furnished.items()], "or")
BESIDE_A_TRIP: Final = f"{_LINE.providers.capitalize()} add {_FURNISHED}; other suppliers need no second one."
"""What goes on the line after origin and destination."""

_OF_TRIPS: Final = frozenset({Subject.REQUIRED_MODIFIERS, Subject.BILLED_TOGETHER, Subject.MODIFIERS_TOGETHER})
"""Subjects of which the trips are the answer."""


def transport_sentence(modifier: str) -> str:
    """``RH on an ambulance claim: from residence (R) to hospital (H).``, blank for letters that are not a pair."""
    transport = transport_of(modifier)
    if transport is None:
        return ""
    return (
        f"{modifier} on an ambulance claim: from {transport.origin} ({modifier[0]}) to {transport.destination} "
        f"({modifier[1]})."
    )


def trips_of(lookup: LookupResult, subject: Subject) -> str:
    """What the origin and destination modifiers of a question say, and what else their lines have; blank for others."""
    ambulance = any(is_ambulance_code(one.record.code) for one in lookup.statements)
    if not lookup.transports or subject not in _OF_TRIPS:
        return ""
    trips = " ".join(map(transport_sentence, lookup.transports))
    if subject is Subject.REQUIRED_MODIFIERS:
        return f"{trips} {BESIDE_A_TRIP}" if ambulance else trips
    several = len(lookup.transports) > 1
    return f"Each trip has lines of its own, the transport and its miles. {trips}" if several else ""


def trip_sentences(statements: Sequence[Statement], transports: Sequence[str]) -> tuple[str, ...]:
    """What several modifiers say as the trips of an ambulance, where only one reading fits all of them.

    In "RH and HR" the first is a trip and nothing else, so the second, which HCPCS has with another meaning, is one.
    """
    records = [statement.record for statement in statements]
    named = [record.code for record in records if record.kind is RecordKind.MODIFIER]
    if not transports or len(named) < len(records) or not all(map(transport_of, named)):
        return ()
    return tuple(transport_sentence(modifier) for modifier in (*transports, *named))


def transport_notices(modifiers: Iterable[str]) -> tuple[Notice, ...]:
    """A notice per origin-destination modifier, then their source."""
    sentences = [sentence for modifier in modifiers if (sentence := transport_sentence(modifier))]
    source = [SOURCE_NOTICE] if sentences else []
    return (*(Notice(kind=NoticeKind.MODIFIER, text=sentence) for sentence in sentences), *source)


def other_reading(statements: Iterable[Statement]) -> tuple[Notice, ...]:
    """What modifiers of HCPCS would say on an ambulance claim, where no procedure is named beside them.

    A way from a place to such a place, ``RR``, is hardly meant.
    """
    records = [statement.record for statement in statements]
    if any(record.kind is RecordKind.PROCEDURE for record in records):
        return ()
    return transport_notices(record.code for record in records if len(set(record.code)) > 1)
