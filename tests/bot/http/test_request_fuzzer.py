"""Requests of any kind to every path: none is answered by a fault (``make fuzz-http`` makes 100,000 of them)."""

from __future__ import annotations

from tests.bot.http.request_fuzzer import fuzz

from hcpcs_bot.bootstrap import starter_desk

REQUESTS = 1_000


async def test_no_request_is_answered_by_a_fault() -> None:
    assert await fuzz(starter_desk, REQUESTS, seed=7) == []
