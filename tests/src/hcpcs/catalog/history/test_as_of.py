"""As of a day: reused codes keep the meaning they had, and later releases are heard where they know better."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from tests.strategies import DESCRIPTIONS, FIRST_DAY, HISTORY_CODES, histories, kind_of, release_of

from hcpcs.catalog.catalog import Catalog
from hcpcs.catalog.history.reuse import is_reused
from hcpcs.records.record import CodeRecord, Release, Status
from hcpcs.releases import ReadRelease

INSULIN, REWORDED, FILGRASTIM, MICROBIOTA, MACULAR, BRIDGE = DESCRIPTIONS
Stated = tuple[Release, CodeRecord]


def record(description: str, *, added: date, ends: date | None = None, action: str = "N") -> CodeRecord:
    return CodeRecord(
        code="G9890",
        kind=kind_of("G9890"),
        long_description=description,
        added_date=added,
        termination_date=ends,
        action_code=action,
    )


def catalogue(**stated: CodeRecord | None) -> Catalog:
    """``r2018_01=record`` is a release that states the record; ``None`` one that lacks the code."""
    other = CodeRecord(code="S9353", kind=kind_of("S9353"), long_description=INSULIN)
    return Catalog.build(
        release_of(name[1:].replace("_", "-"), [other] if found is None else [other, found])
        for name, found in stated.items()
    )


def told(catalog: Catalog, *day: int) -> tuple[str, str, Status]:
    """The description, the release that proves it, and the status on a day."""
    statement = catalog.as_of("G9890", date(*day))
    assert statement is not None
    return statement.record.long_description, statement.release.id, statement.status


NEW_YEAR, APRIL = date(2018, 1, 1), date(2018, 4, 1)


class TestReusedCode:
    CATALOG = catalogue(r2017_01=None, r2018_01=record(MACULAR, added=NEW_YEAR), r2019_01=record(BRIDGE, added=APRIL))

    def test_keeps_its_meaning_until_it_is_given_away(self) -> None:
        assert told(self.CATALOG, 2018, 1, 1) == (MACULAR, "2018-01", Status.ACTUAL)
        assert told(self.CATALOG, 2018, 3, 31) == (MACULAR, "2018-01", Status.ACTUAL)

    def test_has_the_new_one_from_its_added_date_though_a_later_release_tells(self) -> None:
        assert told(self.CATALOG, 2018, 4, 1) == (BRIDGE, "2019-01", Status.ACTUAL)

    def test_was_not_yet_valid_before_its_first_meaning(self) -> None:
        assert told(self.CATALOG, 2017, 6, 1) == (MACULAR, "2018-01", Status.NOT_YET)

    def test_names_the_meanings_before_and_after(self) -> None:
        before = self.CATALOG.code_on_day("G9890", NEW_YEAR)
        after = self.CATALOG.code_on_day("G9890", APRIL)
        assert before is not None
        assert before.next_meaning is not None
        assert before.next_meaning.record.long_description == BRIDGE
        assert after is not None
        assert after.former_meaning is not None
        assert after.former_meaning.record.long_description == MACULAR
        assert after.statement.release.effective > APRIL

    def test_announced_in_the_release_before_it_begins(self) -> None:
        catalog = catalogue(r2017_01=record(MACULAR, added=date(2015, 1, 1)), r2018_01=record(BRIDGE, added=APRIL))
        assert told(catalog, 2018, 2, 1) == (MACULAR, "2017-01", Status.ACTUAL)


class TestEndMadeKnownLater:
    """Q5102: in use by the release of January 2018, ended on 2018-03-31 by that of January 2019."""

    ENDED = date(2018, 3, 31)
    CATALOG = catalogue(
        r2018_01=record(INSULIN, added=date(2016, 1, 1)),
        r2019_01=record(REWORDED, added=date(2016, 1, 1), ends=ENDED, action="D"),
        r2020_01=record(REWORDED, added=date(2016, 1, 1), ends=ENDED),
    )

    def test_was_valid_through_its_last_day(self) -> None:
        assert told(self.CATALOG, 2018, 3, 31) == (INSULIN, "2018-01", Status.ACTUAL)

    def test_had_ended_the_day_after_and_the_later_release_proves_it(self) -> None:
        assert told(self.CATALOG, 2018, 4, 1) == (REWORDED, "2019-01", Status.TERMINATED)

    def test_what_was_stated_then_is_told_too(self) -> None:
        on_day = self.CATALOG.code_on_day("G9890", date(2018, 5, 1))
        assert on_day is not None
        assert on_day.statement.release.id == "2019-01"
        assert on_day.at_the_time is not None
        assert on_day.at_the_time.release.id == "2018-01"
        assert on_day.at_the_time.status is Status.ACTUAL


class TestAnnouncedEnd:
    ADDED, END = date(2010, 1, 1), date(2018, 6, 30)

    def test_that_was_taken_back_did_not_come(self) -> None:
        catalog = catalogue(
            r2018_01=record(INSULIN, added=self.ADDED, ends=self.END), r2019_01=record(INSULIN, added=self.ADDED)
        )
        assert told(catalog, 2018, 8, 1) == (INSULIN, "2019-01", Status.ACTUAL)

    def test_that_came_stays_though_the_code_was_reactivated_later(self) -> None:
        catalog = catalogue(
            r2018_01=record(INSULIN, added=self.ADDED),
            r2019_01=record(INSULIN, added=self.ADDED, ends=self.END),
            r2020_01=record(INSULIN, added=self.ADDED),
        )
        assert told(catalog, 2018, 8, 1)[1:] == ("2019-01", Status.TERMINATED)
        assert told(catalog, 2019, 8, 1)[1:] == ("2019-01", Status.TERMINATED)
        assert told(catalog, 2020, 1, 1)[1:] == ("2020-01", Status.ACTUAL)

    def test_a_reactivation_counts_from_its_day(self) -> None:
        again = record(INSULIN, added=self.ADDED, action="R").model_copy(
            update={"action_effective_date": date(2019, 7, 1)}
        )
        catalog = catalogue(r2019_01=record(INSULIN, added=self.ADDED, ends=self.END), r2020_01=again)
        assert told(catalog, 2019, 6, 30)[1:] == ("2019-01", Status.TERMINATED)
        assert told(catalog, 2019, 7, 1)[1:] == ("2020-01", Status.ACTUAL)


class TestBeforeTheOldestRelease:
    CATALOG = catalogue(r2018_01=record(INSULIN, added=date(2010, 1, 1)))

    def test_only_the_dates_of_the_record_are_known(self) -> None:
        on_day = self.CATALOG.code_on_day("G9890", date(2015, 6, 1))
        assert on_day is not None
        assert on_day.in_effect is None
        assert on_day.statement.release.id == "2018-01"
        assert on_day.statement.status is Status.ACTUAL
        assert told(self.CATALOG, 2009, 6, 1)[2] is Status.NOT_YET


class TestAddedDateCorrected:
    """One meaning throughout: only the day on which the code was added is stated otherwise."""

    def test_to_an_earlier_day_counts_though_it_was_stated_later(self) -> None:
        catalog = catalogue(r2018_01=record(INSULIN, added=APRIL), r2019_01=record(INSULIN, added=NEW_YEAR))
        assert told(catalog, 2018, 2, 1) == (INSULIN, "2019-01", Status.ACTUAL)

    def test_to_a_later_day_leaves_the_days_before_to_the_former_release(self) -> None:
        catalog = catalogue(r2017_01=record(INSULIN, added=date(2010, 1, 1)), r2018_01=record(INSULIN, added=APRIL))
        assert told(catalog, 2018, 2, 1) == (INSULIN, "2017-01", Status.ACTUAL)
        assert told(catalog, 2018, 4, 1) == (INSULIN, "2018-01", Status.ACTUAL)


class TestRemovedCode:
    CATALOG = catalogue(r2017_01=record(INSULIN, added=date(2010, 1, 1)), r2018_01=None, r2019_01=None, r2020_01=None)

    def test_is_read_from_the_last_release_that_states_it(self) -> None:
        on_day = self.CATALOG.code_on_day("G9890", date(2019, 6, 1))
        assert on_day is not None
        assert on_day.statement.release.id == "2017-01"
        assert on_day.removed_in is not None
        assert on_day.removed_in.id == "2018-01"
        assert on_day.removed

    def test_was_not_removed_before(self) -> None:
        on_day = self.CATALOG.code_on_day("G9890", date(2017, 6, 1))
        assert on_day is not None
        assert on_day.removed_in is not None
        assert not on_day.removed

    def test_an_unknown_code_is_none(self) -> None:
        assert self.CATALOG.as_of("A0000", date(2019, 6, 1)) is None
        assert self.CATALOG.code_on_day("", date(2019, 6, 1)) is None


def naive(history: Sequence[Stated], day: date) -> CodeRecord:
    """What is known of a code on a day, read off release by release without versions."""
    start = 0
    for place, ((_, before), (_, after)) in enumerate(zip(history, history[1:], strict=False), start=1):
        if is_reused(before, after) and first_added_date(history, place) <= day:
            start = place
    end = start + 1
    while end < len(history) and not is_reused(history[end - 1][1], history[end][1]):
        end += 1
    meaning = list(history[start:end])
    past = [stated for stated in meaning if stated[0].effective <= day] or meaning[:1]
    added = [stated for stated in past if stated[1].added_date is None or stated[1].added_date <= day]
    then = added[-1] if added else past[-1]
    later = meaning[meaning.index(then) + 1 :]
    known = known_better(then, later, day)
    known_at = next(
        place for place, (_, found) in enumerate(meaning) if found == known and place >= meaning.index(then)
    )
    for place in range(len(meaning) - 1, known_at, -1):
        found, changed = meaning[place][1], meaning[place][1].action_effective_date
        dated = changed is not None and meaning[place - 1][0].effective < changed <= day
        if dated and found.status(day) is known.status(day):
            return found
    return known


def first_added_date(history: Sequence[Stated], place: int) -> date:
    found = [history[place][1].added_date]
    while place + 1 < len(history) and not is_reused(history[place][1], history[place + 1][1]):
        place += 1
        found.append(history[place][1].added_date)
    return min(day for day in found if day is not None)


def known_better(then: Stated, later: Sequence[Stated], day: date) -> CodeRecord:
    release, stated = then
    if stated.status(day) is Status.NOT_YET:
        for place, (_, found) in enumerate(later):
            if found.added_date is not None and found.added_date <= day:
                return known_better(later[place], later[place + 1 :], day)
        return stated
    if stated.status(day) is Status.ACTUAL:
        ends = [stated.termination_date]
        for _, found in later:
            ends.append(found.termination_date)
            if ends[-1] is None and any(ends):
                return stated
            if found.status(day) is Status.TERMINATED:
                return found
        return stated
    seen = [then]
    for place in later:
        found = place[1]
        if found.status(day) is Status.ACTUAL:
            if found.action_code == "R" and found.action_effective_date is not None:
                return found if found.action_effective_date <= day else stated
            came = any(one.termination_date is None or one.termination_date < by.effective for by, one in seen)
            return stated if came else found
        seen.append(place)
    return stated


@pytest.mark.slow
@settings(max_examples=100)
@given(histories())
def test_every_day_agrees_with_a_naive_reading(history: tuple[ReadRelease, ...]) -> None:
    catalog = Catalog.build(history)
    for code in HISTORY_CODES:
        stated = [(read.release, found) for read in history for found in read.records if found.code == code]
        if not stated:
            assert catalog.as_of(code, FIRST_DAY) is None
        for day in telling_days(stated):
            statement = catalog.as_of(code, day)
            assert statement is not None
            assert statement.record == naive(stated, day), day
            assert (statement.release, statement.record) in stated


def telling_days(stated: Sequence[Stated]) -> set[date]:
    """The days on which anything can turn and those beside them: between them nothing does."""
    edges = {
        edge
        for release, found in stated
        for edge in (release.effective, found.added_date, found.termination_date, found.action_effective_date)
        if edge is not None
    }
    beside = {edge + timedelta(days=shift) for edge in edges for shift in (-1, 0, 1)}
    return beside if edges else set()


@given(histories())
def test_the_release_in_effect_is_believed_unless_a_later_one_knows_better(history: tuple[ReadRelease, ...]) -> None:
    catalog = Catalog.build(history)
    for code in catalog.codes():
        for release in catalog.releases:
            on_day = catalog.code_on_day(code, release.effective)
            assert on_day is not None
            proof = on_day.statement.release
            if proof.effective <= release.effective:
                assert on_day.in_effect is not None
                assert proof.id <= on_day.in_effect.id
                assert on_day.at_the_time is None
            elif on_day.at_the_time is not None:
                assert on_day.at_the_time.release.effective <= release.effective
