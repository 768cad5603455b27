"""The App Home: the newest edition of each companion file, its age, and when the next one is due."""

from __future__ import annotations

import json
from datetime import date

from hcpcs.companions.edition import Edition, EditionKind
from hcpcs_bot.bootstrap import starter_desk
from hcpcs_bot.slack.cards.views.home import edition_lines, home_view
from hcpcs_bot.slack.ports import HomeFacts

TODAY = date(2026, 2, 1)


def edition(kind: EditionKind, label: str, first: date | None, last: date | None) -> Edition:
    return Edition(
        kind=kind, label=label, from_day=first, to_day=last, file="f", digest="0" * 64, rows=1, dropped=0, columns=()
    )


EDITIONS = (
    edition(EditionKind.DMEPOS, "DMEPOS fee schedule October 2025", date(2025, 10, 1), date(2025, 12, 31)),
    edition(EditionKind.DMEPOS, "DMEPOS fee schedule January 2026", date(2026, 1, 1), date(2026, 3, 31)),
    edition(EditionKind.PRIOR_AUTHORIZATION, "Required Prior Authorization List", date(2026, 1, 22), None),
    edition(EditionKind.CODING_VERIFICATION, "PDAC list (undated)", None, None),
)


def test_the_newest_edition_of_each_kind_is_listed_with_its_age() -> None:
    shown = json.dumps(edition_lines(EDITIONS, TODAY))
    assert "DMEPOS fee schedule January 2026 (31 days old; the next is due on April 1, 2026)" in shown
    assert "October 2025" not in shown
    assert "Required Prior Authorization List (10 days old)" in shown
    assert "PDAC list (undated)" in shown


def test_an_edition_that_is_overdue_says_so() -> None:
    assert "the next was due on April 1, 2026" in json.dumps(edition_lines(EDITIONS, date(2026, 5, 1)))
    assert "(takes effect in 31 days; the next is due on" in json.dumps(edition_lines(EDITIONS, date(2025, 12, 1)))


def test_without_companion_files_the_home_says_nothing_of_them() -> None:
    assert "Companion files" not in json.dumps(home_view(starter_desk().catalog.newest, (), TODAY))
    assert "Companion files" in json.dumps(home_view(starter_desk().catalog.newest, (), TODAY, EDITIONS))


def test_updates_that_failed_and_watches_of_files_are_listed() -> None:
    facts = HomeFacts(
        failures=("Update of 2026-02-01 failed: OPPS Addendum B: cms.gov answered 503",),
        watches=tuple((f"C{number}", "amount changes <J1745>") for number in range(12)),
    )
    shown = json.dumps(home_view(starter_desk().catalog.newest, (), TODAY, EDITIONS, None, facts))
    assert "Update of 2026-02-01 failed: OPPS Addendum B: cms.gov answered 503" in shown
    assert "<#C0>: amount changes &lt;J1745&gt;" in shown
    assert "and 2 more" in shown
    assert "<#C10>" not in shown
    assert "only administrators" not in json.dumps(home_view(starter_desk().catalog.newest, (), TODAY, EDITIONS))
