"""The state that a control carries comes back as it was packed, and nothing else is taken for it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.slack_app import TODAY

from hcpcs_bot.slack.ids import AnswerMode, ButtonState, ButtonStateError


@given(st.text(max_size=300), st.dates(date(1990, 1, 1)), st.integers(0, 10_000), st.sampled_from(AnswerMode))
def test_any_state_survives_packing(question: str, day: date, offset: int, mode: AnswerMode) -> None:
    state = ButtonState(question, day, offset, mode)
    packed = state.pack()
    assert packed is not None
    assert "<" not in packed
    assert ButtonState.unpack(packed) == state


def test_state_survives_packing_and_refuses_what_it_did_not_pack() -> None:
    state = ButtonState("is S9353 | payable?", TODAY, 20)
    packed = state.pack()
    assert packed is not None
    assert ButtonState.unpack(packed) == state
    assert ButtonState("x" * 3_000, TODAY).pack() is None
    for broken in ("", "1a", "1a|x|0|q", "1a|20260115|-1|q", "9z|20260115|0|q", "1a|20260115|٣|q", "1a|99999999|0|q"):
        with pytest.raises(ButtonStateError, match="Please ask again"):
            ButtonState.unpack(broken)
