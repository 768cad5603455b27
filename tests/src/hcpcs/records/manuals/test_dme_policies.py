"""The table of the DME MACs' policies agrees with CMS's documents and with PDAC's list."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest
from tests.src.hcpcs.records.modifiers.named_modifiers import named_in

from hcpcs.records.manuals.dme_policies import dme_policies, policies_of, policy_numbered, usual_maximum


def _rows(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _plain(title: str) -> str:
    """A title without the endings in which the documents differ ("Orthosis", "Orthoses", "(SGD)")."""
    return title.split("(")[0].replace(" /", "/").replace("Orthoses", "Orthosis").strip().lower()


@pytest.mark.parametrize(
    ("code", "lcds"),
    [
        ("E0601", ["L33718"]),
        ("E0470", ["L33718", "L33800"]),
        ("A4253", ["L33822"]),
        ("A4637", ["L33733", "L33791"]),
        ("A7000", ["L33821", "L33612"]),
        ("E0651", []),  # the policy on pneumatic compression devices was retired in 2024
        ("A7041", []),  # a chest drain between the supplies of CPAP
        ("J1745", []),
    ],
)
def test_a_code_has_its_policies(code: str, lcds: list[str]) -> None:
    assert [policy.lcd for policy in policies_of(code)] == lcds


def test_numbers_and_titles_are_those_of_the_coverage_database(companion_data: Path) -> None:
    titles = {
        (row["document_type"], row["document_id"]): row["title"]
        for row in _rows(companion_data / "MCD_documents_2025-08.csv.gz")
        if "DME MAC" in row["contractor_name_type"]
    }
    for policy in dme_policies():
        assert titles["LCD", policy.lcd[1:]] == policy.title
        article = titles["Article", policy.article[1:]].split("- Policy Article")[0].removesuffix(" ")
        assert _plain(article).rstrip("s") == _plain(policy.title).rstrip("s")


def test_the_codes_of_pdac_have_the_policy_that_pdac_names(companion_data: Path) -> None:
    known = {_plain(policy.title) for policy in dme_policies()}
    of_known = [
        row for row in _rows(companion_data / "PDAC_coding_verification_required.csv.gz") if _plain(row["LCD"]) in known
    ]
    assert len(of_known) > 150
    for row in of_known:
        assert _plain(row["LCD"]) in {_plain(policy.title) for policy in policies_of(row["HCPCS"])}, row["HCPCS"]


@pytest.mark.parametrize(
    ("code", "quantity", "lcd"),
    [
        ("A7030", "1 every 3 months", "L33718"),
        ("A7000", "10 a month with negative pressure wound therapy", "L33821"),
        ("A4352", "200 a month", "L33803"),
        ("A4314", "1 a month, for routine changes", "L33803"),
        ("A5063", "20 a month", "L33828"),
    ],
)
def test_supplies_have_a_usual_maximum(code: str, quantity: str, lcd: str) -> None:
    known = usual_maximum(code)
    assert known is not None
    assert (known.quantity, known.policy.lcd) == (quantity, lcd)


@pytest.mark.parametrize(
    ("code", "bounds"),
    [
        ("A4353", [(200, 30, "")]),
        ("A7034", [(1, 90, "")]),
        ("A7016", [(2, 360, "")]),
        ("A4314", [(1, 30, "")]),
        ("A4253", [(2, 90, " without insulin"), (6, 90, " with insulin")]),
        ("A6550", []),  # per wound
        ("A4595", []),  # by the number of leads
    ],
)
def test_a_usual_maximum_is_a_number_in_days_where_its_words_are(code: str, bounds: list[tuple[int, int, str]]) -> None:
    known = usual_maximum(code)
    assert known is not None
    assert list(known.bounds) == bounds


@pytest.mark.parametrize("code", ["E0601", "A4342"])
def test_equipment_and_accessories_of_a_device_have_none(code: str) -> None:
    assert usual_maximum(code) is None


def test_no_policy_is_retired(companion_data: Path) -> None:
    numbers = {policy.lcd for policy in dme_policies()} | {policy.article for policy in dme_policies()}
    rows = _rows(companion_data / "MCD_documents_2025-08.csv.gz")
    assert not [row["title"] for row in rows if row["document_display_id"] in numbers and row["note"] == "Retired"]


def test_every_usual_maximum_is_of_a_code_of_its_policy() -> None:
    for policy in dme_policies():
        for runs, _ in policy.usual:
            assert all(policy in policies_of(code) for run in runs for code in run)


def test_the_modifiers_of_a_policy_are_those_that_its_sentence_names() -> None:
    assert named_in("K0 to K4, and RT or LT") == {"K0", "K1", "K2", "K3", "K4", "RT", "LT"}
    policies = [policy for policy in dme_policies() if policy.asks_for or policy.modifiers]
    assert len(policies) > 30
    assert not [one.title for one in policies if one.modifiers != named_in(one.asks_for)]


def test_a_policy_has_the_number_of_its_determination_and_of_its_article() -> None:
    for number in ("L33791", "A52503"):
        policy = policy_numbered(number)
        assert policy is not None
        assert policy.title == "Walkers"
    assert policy_numbered("L99999") is None
