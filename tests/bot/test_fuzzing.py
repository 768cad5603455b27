"""The fuzzing of ``make fuzz`` in a short form: no text and no damaged file raises an exception that is not ours."""

from __future__ import annotations

import pytest
from bench.fuzzing import fuzz_desk, fuzz_files, fuzz_slack

from hcpcs_bot.bootstrap import starter_desk

pytestmark = pytest.mark.slow

CALLS = 300
SEED = 20261126


def test_no_text_raises_in_the_desk() -> None:
    assert fuzz_desk(starter_desk(), CALLS, SEED).raised == ()


async def test_no_text_raises_in_slack() -> None:
    assert (await fuzz_slack(starter_desk(), CALLS, SEED)).raised == ()


def test_no_damaged_file_raises_anything_but_our_own_line() -> None:
    assert fuzz_files(CALLS, SEED).raised == ()
