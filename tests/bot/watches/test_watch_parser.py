"""What people write after ``/hcpcs watch`` becomes watches, and a watch's phrase becomes the same watch again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcpcs.records.change_kinds import ChangeKind
from hcpcs_bot.watches.watch import About, Watch
from hcpcs_bot.watches.watch_parser import PHRASE_LIMIT, WatchError, parse_watches

ALL = Watch(about=About.ALL)


def watch(about: About, pattern: str = "", *kinds: ChangeKind) -> Watch:
    return Watch(about=about, pattern=pattern, kinds=frozenset(kinds))


@pytest.mark.parametrize(
    ("text", "watches"),
    [
        ("S93*", [watch(About.PREFIX, "S93")]),
        ("s93*", [watch(About.PREFIX, "S93")]),
        ("S93", [watch(About.PREFIX, "S93")]),
        ("J927x", [watch(About.PREFIX, "J927")]),
        ("E*", [watch(About.PREFIX, "E")]),
        ("codes that start with S93", [watch(About.PREFIX, "S93")]),
        ("S9353", [watch(About.CODE, "S9353")]),
        ("s 9353", [watch(About.CODE, "S9353")]),
        ("the code S9353.", [watch(About.CODE, "S9353")]),
        ("E0601-RR", [watch(About.CODE, "E0601")]),
        ("RR", [watch(About.CODE, "RR")]),
        ("modifier rr", [watch(About.CODE, "RR")]),
        ("S9353, S9328 and E06*", [watch(About.CODE, "S9353"), watch(About.CODE, "S9328"), watch(About.PREFIX, "E06")]),
        ("S9353 S9353", [watch(About.CODE, "S9353")]),
        ("S9325-S9328", [watch(About.RANGE, "S9325-S9328")]),
        ("S9328 to S9325", [watch(About.RANGE, "S9325-S9328")]),
        ("S9325\u2013S9328", [watch(About.RANGE, "S9325-S9328")]),
        ("insulin pump", [watch(About.WORDS, "insulin pump")]),
        ("Insulin  Pumps", [watch(About.WORDS, "insulin pumps")]),
        ("wheelchair codes", [watch(About.WORDS, "wheelchair")]),
        ("coverage changes", [watch(About.ALL, "", ChangeKind.COVERAGE)]),
        ("coverage", [watch(About.ALL, "", ChangeKind.COVERAGE)]),
        ("pricing", [watch(About.ALL, "", ChangeKind.PRICING)]),
        ("new codes", [watch(About.ALL, "", ChangeKind.ADDED)]),
        ("terminated codes", [watch(About.ALL, "", ChangeKind.DISCONTINUED)]),
        ("new codes for S93*", [watch(About.PREFIX, "S93", ChangeKind.ADDED)]),
        ("new wheelchair codes", [watch(About.WORDS, "wheelchair", ChangeKind.ADDED)]),
        (
            "coverage and pricing changes for insulin pump",
            [watch(About.WORDS, "insulin pump", ChangeKind.COVERAGE, ChangeKind.PRICING)],
        ),
        ("all", [ALL]),
        ("Everything", [ALL]),
        ("all changes", [ALL]),
        ("*", [ALL]),
    ],
)
def test_words_become_watches(text: str, watches: list[Watch]) -> None:
    assert list(parse_watches(text)) == watches


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Say what to watch"),
        ("   ", "Say what to watch"),
        ("99213", "CPT"),
        ("D0120", "CDT"),
        ("E11.9", "ICD-10"),
        ("of the", "no word that a description could contain"),
        ("word " * 100, str(PHRASE_LIMIT)),
        ("word" * 60, "at most 8 words"),
        ("one two three four five six seven eight nine ten", "at most 8 words"),
    ],
)
def test_what_can_not_be_watched_is_refused_with_what_can(text: str, said: str) -> None:
    with pytest.raises(WatchError, match=said):
        parse_watches(text)


@given(st.text(max_size=200))
def test_any_text_is_a_watch_or_a_polite_refusal_and_its_phrase_means_the_same(text: str) -> None:
    try:
        watches = parse_watches(text)
    except WatchError:
        return
    for one in watches:
        assert [again.meaning for again in parse_watches(one.phrase)] == [one.meaning]


@given(
    st.sampled_from([watch(About.PREFIX, "S93"), watch(About.CODE, "S9353"), watch(About.WORDS, "insulin pump"), ALL]),
    st.frozensets(st.sampled_from(ChangeKind)),
)
def test_every_watch_can_be_written_as_its_phrase(target: Watch, kinds: frozenset[ChangeKind]) -> None:
    one = watch(target.about, target.pattern, *kinds)
    assert parse_watches(one.phrase) == (one,)


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("amount of J1745 changes", ["amount changes J1745"]),
        ("J1745 amount", ["amount changes J1745"]),
        ("J1745's payment limit changes", ["ASP changes J1745"]),
        ("the MUE of J1745", ["MUE changes J1745"]),
        ("MUE and ASP for J17*", ["ASP and MUE changes J17*"]),
        ("amount of E0601 in TX", ["amount changes E0601 in TX"]),
        ("amount of E0601, E0470 in Texas", ["amount changes E0601 in TX", "amount changes E0470 in TX"]),
        ("prior authorization list", ["prior authorization changes"]),
        ("when the prior auth list changes", ["prior authorization changes"]),
        ("prior authorization of K0856", ["prior authorization changes K0856"]),
        ("fee schedule", ["DMEPOS changes"]),
        ("opps status of C1713", ["OPPS changes C1713"]),
        ("payment limit for infliximab", ["ASP changes infliximab"]),
    ],
)
def test_companion_files_are_watched_in_their_own_words(text: str, phrases: list[str]) -> None:
    watches = parse_watches(text)
    assert [watch.phrase for watch in watches] == phrases
    assert all(watch.files for watch in watches)
    assert [parse_watches(watch.phrase) for watch in watches] == [(watch,) for watch in watches]


@pytest.mark.parametrize("text", ["dressing, large amount", "pricing changes J1745", "payment changes", "S93*", "all"])
def test_descriptions_and_kinds_of_change_are_not_companion_files(text: str) -> None:
    assert not any(watch.files for watch in parse_watches(text))
