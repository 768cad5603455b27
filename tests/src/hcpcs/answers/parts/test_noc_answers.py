"""Lists of NOC codes: those of a family, and all."""

from __future__ import annotations

import pytest
from tests.src.hcpcs.answers.listed_index import WHY, ListedIndex
from tests.src.hcpcs.conftest import TODAY
from tests.work import count_lines

from hcpcs.answers.desk import Desk
from hcpcs.questions.question import Intent
from hcpcs.records.families.noc_families import noc_codes_for


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("what is the NOC code for DME", "E1399"),
        ("NOC code for drugs", "J3490"),
        ("enteral NOC", "B9998"),
        ("NOC code for a biologic", "J3590"),
        ("nos biosimilar code", "J3590"),
        ("code for new gene therapy not listed", "J3590"),
        ("noc for hyaluronan", "J3490"),
        ("drug too new for a j code", "J3490"),
        ("ambulance NOC code", "A0999"),
        ("enteral formula not classified", "B9998"),
        ("unlisted biologic", "J3590"),
        ("unclassified drug code", "J3490"),
        ("miscellaneous code for wheelchair parts", "K0108"),
        ("NOC for a compounded drug", "J7999"),
        ("NOC list for home infusion", "S9379"),
        ("unlisted orthotic upper extremity", "L3999"),
        ("unlisted spinal brace", "L1499"),
        ("NOC prosthetic arm", "L7499"),
        ("no code for this drug, what do I bill", "J3490"),
        ("noc for cochlear parts", "L8699"),
        ("unlisted transport", "A0999"),
        ("misc code for wound dressing", "A4649"),
        ("noc for cpap supplies", "A9999"),
        ("noc for VAD supplies", "Q0507"),
        ("noc for compression garment", "A6549"),
        ("noc breast prosthesis", "L8039"),
        ("noc code for speech device accessory", "E2599"),
        ("noc code for urological supplies", "A4335"),
        ("noc for eyeglasses", "V2799"),
    ],
)
def test_the_noc_code_of_a_family_comes_first(full: Desk, question: str, first: str) -> None:
    answer = full.ask(question)
    assert answer.codes[0] == first
    assert answer.headline.startswith(f"{first} (")
    assert all(
        full.catalog.is_not_otherwise_classified(full.catalog.timeline(code)[-1].record) for code in answer.codes
    )


def test_a_drug_in_an_outpatient_hospital_has_its_own(full: Desk) -> None:
    assert "Hospital outpatient departments bill C9399" in full.ask("NOC code for drugs").text


def test_all_are_listed_with_the_well_known_ones_first(full: Desk) -> None:
    answer = full.ask("list all NOC codes")
    # Once known, the list isn't made again.
    assert count_lines(lambda: full.ask("list all NOC codes")) < 50_000
    assert answer.intent is Intent.BROWSE
    assert answer.codes[:2] == ("E1399", "J3490")
    assert answer.total > 100


@pytest.mark.parametrize(
    ("question", "first", "headline"),
    [
        ("list of NOC L codes", "L2999", "13 active NOC codes that start with L."),
        ("NOC J codes", "J3490", "35 active NOC codes that start with J."),
        ("NOC R codes", None, "No active NOC codes that start with R."),
    ],
)
def test_those_of_a_letter_are_listed(full: Desk, question: str, first: str | None, headline: str) -> None:
    answer = full.ask(question)
    assert answer.headline == headline
    assert next(iter(answer.codes), None) == first


def test_what_noc_means_is_still_a_definition(full: Desk) -> None:
    assert full.ask("what does NOC mean").intent is Intent.DEFINE


@pytest.mark.parametrize(
    "question",
    [
        "new drug FDA approved last month, hospital outpatient",
        "newly approved drug no code yet outpatient hospital",
        "brand new chemo drug approved last month hospital",
        "drug approved by FDA yesterday outpatient hospital",
        "what do we bill for a brand new drug in the hospital outpatient dept",
    ],
)
def test_a_new_drug_in_the_hospital_is_c9399(full: Desk, question: str) -> None:
    answer = full.ask(question)
    assert answer.codes == ("C9399",)
    assert answer.headline.startswith("Hospital outpatient departments bill C9399")


def test_a_brand_with_a_noc_code_has_no_code_of_its_own(full: Desk) -> None:
    why = WHY.model_copy(update={"word": "ozempic", "field": "code", "rule": "brand"})
    index = ListedIndex(full.catalog, "J3490")
    index.hits = tuple(hit.model_copy(update={"why": (why,)}) for hit in index.hits)
    answer = Desk(full.catalog, index, lambda: TODAY).ask("ozempic")
    assert answer.headline == ("Ozempic has no HCPCS code of its own: the NOC code is J3490 (Unclassified drugs).")
    assert "the claim must describe the item or drug" in answer.text


def test_a_brand_whose_code_is_billed_by_the_amount_has_a_code_of_its_own(full: Desk) -> None:
    why = WHY.model_copy(update={"word": "kenalog", "field": "code", "rule": "brand"})
    index = ListedIndex(full.catalog, "J3301")
    index.hits = tuple(hit.model_copy(update={"why": (why,)}) for hit in index.hits)
    assert Desk(full.catalog, index, lambda: TODAY).ask("kenalog").headline.startswith("1 match: J3301 ")


def test_a_brand_with_a_code_is_an_ordinary_search(full: Desk) -> None:
    why = WHY.model_copy(update={"word": "keytruda", "field": "code", "rule": "brand"})
    index = ListedIndex(full.catalog, "J9271")
    index.hits = tuple(hit.model_copy(update={"why": (why,)}) for hit in index.hits)
    assert Desk(full.catalog, index, lambda: TODAY).ask("keytruda").headline == "1 match: J9271 (pembrolizumab)."


def test_a_denied_noc_claim_is_told_what_the_claim_must_say(full: Desk) -> None:
    answer = full.ask("J3490 kicked back, what do they want")
    assert answer.headline.startswith("A claim with J3490 must describe the item or drug")
    assert "11-digit National Drug Code" in answer.text


@pytest.mark.parametrize(
    ("question", "start", "codes"),
    [
        (
            "noc code for orthotic",
            "The NOC code depends on the part of the body: L2999 (",
            "L2999 L3999 L1499 L0999 L3649",
        ),
        ("noc code for knee brace", "L2999 (Lower", "L2999"),
        ("unlisted lower extremity prosthesis", "L5999 (Lower", "L5999"),
        ("unclassified chemo oral", "J8999 (Prescription drug, oral, chemotherapeutic", "J8999"),
    ],
)
def test_the_noc_code_depends_on_the_body_part_or_the_route(full: Desk, question: str, start: str, codes: str) -> None:
    answer = full.ask(question)
    assert answer.headline.startswith(start)
    assert answer.codes == tuple(codes.split())


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ("new chemo drug no code hopd", ("C9399",)),
        ("new oncology drug no j code yet hospital outpt", ("C9399",)),
        ("chemo drug no j code office", ("J9999", "J8999")),
        ("chemo drug no j code outpatient", ("J9999", "J8999")),
    ],
)
def test_a_new_drug_in_a_hospital_has_the_code_of_hospitals(asked: str, codes: tuple[str, ...]) -> None:
    assert noc_codes_for(asked) == codes
