"""The name of an item beside words of its record, and beside the unit that it is billed by."""

from __future__ import annotations

import pytest
from tests.index.conftest import codes

from hcpcs.search_port import Confidence, Filters
from hcpcs_index.searcher import Searcher


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("portable suction pump", "E0600"),
        ("coude foley catheter", "A4340"),
        ("condom cath male external", "A4349"),
        ("trapeze bar freestanding", "E0940"),
    ],
)
def test_words_of_its_record_beside_an_items_name_change_nothing(searcher: Searcher, text: str, code: str) -> None:
    result = searcher.search(text)
    assert codes(result)[0] == code
    assert result.confidence is Confidence.HIGH


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("spine bone stimulator", "E0747"),
        ("needle infusion set insulin", "A4230"),
        ("ambulance bls emergency", "A0428"),
    ],
)
def test_a_noun_of_another_record_or_a_word_that_it_negates_asks_for_another(
    searcher: Searcher, text: str, item: str
) -> None:
    assert codes(searcher.search(text))[0] != item


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("iop substance abuse per diem", "H0015"),
        ("respite per diem", "S5151"),
        ("home health aide per visit", "T1021"),
        ("adult day care per day", "S5102"),
        ("adult day care half day", "S5101"),
        ("companion care per diem", "S5136"),
        ("attendant care per hour", "S5125"),
        ("wheelchair van per mile", "S0209"),
        ("nemt per diem", "T2002"),
        ("adult day care services per day", "S5102"),
        ("respite care hourly", "T1005"),
        ("ivig home per diem immunotherapy", "S9338"),
    ],
)
def test_an_item_is_found_by_the_unit_that_it_is_billed_by(searcher: Searcher, text: str, code: str) -> None:
    assert codes(searcher.search(text))[0] == code


@pytest.mark.parametrize(
    ("text", "first", "other"),
    [
        ("drainable ostomy pouch", "A5061", "A5051"),
        ("hearing aid digital bte", "V5261", "V5260"),
        ("albuterol neb solution", "J7613", "J7626"),
        ("liquid oxygen stationary", "E0439", "E0434"),
        ("lso brace off the shelf lumbar", "L0650", "L0637"),
    ],
)
def test_only_the_codes_of_an_item_with_the_words_beside_its_name_are_first(
    searcher: Searcher, text: str, first: str, other: str
) -> None:
    listed = codes(searcher.search(text))
    assert listed[0] == first
    assert other not in listed[:4]


def test_the_code_billed_by_the_unit_that_has_all_the_words_is_first(searcher: Searcher) -> None:
    assert codes(searcher.search("alcohol treatment per hour"))[0] == "H2035"


def test_other_codes_with_the_words_follow_an_item_named_with_its_unit(searcher: Searcher) -> None:
    assert set(codes(searcher.search("lpn hourly"))[:4]) >= {"S9124", "G0300", "T1003"}


def test_a_unit_in_the_name_of_an_item_within_a_query_is_a_word_of_it(searcher: Searcher) -> None:
    assert "S9124" in codes(searcher.search("private duty nursing lpn per hour"))[:2]


def test_an_item_within_a_query_is_not_added_to_fewer_than_five_hits(searcher: Searcher) -> None:
    assert searcher.search("leg for amputee zumba", filters=Filters(prefix="L5301")).hits == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("the thing that goes under the mattress so they dont fall out, side rails", "E0310"),
        ("pt is going home friday and doc wants him on o2, portable concentrator", "E1392"),
    ],
)
def test_the_last_clause_of_a_story_names_the_item(searcher: Searcher, text: str, code: str) -> None:
    assert codes(searcher.search(text))[0] == code


def test_the_last_clause_of_a_description_says_which_kind(searcher: Searcher) -> None:
    assert codes(searcher.search("Wheelchair, manual adult, tilt in space"))[0] == "E1161"
    assert codes(searcher.search("heavy duty mattress, hospital bed"))[0] == "E0304"


def test_an_injection_is_not_missed_in_the_record_of_one(searcher: Searcher) -> None:
    result = searcher.search("entyvio infusion")
    assert (codes(result)[0], result.confidence, result.lacking) == ("J3380", Confidence.HIGH, ())


def test_a_unit_before_the_name_of_an_item_is_read_too(searcher: Searcher) -> None:
    assert codes(searcher.search("hourly private duty nurse lpn"))[0] == "S9124"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("abdominal binder post op", "A4467"),
        ("in home respite per 15 min not skilled", "T1005"),
        ("custom fabricated knee orthosis double upright", "L1846"),
        ("e tank refill", "E0443"),
        ("agujas para pluma de insulina", "A4215"),
    ],
)
def test_words_of_the_case_the_unit_and_the_part_of_the_body_decide(searcher: Searcher, text: str, code: str) -> None:
    assert codes(searcher.search(text))[0] == code


@pytest.mark.parametrize(
    ("text", "code"),
    [("oxigeno para la noche", "E1390"), ("andador para mi mama", "E0143"), ("faja para la espalda", "L0625")],
)
def test_what_a_spanish_query_names_an_item_for_is_the_case(searcher: Searcher, text: str, code: str) -> None:
    assert codes(searcher.search(text))[0] == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("methadone per day", "H0020"),
        ("wheelchair van per mile medicaid", "S0209"),
        ("cathater bag", "A4357"),
        ("wrist splint, no joints", "L3908"),
        ("ng tube without stylet", "B4082"),
        ("custom double upright KO", "L1846"),
        ("custom fitted knee brace", "L1832"),
        ("esta cubierta la silla de ruedas", "K0001"),
        ("muletas para niño", "E0114"),
        ("supprelin la", "J9226"),
    ],
)
def test_small_words_spelling_and_what_is_excluded_leave_the_item(searcher: Searcher, text: str, code: str) -> None:
    assert codes(searcher.search(text))[0] == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("walker for a patient with ms", "E0143"),
        ("stander for kid with CP", "E0638"),
        ("eyeglasses after cataract surgery", "V2020"),
        ("thumb spica ots", "L3924"),
    ],
)
def test_a_diagnosis_and_words_of_one_of_an_items_codes_leave_the_item(
    searcher: Searcher, text: str, code: str
) -> None:
    result = searcher.search(text)
    assert (codes(result)[0], result.confidence) == (code, Confidence.HIGH)


def test_a_word_with_the_stem_of_another_is_repaired_where_it_then_names_an_item(searcher: Searcher) -> None:
    result = searcher.search("oxygen regulater")
    assert codes(result)[0] == "E1353"
    assert [(one.written, one.searched) for one in result.repairs] == [("regulater", "regulator")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("diabetic shoe left foot only", "A5500"),
        ("crutch tips pair", "A4637"),
        ("bilateral hearing aids BTE digital", "V5261"),
        ("patients on home oxygen need a humidifier bottle", "E0555"),
        ("infusion pump non insulin", "E0781"),
        ("adaptic 3 x 8", "A6223"),
        ("adult pullups large", "T4527"),
    ],
)
def test_a_side_a_pack_a_size_and_who_needs_an_item_leave_the_item(searcher: Searcher, text: str, code: str) -> None:
    assert codes(searcher.search(text))[0] == code
