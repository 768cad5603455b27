"""What a person sees of a search: which records come first, which are left out, and why each is a hit."""

from __future__ import annotations

from datetime import date

import pytest
from tests.index.conftest import TODAY, codes, record, searcher_of

from hcpcs.records.record import RecordKind
from hcpcs.search_port import Confidence, Filters
from hcpcs_index.searcher import Searcher

RECORDS = (
    record("A4636", "Replacement, handgrip, cane, crutch, or walker, each", "Handgrip for cane etc"),
    record("E0100", "Cane, includes canes of all materials, adjustable or fixed, with tip", "Cane adjust/fixed"),
    record("E0130", "Walker, rigid (pickup), adjustable or fixed height", "Walker rigid adjust/fixed ht", coverage="D"),
    record("E0143", "Walker, folding, wheeled, adjustable or fixed height", "Walker folding wheeled w/o s"),
    record("E0159", "Brake attachment for wheeled walker, replacement, each", "Brake for wheeled walker"),
    record("E0601", "Continuous positive airway pressure (cpap) device", "Cont airway pressure device", coverage="D"),
    record("E1399", "Durable medical equipment, miscellaneous", "Durable medical equipment mi"),
    record("J1745", "Injection, infliximab, excludes biosimilar, 10 mg", "Infliximab not biosimil 10mg"),
    record("J2405", "Injection, ondansetron hydrochloride, per 1 mg", "Ondansetron hcl injection"),
    record("J3490", "Unclassified drugs", "Drugs unclassified injection"),
    record("J9250", "Methotrexate sodium, 5 mg", "Methotrexate sodium inj 5 mg"),
    record("J9260", "Injection, methotrexate sodium, 50 mg", "Inj methotrexate sodium 50mg"),
    record("L4398", "Foot drop splint, recumbent positioning device", "Foot drop splint pre ots"),
    record("L5000", "Partial foot, shoe insert with longitudinal arch, drop in toe filler", "Sho insert w arch"),
    record("Q0162", "Ondansetron 1 mg, oral, FDA approved prescription anti-emetic", "Ondansetron oral"),
    record("S9328", "Home infusion therapy, implanted pump pain management infusion", "Hit pain imp pump diem"),
    record(
        "S9353", "Home infusion therapy, continuous insulin infusion therapy", "Hit cont insulin diem", coverage="I"
    ),
    record("E0199", "Dry pressure pad for mattress", "Dry pressure pad", termination_date=date(2019, 12, 31)),
    record("E0184", "Dry pressure mattress", "Dry pressure mattress", betos="D1E", types_of_service=("R", "P")),
    record("E0986", "Future pressure mattress", "Future mattress", added_date=date(2026, 1, 1)),
    record("RR", "Rental (use the 'rr' modifier when dme is to be rented)", "Rental (dme)"),
    record("NU", "New equipment", "New equipment"),
)


@pytest.fixture(scope="module")
def small() -> Searcher:
    return searcher_of(*RECORDS)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("walker", "E0143"),
        ("folding walker", "E0143"),
        ("walker brake", "E0159"),
        ("E0601", "E0601"),
        ("e0601", "E0601"),
        ("cpap", "E0601"),
        ("pain pump at home", "S9328"),
        ("home insulin infusion", "S9353"),
        ("footdrop splint", "L4398"),
        ("foot-drop splint", "L4398"),
        ("ondansetron oral", "Q0162"),
        ("oral ondansetron", "Q0162"),
        ("ondansetron injection", "J2405"),
        ("methotrexate 50 mg", "J9260"),
        ("methotrexate 50mg", "J9260"),
        ("methotrexate 5 mg", "J9250"),
        ("Infliximab not biosimil 10mg", "J1745"),
        ("what is the hcpcs code for a cane?", "E0100"),
        ("modifier RR", "RR"),
        ("rr", "RR"),
        ("rental", "RR"),
        ("ondansetrn", "J2405"),
        ("infliximabb", "J1745"),
        ("unclassified drugs", "J3490"),
    ],
)
def test_the_meant_record_comes_first(small: Searcher, text: str, first: str) -> None:
    assert codes(small.search(text))[:1] == [first]


def test_all_words_come_before_some(small: Searcher) -> None:
    ranked = codes(small.search("walker brake"))
    assert ranked[0] == "E0159"
    assert {"E0130", "E0143"} <= set(ranked[1:])


def test_words_side_by_side_come_first(small: Searcher) -> None:
    assert codes(small.search("foot drop"))[:2] == ["L4398", "L5000"]


def test_quoted_words_must_be_adjacent(small: Searcher) -> None:
    assert codes(small.search('"foot drop"')) == ["L4398"]
    assert codes(small.search("“foot drop”")) == ["L4398"]
    assert codes(small.search('"drop foot"')) == []


def test_or_makes_one_word_enough(small: Searcher) -> None:
    assert set(codes(small.search("cpap OR insulin"))) == {"E0601", "S9353"}


def test_active_codes_come_before_terminated_ones(small: Searcher) -> None:
    result = small.search("dry pressure")
    assert codes(result)[:2] == ["E0184", "E0199"]
    assert [hit.active for hit in result.hits[:2]] == [True, False]


@pytest.mark.parametrize(
    ("text", "ended", "active"), [("patient lift electric", "E0628", "E0630"), ("feeding pump", "B9000", "S9342")]
)
def test_a_terminated_code_stands_below_the_active_ones_that_match_nearly_as_much(
    searcher: Searcher, text: str, ended: str, active: str
) -> None:
    ranked = codes(searcher.search(text, limit=50))
    assert ranked.index(active) < ranked.index(ended)


def test_the_exact_short_description_comes_first_even_if_terminated(small: Searcher) -> None:
    assert codes(small.search("Dry pressure pad"))[0] == "E0199"


def test_a_code_of_the_future_is_not_active_yet() -> None:
    day = date(2025, 12, 31)
    small = searcher_of(*RECORDS, today=lambda: day)
    assert not small.search("future mattress").hits[0].active
    day = date(2026, 1, 1)
    assert small.search("future mattress").hits[0].active


def test_unclassified_codes_come_after_specific_ones() -> None:
    small = searcher_of(
        record("A4335", "Incontinence supply; miscellaneous", "Incontinence supply"),
        record("A4336", "Incontinence supply, urethral insert, any type, each", "Urethral insert"),
    )
    assert codes(small.search("incontinence supply urethral"))[0] == "A4336"
    assert codes(small.search("incontinence supply miscellaneous"))[0] == "A4335"


def test_a_drug_billed_by_amount_is_specific_even_if_not_otherwise_specified() -> None:
    small = searcher_of(
        record("J9304", "Injection, azacitidine (example), 10 mg", "Inj. azacitidine, 10 mg"),
        record("J9305", "Injection, azacitidine, not otherwise specified, 10 mg", "Inj. azacitidine nos 10mg"),
    )
    assert set(codes(small.search("azacitidine"))) == {"J9304", "J9305"}
    assert small.search("azacitidine").hits[1].score > 0.8 * small.search("azacitidine").hits[0].score


@pytest.mark.parametrize(
    ("filters", "listed"),
    [
        (Filters(coverage=frozenset("I")), ["S9353"]),
        (Filters(coverage=frozenset("DI")), ["E0130", "E0601", "S9353"]),
        (Filters(betos=frozenset({"D1E"})), ["E0184"]),
        (Filters(types_of_service=frozenset("P")), ["E0184"]),
        (Filters(prefix="E014"), ["E0143"]),
        (Filters(first="L4000", last="L5000"), ["L4398", "L5000"]),
        (Filters(first="S9353"), ["S9353"]),
        (Filters(last="A4636"), ["A4636"]),
        (Filters(kind=RecordKind.MODIFIER), ["NU", "RR"]),
        (Filters(kind=RecordKind.MODIFIER, prefix="R"), ["RR"]),
        (Filters(active=False), ["E0199", "E0986"]),
        (Filters(added_since=date(2025, 1, 1)), ["E0986"]),
        (Filters(prefix="E01", active=True, coverage=frozenset("D")), ["E0130"]),
        (Filters(coverage=frozenset("X")), []),
    ],
)
def test_filters_alone_list_by_code(small: Searcher, filters: Filters, listed: list[str]) -> None:
    result = small.search("", filters=filters, limit=50)
    assert codes(result) == listed
    assert result.total == len(listed)


def test_words_and_filters_must_both_match(small: Searcher) -> None:
    assert codes(small.search("walker", filters=Filters(coverage=frozenset("D")))) == ["E0130"]
    assert codes(small.search("walker", filters=Filters(first="E0140", last="E0159"))) == ["E0143", "E0159"]
    assert codes(small.search("wheeled walker", filters=Filters(active=True, prefix="E0143"))) == ["E0143"]
    assert codes(small.search("walker OR cane", filters=Filters(prefix="E0100"))) == ["E0100"]


@pytest.mark.parametrize("text", ["wheelchair", "wheelchair OR walker", "injection 1 mg", "power wheelchair"])
def test_pages_have_no_gap_or_overlap(searcher: Searcher, text: str) -> None:
    whole = searcher.search(text, limit=60)
    pages = [searcher.search(text, limit=20, offset=at) for at in (0, 20, 40)]
    assert [code for page in pages for code in codes(page)] == codes(whole)
    assert {page.total for page in pages} == {whole.total}
    assert whole.total > 60


def test_a_page_beyond_the_end_is_empty(small: Searcher) -> None:
    assert small.search("walker", offset=500).hits == ()
    assert small.search("walker", limit=0).hits == ()
    assert small.search("walker", limit=-3, offset=-7).hits == ()


def test_a_repair_is_shown(small: Searcher) -> None:
    result = small.search("contineous positiv airway")
    assert [(r.written, r.searched) for r in result.repairs] == [("contineous", "continuous"), ("positiv", "positive")]
    assert codes(result)[0] == "E0601"
    assert result.hits[0].why[0].rule == "repair"
    assert result.hits[0].why[0].text.startswith("contineous → continuous (repair), in the ")


@pytest.mark.parametrize("text", ["E0602", "J9272", "a4637", "99213", "12345", "E06O1", "ab1"])
def test_codes_and_numbers_are_never_repaired(small: Searcher, text: str) -> None:
    assert small.search(text).repairs == ()


def test_an_unknown_code_finds_no_neighbour_of_it(small: Searcher) -> None:
    assert codes(small.search("E0602")) == []


def test_the_beginning_of_a_code_finds_its_family(small: Searcher) -> None:
    assert codes(small.search("e01"))[:4] == ["E0100", "E0130", "E0143", "E0159"]


def test_a_reason_names_word_field_and_rule(small: Searcher) -> None:
    (code,) = small.search("E0601").hits[0].why
    assert (code.word, code.field, code.matched, code.rule) == ("e0601", "code", "E0601", "code")
    (word,) = small.search("insulin").hits[0].why
    assert (word.word, word.field, word.matched, word.rule) == ("insulin", "short_description", "insulin", "word")
    assert word.text == "insulin, in the short description"
    assert {why.word for why in small.search("home insulin infusion").hits[0].why} == {"home", "insulin", "infusion"}


def test_nothing_found_offers_families_to_browse(small: Searcher) -> None:
    result = small.search("qwxzvy")
    assert (result.hits, result.total, result.confidence) == ((), 0, Confidence.NONE)
    assert [family.prefix for family in result.families] == ["A", "E", "J", "L", "Q", "S"]


def test_confidence_falls_with_unmatched_words(small: Searcher) -> None:
    assert small.search("walker").confidence is Confidence.HIGH
    assert small.search("wheeled walker").confidence is Confidence.HIGH
    doubtful = small.search("walker zzqxj")
    assert doubtful.confidence is Confidence.LOW
    assert doubtful.families != ()
    assert small.search("").confidence is Confidence.NONE


def test_a_repair_of_two_letters_is_doubtful(small: Searcher) -> None:
    certain, doubtful = small.search("infliximb"), small.search("inflxmab")
    assert codes(certain)[0] == codes(doubtful)[0] == "J1745"
    assert certain.confidence is Confidence.HIGH
    assert doubtful.confidence is Confidence.LOW


def test_the_same_question_has_the_same_answer(small: Searcher) -> None:
    assert small.search("walker wheels") == searcher_of(*RECORDS, today=lambda: TODAY).search("walker wheels")
