"""Packed texts are read as they were, in order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcpcs_index.text.packed_texts import PackedTexts


@given(st.lists(st.text(max_size=8)))
def test_texts_are_as_they_were(texts: list[str]) -> None:
    packed = PackedTexts(texts)
    assert list(packed) == packed[:] == texts
    assert len(packed) == len(texts)
    assert [packed[place] for place in range(len(texts))] == texts
    assert [packed[-place] for place in range(1, len(texts) + 1)] == texts[::-1]


def test_there_is_none_beyond_the_last() -> None:
    with pytest.raises(IndexError):
        PackedTexts(["one", "two"])[2]
