"""Details within a subject."""

from __future__ import annotations

from datetime import date

import pytest

from hcpcs.questions.parser import parse_question
from hcpcs.questions.question import AskedDetail

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("text", "details"),
    [
        ("what's the purchase price of E0250", {AskedDetail.PURCHASE, AskedDetail.WHICH}),
        ("can E0601 be bought outright", {AskedDetail.PURCHASE, AskedDetail.BOUGHT, AskedDetail.YES_NO}),
        ("co-pay of J1745", {AskedDetail.COINSURANCE}),
        ("coinsurance for J9271 200 mg", {AskedDetail.COINSURANCE}),
        ("which article for A4253", {AskedDetail.ARTICLE, AskedDetail.WHICH}),
        ("how much is E0601 RR", {AskedDetail.WHICH}),
    ],
)
def test_what_is_asked_within_a_subject(text: str, details: set[AskedDetail]) -> None:
    assert parse_question(text, TODAY).details == details


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("E0260 month 5 rental", 5),
        ("E0260 rental month #4", 4),
        ("what does the 11th month of E0260 pay", 11),
        ("E0260 for 5 months", None),
    ],
)
def test_the_month_of_a_rental(text: str, month: int | None) -> None:
    assert parse_question(text, TODAY).rental_month == month


@pytest.mark.parametrize(
    ("text", "period", "days"),
    [
        ("how many A7030 per month", "per month", 30),
        ("how many A7030 in 6 months", "per 6 months", 180),
        ("how many A7030 per quarter", "per quarter", 90),
        ("how many A4351 within 30 days", "per 30 days", 30),
        ("E0601 how many years before new one", "over time", None),
    ],
)
def test_the_period_of_a_limit(text: str, period: str, days: int | None) -> None:
    asked = parse_question(text, TODAY).limit_period
    assert asked is not None
    assert (asked.text, asked.days) == (period, days)


@pytest.mark.parametrize("text", ["MUE of A7030", "is 4 units of A7034 in 0 months too many"])
def test_no_period_of_a_limit(text: str) -> None:
    assert parse_question(text, TODAY).limit_period is None


@pytest.mark.parametrize(
    ("text", "trait"),
    [
        ("is K0823 group 3", "group 3"),
        ("is J1745 billed per 50 mg", "per 50 mg"),
        ("is J0897 10 mg per unit", "per 10 mg"),
        ("is Q5103 a biosimilar of Remicade", "biosimilar of remicade"),
        ("does L8000 include the form", "with form"),
        ("K0823 group 3", ""),
        ("does A4230 belong to a supply", "supply"),
        ("is E0784 classified as equipment", "equipment"),
        ("A4230 drug or supply?", "drug or supply"),
    ],
)
def test_what_a_code_is_asked_to_be(text: str, trait: str) -> None:
    assert parse_question(text, TODAY).trait == trait


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("57894003001", None),
        ("what is 123456789012", "123456789012"),
        ("E0601 57894003001", None),
        ("5551234", None),
    ],
)
def test_a_number_as_long_as_a_product_s(text: str, number: str | None) -> None:
    assert parse_question(text, TODAY).product_number == number
