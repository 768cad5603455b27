"""Prior authorization: yes, no or in some states, by state and day."""

from __future__ import annotations

from datetime import date

import pytest
from tests.src.hcpcs.answers.listed_index import ListedIndex

from hcpcs.answers.desk import Desk


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("does K0856 need prior auth?", "Yes. K0856 has needed prior authorization nationwide since July 17, 2017."),
        (
            "is J0897 on the prior auth list for hospital outpatient",
            "J0897 is not on the Required Prior Authorization List of July 29, 2026, which covers only DMEPOS items: "
            "services of hospital outpatient departments have another list, which isn't loaded.",
        ),
        ("does E0601 need prior auth?", "No. E0601 is not on the Required Prior Authorization List of July 29, 2026."),
    ],
)
def test_the_first_sentence_answers(desk: Desk, question: str, headline: str) -> None:
    assert desk.ask(question).headline.startswith(headline)


@pytest.mark.parametrize(
    ("day", "code", "area", "headline"),
    [
        (
            "2017-04-01",
            "K0856",
            " in Florida",
            "Not on April 1, 2017. K0856 needs prior authorization in Florida from July",
        ),
        (
            "2017-04-01",
            "K0856",
            " in New York",
            "Yes. K0856 has needed prior authorization in New York since March 20, 2017.",
        ),
        ("2017-04-01", "K0856", "", "In some states. K0856 needs prior authorization in Illinois, Missouri, New York"),
        (
            "2016-12-01",
            "K0856",
            "",
            "Not on December 1, 2016. K0856 needs prior authorization from March 20, 2017.",
        ),
        (
            "2026-12-01",
            "K0856",
            " in New York",
            "Yes. K0856 has needed prior authorization in New York since March 20, 2017, and nationwide since July 17",
        ),
        (
            "2026-05-01",
            "K0856",
            " in Florida",
            "Yes. K0856 has needed prior authorization in Florida since July 17, 2017, as",
        ),
        (
            "2026-12-01",
            "L3761",
            "",
            "In some states. L3761 needs prior authorization in New York, Michigan, Florida and",
        ),
        (
            "2026-12-01",
            "L3761",
            " in Texas",
            "No. L3761 is not on the Required Prior Authorization List of July 29, 2026 in",
        ),
    ],
)
def test_prior_authorization_goes_by_state_and_day(desk: Desk, day: str, code: str, area: str, headline: str) -> None:
    asked = desk.ask(f"does {code} need prior auth{area}?", as_of=date.fromisoformat(day))
    assert asked.headline.startswith(headline)


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        (
            "which items need prior auth starting 2026-10-28",
            "Prior authorization starts on October 28, 2026 in New York, Michigan, Florida and California for L3761.",
        ),
        ("which items need prior auth", "Prior authorization is required on February 1, 2026 nationwide for K0856."),
        (
            "which codes need prior auth in New York on 2017-04-01",
            "Prior authorization is required on April 1, 2017 in Illinois, Missouri, New York and West Virginia for",
        ),
        (
            "which codes need prior auth in Texas on 2017-04-01",
            "No code needs prior authorization in Texas on April 1, 2017 by the Required Prior Authorization List of",
        ),
        (
            "which codes need prior auth starting 2026-10-29",
            "No phase of prior authorization starts on October 29, 2026 by the Required Prior Authorization List of",
        ),
    ],
)
def test_without_a_code_the_list_is_given(desk: Desk, question: str, headline: str) -> None:
    assert desk.ask(question).headline.startswith(headline)


def test_of_an_item_in_words_the_codes_on_the_list_are_named(desk: Desk) -> None:
    index = ListedIndex(desk.catalog, "E0601", "K0856")
    found = Desk(desk.catalog, index, lambda: date(2026, 12, 1), desk.companions)
    answer = found.ask("do wheelchairs need prior authorization")
    assert answer.headline.startswith(
        'Some do: of the codes for "wheelchairs", prior authorization is required nationwide'
    )
    assert "K0856" in answer.headline
    assert "L3761" not in answer.headline  # on the list, and not among what was searched for
    assert answer.evidence[0].text.startswith("The others don't need it on December 1, 2026")


def test_the_phases_that_start_in_a_year_are_listed(desk: Desk) -> None:
    headline = desk.ask("which items need prior authorization starting 2026").headline
    assert headline.startswith("Prior authorization starts in 2026 ")


def test_beside_another_payer_medicare_is_answered_too(desk: Desk) -> None:
    headline = desk.ask("Aetna says K0856 needs precert, does Medicare too?").headline
    assert headline.startswith("Aetna sets its own rules for K0856. Medicare: Yes. K0856 has needed prior")
    assert "nationwide since" not in desk.ask("does Aetna need precert for K0856").headline


def test_how_it_is_requested_also_says_whether_it_is_required(desk: Desk) -> None:
    answer = desk.ask("how do we submit a prior authorization request for K0856")
    assert answer.headline.startswith("A prior authorization request for K0856 goes to the DME MAC")
    assert "K0856 has needed prior authorization nationwide since July 17, 2017" in answer.text


def test_the_phases_are_listed_where_there_are_several_and_the_rows_only_of_what_is_listed(desk: Desk) -> None:
    assert "K0856: required nationwide from July 17, 2017." in desk.ask("does K0856 need prior auth?").text
    one = desk.ask("does L3761 need prior auth?", as_of=date(2026, 12, 1)).text
    assert "required in" not in one
    assert "row 4" in one
    assert "From: " not in desk.ask("does E0601 need prior auth?").text


def test_without_the_list_or_a_code_it_is_said_where_to_look(desk: Desk, full: Desk) -> None:
    without = full.ask("does K0856 need prior auth?")
    assert without.headline == "The HCPCS record doesn't say whether K0856 needs prior authorization."
    assert desk.ask("does it need prior auth").headline.startswith("Prior authorization isn't in the HCPCS record")


def test_since_when_is_not_a_question_for_yes(desk: Desk) -> None:
    headline = desk.ask("since when does K0856 need prior auth").headline
    assert headline.startswith("K0856 has needed prior authorization nationwide since July 17, 2017.")


@pytest.mark.parametrize(("day", "named"), [(date(2026, 5, 1), False), (date(2026, 12, 1), True)])
def test_of_an_item_in_words_a_code_is_named_once_its_phase_has_started(desk: Desk, day: date, named: bool) -> None:
    index = ListedIndex(desk.catalog, "E0601", "L3761")
    answer = Desk(desk.catalog, index, lambda: day, desk.companions).ask("do wheelchairs need prior authorization")
    assert ("Some do" in answer.headline) is named


def test_what_starts_without_a_day_is_what_is_required_now(desk: Desk) -> None:
    headline = desk.ask("which items need prior auth starting").headline
    assert headline.startswith("Prior authorization is required on February 1, 2026 nationwide for K0856")
