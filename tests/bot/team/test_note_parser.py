"""What ``/hcpcs note`` opens with: a code, a range, a family, and the text that follows."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcpcs_bot.team.note import NOTE_LENGTH, NoteScope
from hcpcs_bot.team.note_parser import NoteError, parse_note, parse_target


@pytest.mark.parametrize(
    ("written", "scope", "phrase", "text"),
    [
        ("S9353 BCBS of Texas pays with auth", NoteScope.CODE, "S9353", "BCBS of Texas pays with auth"),
        ("s-9353: call first", NoteScope.CODE, "S9353", "call first"),
        ("for the code S9353, call first", NoteScope.CODE, "S9353", "call first"),
        ("E0601-RR is rental only", NoteScope.CODE, "E0601", "RR is rental only"),
        ("modifier KX needs notes on file", NoteScope.CODE, "modifier KX", "needs notes on file"),
        ("A4253-A4259 max 100 a month", NoteScope.RANGE, "A4253-A4259", "max 100 a month"),
        ("A4259 to A4253 max 100", NoteScope.RANGE, "A4253-A4259", "max 100"),
        ("A4253-59 max 100", NoteScope.RANGE, "A4253-A4259", "max 100"),
        ("J codes need JZ", NoteScope.PREFIX, "J codes", "need JZ"),
        ("E06xx ask for the sleep study", NoteScope.PREFIX, "E06*", "ask for the sleep study"),
        ("E06* ask", NoteScope.PREFIX, "E06*", "ask"),
        ("E06 codes: ask", NoteScope.PREFIX, "E06*", "ask"),
        ("DME needs a written order", NoteScope.FAMILY, "DME codes", "needs a written order"),
        ("durable medical equipment - ask", NoteScope.FAMILY, "DME codes", "ask"),
        ("cancer drugs: white bagging", NoteScope.FAMILY, "chemotherapy codes", "white bagging"),
        ("S9353", NoteScope.CODE, "S9353", ""),
        ("S9353   two\n lines\tof it", NoteScope.CODE, "S9353", "two lines of it"),
    ],
)
def test_the_codes_and_the_text(written: str, scope: NoteScope, phrase: str, text: str) -> None:
    request = parse_note(written)
    assert request is not None
    assert (request.target.scope, request.target.phrase, request.text) == (scope, phrase, text)
    assert parse_target(request.target.phrase) == request.target


@pytest.mark.parametrize("written", ["", "0088", "BCBS pays S9353", "S93535 x", "*", "KX needs notes"])
def test_a_text_that_opens_with_no_code(written: str) -> None:
    assert parse_note(written) is None


@pytest.mark.parametrize(("written", "system"), [("99213 needs 25", "CPT"), ("D0120 x", "CDT"), ("0075T x", "CPT")])
def test_codes_of_others_take_no_notes(written: str, system: str) -> None:
    with pytest.raises(NoteError, match=f"looks like a {system} code"):
        parse_note(written)


def test_a_note_is_never_cut_silently() -> None:
    assert parse_note("S9353 " + "x" * NOTE_LENGTH) is not None
    with pytest.raises(NoteError, match="at most 500 characters; yours has 501"):
        parse_note("S9353 " + "x" * (NOTE_LENGTH + 1))


@given(text=st.text())
def test_any_text_gets_an_answer(text: str) -> None:
    for written in (text, f"S9353 {text}"):
        with suppress(NoteError):
            parse_note(written)
