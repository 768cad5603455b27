"""Which codes do the words find?"""

from __future__ import annotations

import pytest
from tests.src.hcpcs.answers.listed_index import NO_FILTERS, WHY, ListedIndex
from tests.src.hcpcs.conftest import TODAY

from hcpcs.answers.answer import Outcome
from hcpcs.answers.desk import Desk
from hcpcs.answers.evidence import EvidenceKind, NoticeKind
from hcpcs.questions.question import Intent
from hcpcs.search_port import CodeFamily, Confidence, Filters, Repair, SearchResult

CODES = ("A7030", "A7027", "A7034", "E0601")
FULL_FACE = "A7030 (Full face mask used with positive airway pressure device)"
MASK_LABELS = (
    f"{FULL_FACE}, A7027 (Combination oral/nasal mask) and A7034 (Nasal interface used with positive airway pressure "
    "device)"
)
MASKS = CodeFamily(prefix="A70", label="Masks")


def desk(full: Desk, *codes: str, confidence: Confidence = Confidence.HIGH, lacking: tuple[str, ...] = ()) -> Desk:
    index = ListedIndex(
        full.catalog,
        *codes,
        confidence=confidence,
        lacking=lacking,
        repairs=(Repair(written="msak", searched="mask"),),
        families=(MASKS,),
    )
    return Desk(full.catalog, index, lambda: TODAY)


@pytest.mark.parametrize(
    ("codes", "confidence", "headline"),
    [
        (CODES, Confidence.HIGH, f"4 matches. Top results: {MASK_LABELS}."),
        (CODES[:1], Confidence.HIGH, f"1 match: {FULL_FACE}."),
        (CODES, Confidence.LOW, f"No exact match. Closest of 4: {MASK_LABELS}."),
        (CODES[:1], Confidence.NONE, f"No exact match. Closest: {FULL_FACE}."),
    ],
)
def test_the_headline_names_the_best(full: Desk, codes: tuple[str, ...], confidence: Confidence, headline: str) -> None:
    answer = desk(full, *codes, confidence=confidence).ask("cpap msak")
    assert answer.intent is Intent.SEARCH
    assert answer.headline == headline


def test_the_words_that_the_best_hit_lacks_are_named_instead_of_no_exact_match(full: Desk) -> None:
    answer = desk(full, "A7030", confidence=Confidence.LOW, lacking=("seasonal", "blue")).ask("blue seasonal cpap msak")
    assert answer.headline == f'Closest: {FULL_FACE}. A7030 doesn\'t mention "seasonal" or "blue".'


def test_a_corrected_spelling_is_shown(full: Desk) -> None:
    answer = desk(full, *CODES).ask("cpap msak")
    assert answer.evidence[0].kind is EvidenceKind.REPAIR
    assert answer.evidence[0].text == 'Showing results for "mask" instead of "msak".'


def test_families_are_offered_where_the_match_is_unsure(full: Desk) -> None:
    sure, unsure = (desk(full, *CODES, confidence=c).ask("cpap msak") for c in (Confidence.HIGH, Confidence.LOW))
    assert EvidenceKind.FAMILY not in {fact.kind for fact in sure.evidence}
    assert "Browse A70*: Masks" in unsure.text


def test_nothing_found_suggests_families(full: Desk) -> None:
    answer = desk(full).ask("cpap msak")
    assert answer.outcome is Outcome.NOT_FOUND
    assert answer.headline == 'No codes match "cpap msak".'
    assert desk(full).ask(f"cpap msak {'very ' * 20} wide").headline == "No codes match those words."
    assert answer.suggestions == ("A70*",)


def test_many_families_are_named_on_one_line(full: Desk) -> None:
    families = tuple(CodeFamily(prefix=letter, label=f"Codes of {letter}") for letter in "ABCEGH")
    few, many = (Desk(full.catalog, ListedIndex(full.catalog, families=families[:n]), lambda: TODAY) for n in (5, 6))
    assert few.ask("cpap msak").evidence[1].text == "Browse B*: Codes of B"
    line = "Describe the item in other words, or browse A*, B*, C*, E*, G*, H*."
    assert [fact.text for fact in many.ask("cpap msak").evidence] == [line]


def test_everyday_words_that_surely_match_nothing_are_not_understood(full: Desk) -> None:
    for confidence in (Confidence.LOW, Confidence.HIGH):
        answer = desk(full, *CODES, confidence=confidence).ask("how many days until monday")
        assert (answer.outcome is Outcome.NOT_UNDERSTOOD) is (confidence is Confidence.LOW)
    assert desk(full).ask("how many days until monday").outcome is Outcome.NOT_UNDERSTOOD


def test_an_everyday_word_that_a_table_has_names_no_item(full: Desk) -> None:
    """ "Broken" is a lay word for fractured, and the best hit lacks the phone."""
    lay = WHY.model_copy(update={"word": "broken", "rule": "lay"})
    index = ListedIndex(full.catalog, *CODES, confidence=Confidence.LOW, lacking=("phone",))
    index.hits = tuple(hit.model_copy(update={"why": (lay,)}) for hit in index.hits)
    assert Desk(full.catalog, index, lambda: TODAY).ask("broken phone").outcome is Outcome.NOT_UNDERSTOOD


def test_below_an_item_without_a_code_no_codes_are_guessed(full: Desk) -> None:
    sure, unsure = (
        desk(full, *CODES, confidence=one).ask("massage chair") for one in (Confidence.HIGH, Confidence.LOW)
    )
    assert sure.codes == CODES
    assert unsure.codes == ()
    assert unsure.headline.startswith("A massage chair or a massager has no HCPCS code of its own.")


@pytest.mark.parametrize("question", ["cual es el codigo para una silla de ruedas", "code for water"])
def test_an_item_by_a_synonym_and_a_code_asked_for_are_searched(full: Desk, question: str) -> None:
    spanish = WHY.model_copy(update={"word": "silla", "rule": "spanish"})
    index = ListedIndex(full.catalog, *CODES, confidence=Confidence.LOW)
    index.hits = tuple(hit.model_copy(update={"why": (spanish,)}) for hit in index.hits)
    assert Desk(full.catalog, index, lambda: TODAY).ask(question).codes == CODES


def test_where_no_code_of_a_letter_matches_those_of_others_are_searched(full: Desk) -> None:
    index = ListedIndex(full.catalog)
    assert Desk(full.catalog, index, lambda: TODAY).ask("mvasi jcode").outcome is Outcome.NOT_FOUND
    assert [filters.prefix for filters in index.filters] == ["J", None]


class WiderIndex(ListedIndex):
    """Finds codes only where no letter is asked for."""

    def search(self, text: str, *, filters: Filters = NO_FILTERS, limit: int = 10, offset: int = 0) -> SearchResult:
        result = super().search(text, filters=filters, limit=limit, offset=offset)
        return result.model_copy(update={"hits": (), "total": 0}) if filters.prefix else result


@pytest.mark.parametrize(("confidence", "codes"), [(Confidence.HIGH, CODES), (Confidence.LOW, ())])
def test_a_doubtful_match_among_other_letters_is_not_listed(
    full: Desk, confidence: Confidence, codes: tuple[str, ...]
) -> None:
    index = WiderIndex(full.catalog, *CODES, confidence=confidence)
    assert Desk(full.catalog, index, lambda: TODAY).ask("mask jcode").codes == codes


def test_where_coverage_is_asked_for_every_hit_has_its_verdict(full: Desk) -> None:
    answer = desk(full, "E0601", "S9353").ask("does medicare cover cpap masks")
    verdicts = [fact.sentence for fact in answer.evidence if fact.kind is EvidenceKind.VERDICT]
    assert verdicts == [
        "E0601: Maybe: special coverage instructions apply.",
        "S9353: Not payable by Medicare.",
    ]
    plain = desk(full, "E0601").ask("cpap masks")
    assert EvidenceKind.VERDICT not in {fact.kind for fact in plain.evidence}


def test_hits_come_in_pages(full: Desk) -> None:
    answer = desk(full, *CODES).ask("cpap mask", limit=3, offset=3)
    assert answer.codes == ("E0601",)
    assert (answer.total, answer.offset) == (4, 3)


def test_a_date_bounds_when_codes_were_added_or_is_said_to_be_unused(full: Desk) -> None:
    added = desk(full, *CODES).ask("wheelchair added:2020")
    assert "Only codes added since January 1, 2020 were searched." in added.text
    unused = desk(full, *CODES, confidence=Confidence.LOW).ask("wheelchair in 2019")
    assert "This searched HCPCS October 2025, not the code set of 2019." in unused.text
    plain = desk(full, *CODES).ask("wheelchair")
    assert not any(notice.kind is NoticeKind.SELECTION for notice in plain.notices)


def test_who_asks_for_cpt_is_told_that_it_is_not_here(full: Desk) -> None:
    answer = desk(full, "E0601").ask("CPT for cpap?")
    assert answer.codes == ("E0601",)
    assert "for CPT codes, see a licensed CPT code book" in answer.text


def test_with_the_starter_the_full_set_is_mentioned(starter: Desk) -> None:
    assert NoticeKind.FULL_SET in {notice.kind for notice in starter.ask("insulin pump").notices}


@pytest.mark.parametrize(
    "question",
    ["when was the J code for Tecentriq Hybreza effective", "when was the code for Tecentriq Hybreza created"],
)
def test_when_a_drug_got_its_code_is_a_date(full: Desk, question: str) -> None:
    answer = desk(full, "J9024", confidence=Confidence.LOW).ask(question)
    assert answer.headline == "J9024 (Inj atezolizumb 5mg hya-tqjs) was added on April 1, 2025."


def test_whether_the_code_of_an_item_is_in_use_is_its_dates(full: Desk) -> None:
    asked = desk(full, "Q0220")
    answer = asked.ask("is the evusheld code terminated")
    assert answer.headline.endswith("was added on December 8, 2021, and its last day was December 12, 2024.")
    assert isinstance(asked.index, ListedIndex)
    assert asked.index.texts[-1] == "evusheld"


def test_coverage_of_an_item_that_is_not_certain_says_so_first(full: Desk) -> None:
    asked = desk(full, "E0601", "A0428", confidence=Confidence.LOW, lacking=("zzz",))
    assert asked.ask("does medicare cover a zzz").headline.startswith("It isn't clear which code is meant. ")


def test_the_codes_that_medicare_does_not_pay_for_are_a_list(full: Desk) -> None:
    asked = desk(full, "S9353")
    asked.ask("list all codes not payable by Medicare")
    assert isinstance(asked.index, ListedIndex)
    assert asked.index.filters[0].coverage == frozenset({"I", "M", "S"})


def test_a_service_by_its_name_alone_is_said_to_have_a_cpt_code_and_unsure_hits_are_not_named(full: Desk) -> None:
    answer = desk(full, *CODES, confidence=Confidence.LOW).ask("strep test")
    assert answer.headline == "A rapid strep test has a CPT code, not a HCPCS Level II code: 87880."
    assert "CPT code" not in full.ask("strep test kit for home").headline


def test_a_service_with_a_cpt_code_is_said_to_have_one(full: Desk) -> None:
    assert desk(full, "GH").ask("mammogram screening code").headline.startswith("Screening mammography has a CPT code")


def test_whether_a_service_of_another_code_system_is_covered_is_not_judged_by_codes_beside_it(full: Desk) -> None:
    answer = desk(full, "G0279").ask("is a mammogram covered by medicare")
    assert answer.headline == (
        "Screening mammography has a CPT code, not a HCPCS Level II code: 77067. "
        "Coverage of CPT and CDT codes isn't in the HCPCS record."
    )
    assert answer.verdict is None
    dentures = desk(full).ask("does Medicare pay for dentures")
    assert dentures.headline.startswith("Dental treatment has CDT codes")
    assert not dentures.families


def test_codes_are_listed_by_a_coded_value(full: Desk) -> None:
    listed = desk(full, *CODES)
    assert listed.ask("which codes have BETOS D1E").headline == "4 codes have BETOS D1E: Other DME."
    for question in ("list codes with coverage code M", "which HCPCS codes are not covered (coverage code M)"):
        assert listed.ask(question).headline == "4 codes have coverage code M (Medicare never pays for them)."
