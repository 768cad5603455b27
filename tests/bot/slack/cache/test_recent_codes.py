"""The codes that a team asked for last."""

from __future__ import annotations

from hcpcs_bot.slack.cache.recent_codes import RecentCodes


def test_recent_codes_are_the_newest_first_once_each_by_team() -> None:
    recent = RecentCodes(codes=3, teams=2)
    recent.add("T1", ["S9328", "S9353"])
    recent.add("T1", ["E0601", "S9328"])
    assert recent.of("T1") == ("S9328", "E0601", "S9353")
    recent.add("T1", ["J3490"])
    assert recent.of("T1") == ("J3490", "S9328", "E0601")
    recent.add("T2", ["A4253"])
    recent.add("T3", ["A4253"])
    assert recent.of("T1") == ()
