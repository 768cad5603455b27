"""Hypothesis strategies that tests share: records, releases, and histories of releases that follow one another."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from hypothesis import strategies as st

from hcpcs.records.codes import HCPCS_LETTER
from hcpcs.records.record import CodeRecord, RecordKind, Release
from hcpcs.releases import ReadRelease

FIRST_DAY = date(2016, 1, 1)
LAST_DAY = date(2021, 12, 31)

procedure_codes = st.from_regex(rf"{HCPCS_LETTER}[0-9]{{4}}", fullmatch=True)
modifier_codes = st.from_regex(r"[A-Z][A-Z0-9]", fullmatch=True)
days = st.dates(FIRST_DAY, LAST_DAY)

DESCRIPTIONS = (
    "Home infusion therapy, continuous insulin infusion, per diem",
    "Home infusion therapy, continuous insulin infusion; nursing visits coded separately, per diem",
    "Injection, filgrastim (g-csf), 300 mcg",
    "Fecal microbiota, live - jslm, 1 ml",
    "Dilated macular exam performed",
    "Bridge payment for the first session of the prevention program",
)
"""Of two neighbours the first pair is a rewording, the others replace the meaning."""


def texts(longest: int) -> st.SearchStrategy[str]:
    """Text as the fields hold it: printable ASCII, trimmed, not blank."""
    letters = st.characters(min_codepoint=0x20, max_codepoint=0x7E)
    return st.text(letters, min_size=1, max_size=longest).map(lambda text: " ".join(text.split())).filter(bool)


def values(form: str, most: int) -> st.SearchStrategy[tuple[str, ...]]:
    """Up to ``most`` coded values of a form (a regular expression)."""
    return st.lists(st.from_regex(form, fullmatch=True), max_size=most).map(tuple)


def _or_blank(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.just("") | strategy


FIELD_VALUES: Mapping[str, st.SearchStrategy[Any]] = {
    "long_description": st.sampled_from(DESCRIPTIONS) | texts(200),
    "short_description": _or_blank(texts(28)),
    "pricing_indicators": values("[0-9]{2}", 4),
    "multiple_pricing_indicator": _or_blank(st.sampled_from("9ABCDEFG")),
    "cim_references": values("[0-9]{2}-[0-9]{2}", 3),
    "mcm_references": values("[0-9]{4}", 4),
    "statute": _or_blank(st.just("1861SSA")),
    "lab_certifications": values("[0-9]{3}", 8),
    "cross_references": values(f"{HCPCS_LETTER}[0-9]{{4}}", 5),
    "coverage": _or_blank(st.sampled_from("CDIMS")),
    "asc_group": st.sampled_from(("", "YY")),
    "asc_effective_date": st.none() | days,
    "mog_group": st.sampled_from(("", "A1B")),
    "mog_policy_indicator": _or_blank(st.sampled_from("1234679")),
    "mog_effective_date": st.none() | days,
    "processing_note": _or_blank(st.from_regex("[0-9]{4}", fullmatch=True)),
    "betos": st.sampled_from(("", "Z2", "D1E")),
    "types_of_service": values("[0-9A-Z]", 5),
    "anesthesia_base_units": st.none() | st.integers(0, 999),
    "added_date": st.none() | days,
    "action_effective_date": st.none() | days,
    "termination_date": st.none() | days,
    "action_code": st.sampled_from("ABCDFNPRST"),
}
"""What each field of a record may hold, but for its code and kind."""


def kind_of(code: str) -> RecordKind:
    """Whether a code is a procedure or a modifier, by its length."""
    return RecordKind.MODIFIER if len(code) == 2 else RecordKind.PROCEDURE


HISTORY_VALUES: Mapping[str, st.SearchStrategy[Any]] = {
    "long_description": st.sampled_from(DESCRIPTIONS),
    "pricing_indicators": st.sampled_from(((), ("00",), ("51", "53"))),
    "coverage": st.sampled_from(("", "C", "D", "I")),
    "betos": st.sampled_from(("", "Z2", "D1E")),
    "added_date": st.none() | days,
    "action_effective_date": st.none() | days,
    "termination_date": st.none() | days,
    "action_code": st.sampled_from("ADNR"),
}
"""What varies in a synthetic history: enough for every kind of change, and quick to draw."""


@st.composite
def timely_records(draw: st.DrawFn, code: str) -> CodeRecord:
    """A record of a code in which only the fields that matter over time vary."""
    fields = {name: draw(strategy) for name, strategy in HISTORY_VALUES.items()}
    return CodeRecord(code=code, kind=kind_of(code), **fields)


@st.composite
def records(draw: st.DrawFn, code: str | None = None) -> CodeRecord:
    """A record of a code (of any if none is given), with any fields blank or not."""
    code = draw(procedure_codes | modifier_codes) if code is None else code
    fields = {name: draw(strategy) for name, strategy in FIELD_VALUES.items()}
    return CodeRecord(code=code, kind=kind_of(code), **fields)


def release_of(release_id: str, stated: Iterable[CodeRecord], notes: Mapping[str, str] | None = None) -> ReadRelease:
    """A release as a reader would hand it over. Its digest is made of its id and content."""
    stated = tuple(stated)
    year, month = (int(part) for part in release_id.split("-"))
    effective = date(year, month, 1)
    release = Release(
        id=release_id,
        label=f"HCPCS {effective:%B %Y}",
        effective=effective,
        digest=hashlib.sha256("".join(record.model_dump_json() for record in stated).encode()).hexdigest(),
        file=f"{release_id}.txt",
        kinds=frozenset(record.kind for record in stated),
        procedures=sum(record.kind is RecordKind.PROCEDURE for record in stated),
        modifiers=sum(record.kind is RecordKind.MODIFIER for record in stated),
        terminated=sum(
            record.termination_date is not None and record.termination_date < effective for record in stated
        ),
    )
    return ReadRelease(release=release, records=stated, notes=dict(notes or {}))


@st.composite
def releases(draw: st.DrawFn) -> ReadRelease:
    """One release of a few codes."""
    codes = draw(st.sets(procedure_codes, min_size=1, max_size=4) | st.sets(modifier_codes, min_size=1, max_size=2))
    return release_of(draw(release_ids), [draw(records(code)) for code in sorted(codes)])


release_ids = st.builds(
    lambda year, month: f"{year}-{month:02}", st.integers(2016, 2021), st.sampled_from((1, 4, 7, 10))
)

HISTORY_CODES = ("G9890", "J1440", "S9353", "CS", "RR")
"""The codes of a synthetic history: few, so that each has many versions."""


@st.composite
def histories(draw: st.DrawFn, most: int = 5) -> tuple[ReadRelease, ...]:
    """Consecutive releases, oldest first, at least one of them with procedures.

    From one to the next most codes stay the same; others change in a few fields, are left out, or are reused. Some
    releases have no modifiers.
    """
    ids = sorted(draw(st.sets(release_ids, min_size=1, max_size=most)))
    stated: dict[str, CodeRecord] = {"S9353": draw(timely_records("S9353"))}
    history = []
    for release_id in ids:
        for code in HISTORY_CODES:
            stated = _next_state(draw, stated, code)
        modifiers = draw(st.integers(0, 3)) > 0
        found = [record for record in stated.values() if modifiers or record.kind is RecordKind.PROCEDURE]
        history.append(release_of(release_id, found or [draw(timely_records("S9353"))]))
    return tuple(history)


def _next_state(draw: st.DrawFn, stated: dict[str, CodeRecord], code: str) -> dict[str, CodeRecord]:
    present = stated.get(code)
    if present is None:
        return {**stated, code: draw(timely_records(code))} if draw(st.booleans()) else stated
    what = draw(st.sampled_from(("keep", "keep", "keep", "change", "change", "drop", "end", "anew")))
    if what == "drop":
        return {known: record for known, record in stated.items() if known != code}
    if what == "change":
        names = draw(st.sets(st.sampled_from(sorted(HISTORY_VALUES)), min_size=1, max_size=3))
        return {**stated, code: present.model_copy(update={name: draw(HISTORY_VALUES[name]) for name in names})}
    if what == "end":
        ended = {"termination_date": draw(HISTORY_VALUES["termination_date"])}
        return {**stated, code: present.model_copy(update=ended)}
    if what == "anew":
        return {**stated, code: draw(timely_records(code))}
    return stated
