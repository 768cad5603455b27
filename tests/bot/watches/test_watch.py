"""Which changes match a watch, which watches are the same, and their order in a list."""

from __future__ import annotations

import pytest

from hcpcs.records.change_kinds import ChangeKind
from hcpcs_bot.watches.watch import About, Watch, matches, order_watches, stems
from hcpcs_bot.watches.watch_parser import parse_watches

ALL = Watch(about=About.ALL)


def watch(about: About, pattern: str = "", *kinds: ChangeKind) -> Watch:
    return Watch(about=about, pattern=pattern, kinds=frozenset(kinds))


def test_words_in_another_order_or_number_mean_the_same() -> None:
    (first,), (second,) = parse_watches("insulin pump"), parse_watches("pumps insulin")
    assert first.meaning == second.meaning
    assert first.meaning != parse_watches("coverage changes insulin pump")[0].meaning


@pytest.mark.parametrize(
    ("text", "code", "met"),
    [
        ("S9353", "S9353", True),
        ("S9353", "S9354", False),
        ("S93*", "S9353", True),
        ("S93*", "S9400", False),
        ("S9325-S9353", "S9353", True),
        ("S9325-S9353", "S9354", False),
        ("R*", "RR", False),
        ("A0001-V9999", "RR", False),
        ("RR", "RR", True),
        ("all", "RR", True),
        ("insulin pump", "S9353", False),
        ("infusions of insulin", "S9353", True),
        ("new codes", "S9353", False),
        ("coverage changes", "S9353", True),
        ("coverage changes S93*", "S9353", True),
        ("coverage changes E*", "S9353", False),
    ],
)
def test_a_change_is_met_by_code_word_and_kind(text: str, code: str, met: bool) -> None:
    said = stems("Home infusion therapy, continuous insulin infusion")
    assert matches(parse_watches(text)[0], code, ChangeKind.COVERAGE, said) is met


def test_words_may_be_found_otherwise_but_kinds_still_count() -> None:
    one = watch(About.WORDS, "keytruda", ChangeKind.ADDED)
    assert matches(one, "J9271", ChangeKind.ADDED, frozenset(), found_by_search=True)
    assert not matches(one, "J9271", ChangeKind.PRICING, frozenset(), found_by_search=True)


def test_lists_stand_in_one_order() -> None:
    watches = parse_watches("S9353, E0601") + parse_watches("insulin pump") + parse_watches("all")
    assert [one.phrase for one in order_watches(reversed(watches))] == ["all", "E0601", "S9353", "insulin pump"]
