"""The Required Prior Authorization List: phases by state and day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.src.hcpcs.companions.companion_files import LIST_ROWS, facts_on, read_bytes, small_store, table_text

from hcpcs.companions.edition import Absence, EditionKind
from hcpcs.companions.storage.companion_store import CompanionStore
from hcpcs.errors import ReleaseError

NAME = "prior_authorization_2026-07-29.csv"
PA = EditionKind.PRIOR_AUTHORIZATION


@pytest.fixture
def required(tmp_path: Path) -> CompanionStore:
    return small_store(tmp_path, NAME)


def test_phases_have_their_own_days_and_states(required: CompanionStore) -> None:
    first, second = facts_on(required, PA, "K0856", date(2026, 8, 1)).facts
    assert (first.qualifiers.states, first.first_day) == (("IL", "MO", "NY", "WV"), date(2017, 3, 20))
    assert (second.qualifiers.states, second.first_day, second.last_day) == (("US",), date(2017, 7, 17), None)


def test_an_area_leaves_out_the_phases_of_others(required: CompanionStore) -> None:
    florida = facts_on(required, PA, "K0856", date(2017, 4, 1), area="FL").facts
    assert [fact.first_day for fact in florida] == [date(2017, 7, 17)]
    assert not florida[0].holds_on(date(2017, 4, 1))
    assert facts_on(required, PA, "L3761", date(2026, 11, 1), area="TX").absence is Absence.NOT_LISTED


def test_a_list_also_answers_for_days_before_it_was_published(required: CompanionStore) -> None:
    look_up = facts_on(required, PA, "K0856", date(2026, 5, 1), area="FL")
    assert look_up.edition is not None
    assert look_up.edition.label == "Required Prior Authorization List of July 29, 2026"
    assert look_up.facts[0].holds_on(date(2026, 5, 1))


def test_a_phase_without_a_day_or_states_is_refused(tmp_path: Path) -> None:
    for row in (("K0861", "Power mobility devices", "", "US"), ("K0861", "Power mobility devices", "2017-03-20", "")):
        with pytest.raises(ReleaseError, match="line 5: K0861 lacks the day or the states"):
            read_bytes(tmp_path, NAME, table_text(NAME, [*LIST_ROWS, row]))
