"""People's words on the real release: the records that must come first, by which rule, in one thread and in many."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.index.conftest import codes

from hcpcs.search_port import Confidence
from hcpcs_index.searcher import Searcher


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("pain pump at home", "S9328"),
        ("home insulin infusion", "S9353"),
        ("CPAP machine", "E0601"),
        ("knee scooter", "E0118"),
        ("keytruda", "J9271"),
        ("keytrda", "J9271"),
        ("depo provra", "J1050"),
        ("remicade", "J1745"),
        ("toradol shot", "J1885"),
        ("rollator", "E0143"),
        ("wound vac", "E2402"),
        ("hoyer lift", "E0630"),
        ("bedside commode", "E0163"),
        ("haemodialysis machine", "E1590"),
        ("negative pressure wound therapy electrical pump, stationary or portable", "E2402"),
        ("lidocaine 10 mg", "J2003"),
    ],
)
def test_people_find_what_they_mean(searcher: Searcher, text: str, code: str) -> None:
    assert code in codes(searcher.search(text))[:3]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("gemcitabine 10 mg", "J9201"),
        ("pegfilgrastim", "J2506"),
        ("pegfilgrastim biosimilar", "Q5108"),
    ],
)
def test_the_plain_drug_comes_before_its_versions_unless_they_are_asked_for(
    searcher: Searcher, text: str, code: str
) -> None:
    assert codes(searcher.search(text))[0] == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("melphalan infusion", "J9245"),
        ("aristada shot", "J1944"),
        ("home insulin infusion", "S9353"),
        ("prednisone infusion", "J7512"),
    ],
)
def test_words_for_an_injection_are_left_out_after_the_name_of_an_injected_drug(
    searcher: Searcher, text: str, code: str
) -> None:
    assert codes(searcher.search(text))[0] == code


@pytest.mark.parametrize("text", ["psoriasis shot", "injection for psoriasis", "psoriasis infusion", "psoriasis drugs"])
def test_a_drug_is_found_by_what_it_treats(searcher: Searcher, text: str) -> None:
    assert codes(searcher.search(text))[:2] == ["J3357", "J1438"]


def test_a_condition_alone_asks_for_no_drug(searcher: Searcher) -> None:
    assert "J3357" not in codes(searcher.search("psoriasis"))[:3]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("solumedrol 125", "J2919"),
        ("foley kit 16fr", "A4314"),
        ("5fu infusion", "J9190"),
        ("ketorolac 15", "J1885"),
        ("opdivo 240", "J9299"),
        ("zofran 4mg tab", "Q0162"),
    ],
)
def test_a_size_or_strength_does_not_outweigh_the_name(searcher: Searcher, text: str, code: str) -> None:
    assert codes(searcher.search(text))[0] == code


def test_a_reason_says_what_a_brand_means(searcher: Searcher) -> None:
    result = searcher.search("keytrda")
    assert [(repair.written, repair.searched) for repair in result.repairs] == [("keytrda", "keytruda")]
    (why,) = result.hits[0].why
    assert why.rule == "brand"
    assert why.text == "keytrda → keytruda → pembrolizumab (brand), in the short description"
    assert result.confidence is Confidence.HIGH


def test_every_short_description_finds_its_record(searcher: Searcher, records: dict[str, object]) -> None:
    sample = [record for at, record in enumerate(records.values()) if at % 20 == 0 and record.short_description]
    missed = [
        record.code
        for record in sample
        if record.short_description.lower()
        not in {hit.short_description.lower() for hit in searcher.search(record.short_description, limit=3).hits}
    ]
    assert len(missed) <= len(sample) * 0.01, missed


def test_every_code_finds_itself_first_with_high_confidence(searcher: Searcher, records: dict[str, object]) -> None:
    for at, code in enumerate(records):
        if at % 25 == 0:
            result = searcher.search(code)
            assert codes(result)[0] == code
            assert result.confidence is Confidence.HIGH


def test_many_threads_get_the_same_answers_as_one(searcher: Searcher) -> None:
    texts = ["wheelchair", "cpap mask", "keytrda", "insulin OR pump", '"foot drop"', "j92", "oral 5 mg", "zzqx"] * 25
    alone = [searcher.search(text) for text in texts]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(8) as pool:
            together = list(pool.map(searcher.search, texts))
    finally:
        sys.setswitchinterval(interval)
    assert together == alone


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("insulin pump", "E0784"),
        ("nebulizer machine", "E0570"),
        ("test strips", "A4253"),
        ("diabetic shoes", "A5500"),
        ("left side modifier", "LT"),
    ],
)
def test_the_item_comes_before_its_accessories(searcher: Searcher, text: str, code: str) -> None:
    assert codes(searcher.search(text))[0] == code


def test_an_accessory_comes_first_where_it_is_asked_for(searcher: Searcher) -> None:
    best = searcher.search("walker brake attachment").hits[0]
    assert "attachment" in best.long_description.lower()


@pytest.mark.parametrize(
    ("text", "code", "ended"), [("Depo Medrol 80 mg", "J1010", "J1040"), ("testosterone cypionate", "J1071", "J1080")]
)
def test_ended_codes_rank_below_active_ones(searcher: Searcher, text: str, code: str, ended: str) -> None:
    hits = searcher.search(text, limit=50).hits
    assert hits[0].code == code
    (old,) = [hit for hit in hits if hit.code == ended]
    assert old.ended is not None
    assert old.status_note == f"(ended {old.ended.isoformat()})"


def test_an_ended_code_that_is_named_is_first(searcher: Searcher) -> None:
    assert codes(searcher.search("J1040"))[0] == "J1040"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("silla de ruedas", "K0001"),
        ("andador", "E0143"),
        ("oxígeno", "E1390"),
        ("muletas", "E0114"),
        ("tiras reactivas", "A4253"),
        ("bastón", "E0100"),
        ("cama de hospital", "E0260"),
        ("nebulizador", "E0570"),
        ("pañales", "T4522"),
        ("manejo de casos", "T1016"),
    ],
)
def test_spanish_names_find_the_item(searcher: Searcher, text: str, code: str) -> None:
    result = searcher.search(text)
    assert codes(result)[0] == code
    assert result.repairs == ()


@pytest.mark.parametrize("text", ["gave insulin", "auth wheelchair", "florida walker", "cuánto cuesta andador"])
def test_common_words_are_not_repaired(searcher: Searcher, text: str) -> None:
    assert searcher.search(text).repairs == ()


def test_word_forms_share_a_stem(searcher: Searcher) -> None:
    assert "K0195" in codes(searcher.search("elevate leg rest"))[:3]


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("respiratory assist device with backup rate", "E0471", "E0470"),
        ("foam dressing no border", "A6209", "A6212"),
        ("foam dressing with border", "A6212", "A6209"),
        ("emergency ambulance service", "A0429", "A0428"),
        ("compression controller without calibrated gradient", "E0681", "E0680"),
        ("colonoscopy screening high risk", "G0105", "G0121"),
        ("level 2 hospital emergency department visit", "G0381", "G0382"),
        ("tracheostomy tube not cuffed", "A7520", "A7521"),
    ],
)
def test_a_record_that_says_the_opposite_ranks_below(searcher: Searcher, text: str, before: str, after: str) -> None:
    ranked = codes(searcher.search(text, limit=30))
    assert ranked.index(before) < (ranked.index(after) if after in ranked else len(ranked))


def test_the_words_that_the_best_hit_lacks_are_named(searcher: Searcher) -> None:
    lamp = searcher.search("light box seasonal")
    assert lamp.hits[0].code == "E0203"
    assert lamp.lacking == ("seasonal",)
    assert searcher.search("purple elephant saddle").lacking == ()
    assert searcher.search("wheelchair").lacking == ()


def test_a_word_that_opens_every_name_is_not_a_guess(searcher: Searcher) -> None:
    assert searcher.search("bicillin").confidence is Confidence.HIGH


def test_who_pays_does_not_make_a_match_doubtful(searcher: Searcher) -> None:
    assert searcher.search("wheelchair van medicaid").confidence is Confidence.HIGH


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("oxygen concentrator stationary", "E1390"),
        ("walking boot tall pneumatic", "L4360"),
        ("standard wheelchair for adult medicare patient", "K0001"),
    ],
)
def test_the_name_of_an_item_counts_in_a_longer_query(searcher: Searcher, text: str, first: str) -> None:
    assert codes(searcher.search(text))[0] == first


@pytest.mark.parametrize(
    ("text", "item"), [("hospital bed mattress cover", "E0260"), ("walker basket", "E0143"), ("oxygen tubing", "E1390")]
)
def test_the_name_of_an_item_before_another_noun_does_not(searcher: Searcher, text: str, item: str) -> None:
    assert codes(searcher.search(text))[0] != item


def test_initials_of_an_item_are_not_repaired(searcher: Searcher) -> None:
    result = searcher.search("PERS monthly monitoring")
    assert codes(result)[0] == "S5161"
    assert result.repairs == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("cpap with humidifier", "E0601"),
        ("cpap humidifier", "E0562"),
        ("hospital bed with mattress", "E0260"),
        ("hospital bed mattress", "E0271"),
        ("catheter with drainage bag", "A4314"),
        ("catheter drainage bag", "A4357"),
        ("walker with seat", "E0143"),
        ("walker seat", "E0156"),
    ],
)
def test_an_item_with_another_is_the_first_of_them(searcher: Searcher, text: str, code: str) -> None:
    assert codes(searcher.search(text))[0] == code


@pytest.mark.parametrize(
    ("text", "code"),
    [("right great toe modifier", "T5"), ("locum tenens modifier", "Q6"), ("wound dressing modifier", "A1")],
)
def test_a_modifier_is_found_by_all_words_of_its_purpose(searcher: Searcher, text: str, code: str) -> None:
    assert codes(searcher.search(text))[0] == code


def test_an_item_named_among_other_words_is_among_the_first_hits(searcher: Searcher) -> None:
    hits = searcher.search("lumbar brace flexible").hits
    assert [hit.code for hit in hits[3:5]] == ["L0650", "L0637"]
    assert {(why.word, why.matched) for why in hits[3].why} >= {("lumbar brace", "L0650")}


@pytest.mark.parametrize("text", ["amoxicillin 500", "coumadin 5 mg", "eliquis", "is lisinopril covered"])
def test_a_drug_by_mouth_that_no_description_names_has_the_noc_code(searcher: Searcher, text: str) -> None:
    assert codes(searcher.search(text))[0] == "J8499"


def test_a_test_for_such_a_drug_has_its_own_code(searcher: Searcher) -> None:
    assert codes(searcher.search("warfarin testing genetic"))[0] == "G9143"


def test_a_quality_measure_comes_after_an_item(searcher: Searcher) -> None:
    assert codes(searcher.search("wheelchair start"))[0] == "K0001"
