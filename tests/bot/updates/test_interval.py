"""Intervals as people write them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hcpcs_bot.updates.interval import IntervalError, parse_interval


@pytest.mark.parametrize(
    ("written", "interval"),
    [
        ("24h", timedelta(hours=24)),
        ("90m", timedelta(minutes=90)),
        (" 7D ", timedelta(7)),
        ("30 s", timedelta(seconds=30)),
    ],
)
def test_intervals_are_read(written: str, interval: timedelta) -> None:
    assert parse_interval(written) == interval


@pytest.mark.parametrize("written", ["", "24", "h", "-1h", "0h", "1.5h", "daily", "9999999h", "\u0661h\n"])
def test_what_is_no_interval_is_said(written: str) -> None:
    with pytest.raises(IntervalError, match="24h"):
        parse_interval(written)
