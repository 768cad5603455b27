"""Units of a drug that is named in words: the active codes that its name finds, the best one first."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.src.hcpcs.answers.listed_index import ListedIndex
from tests.src.hcpcs.conftest import TODAY

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.desk import Desk
from hcpcs.answers.doses.drug_by_name import WHICH_DRUG
from hcpcs.answers.doses.drug_matches import DrugMatch, whole_units_first
from hcpcs.answers.doses.unit_counts import UnitSentences
from hcpcs.answers.lookup import hit_of
from hcpcs.questions.question import Question
from hcpcs.search_port import NO_FILTERS, Confidence, Filters, Repair, SearchResult


def desk(full: Desk, *codes: str, confidence: Confidence = Confidence.HIGH) -> Desk:
    return Desk(full.catalog, ListedIndex(full.catalog, *codes, confidence=confidence), lambda: TODAY)


def test_a_drug_and_a_dose_are_units_of_its_best_match(full: Desk) -> None:
    answer = desk(full, "J3301").ask("Kenalog 40mg given, how many units do I bill?")
    assert answer.headline == "40 mg of J3301 is 4 units."
    assert answer.codes == ("J3301",)


def test_only_active_codes_are_asked_for(full: Desk) -> None:
    asked = desk(full, "J3301")
    asked.ask("Kenalog 40mg given, how many units do I bill?")
    assert isinstance(asked.index, ListedIndex)
    assert all(filters.active for filters in asked.index.filters)


def test_a_strength_of_which_the_dose_is_a_multiple_comes_first(full: Desk) -> None:
    def match(code: str, billed: int, *, rounded: bool = False) -> DrugMatch:
        context = AnswerContext(Question(text="", intent=None, rule=""), full.catalog, full.index, TODAY)
        statement = context.state(code)
        assert statement is not None
        return DrugMatch(hit_of(statement), statement, UnitSentences("", billed=Decimal(billed), rounded=rounded))

    first, depot, per_mg = match("J3301", 2, rounded=True), match("J9217", 1), match("J3300", 15)
    assert whole_units_first([first, per_mg, depot]) == [depot, first, per_mg]
    assert whole_units_first([first, per_mg]) == [first, per_mg]
    assert whole_units_first([per_mg, depot]) == [per_mg, depot]


def test_a_combined_drug_is_refused_with_its_reason(full: Desk) -> None:
    answer = desk(full, "J7620", "J7611").ask("duoneb 3 mg how many units")
    assert "J7611" not in answer.headline
    assert "can't be" in answer.headline


def test_an_unsure_search_counts_nothing(full: Desk) -> None:
    answer = desk(full, "J3301", confidence=Confidence.LOW).ask("zzz 40mg how many units")
    assert "is 4 units" not in answer.text


def test_a_depot_form_comes_before_another_form_of_the_drug(full: Desk) -> None:
    answer = desk(full, "J9218", "J9217").ask("lupron 30 mg units")
    assert answer.headline == "30 mg of J9217 is 4 units. Other matches for lupron: J9218, 30 units."
    assert desk(full, "J9218", "J9217").ask("lupron 1 mg units").headline.startswith("1 mg of J9218 is 1 unit.")


def test_of_two_depot_forms_the_one_that_gives_whole_units_comes_first(full: Desk) -> None:
    asked = desk(full, "J9217", "J1950")
    assert asked.ask("lupron depot 11.25 mg units").headline.startswith("11.25 mg of J1950 is 3 units.")
    assert asked.ask("lupron depot 22.5 mg units").headline.startswith("22.5 mg of J9217 is 3 units.")


def test_a_drug_without_a_dose_is_told_what_one_unit_is(full: Desk) -> None:
    answer = desk(full, "J2506").ask("neulasta onpro kit, which code and how many units")
    assert answer.headline == "One unit of J2506 is 0.5 mg."


class _ByName(ListedIndex):
    """Finds the code of one drug by its name."""

    def search(self, text: str, *, filters: Filters = NO_FILTERS, limit: int = 10, offset: int = 0) -> SearchResult:
        named = {"toradol": "J1885", "phenergan": "J2550"}
        codes = [code for name, code in named.items() if name in text.lower()]
        result = super().search(text, filters=filters, limit=limit, offset=offset)
        hits = tuple(hit for hit in result.hits if hit.code in codes)
        confidence = Confidence.HIGH if hits else Confidence.NONE
        return result.model_copy(update={"hits": hits, "total": len(hits), "confidence": confidence})


def by_name(full: Desk) -> Desk:
    return Desk(full.catalog, _ByName(full.catalog, "J1885", "J2550"), lambda: TODAY)


@pytest.mark.parametrize(
    "question",
    [
        "hi all, we gave Toradol 60 mg IM and Phenergan 25 mg IM in the office. how would you code the drugs??",
        "60 mg toradol and 25 mg phenergan im, units",
    ],
)
def test_each_of_several_drugs_gets_its_units(full: Desk, question: str) -> None:
    answer = by_name(full).ask(question)
    assert answer.headline == "60 mg of J1885 is 4 units. 25 mg of J2550 is 1 unit (0.5, rounded up)."
    assert answer.codes == ("J1885", "J2550")


def test_a_drug_that_is_not_found_is_named_beside_the_others(full: Desk) -> None:
    answer = by_name(full).ask("toradol 30 mg im, phenergan 50 mg im, zzqqwv 10 mg im")
    assert answer.headline == "30 mg of J1885 is 2 units. 50 mg of J2550 is 1 unit. No sure match for zzqqwv."


def test_a_strength_without_its_unit_is_in_that_of_the_descriptor(full: Desk) -> None:
    assert desk(full, "J1010").ask("gave depo-medrol 80, units?").headline == "80 mg of J1010 is 80 units."
    assert desk(full, "J0881").ask("aranesp 100 given, units?").headline == "100 mcg of J0881 is 100 units."


@pytest.mark.parametrize(
    ("asked", "found", "headline"),
    [
        ("invega 234 mg units", ("J2427", "J2426"), "234 mg of J2426 is 234 units."),
        ("invega 546 mg units", ("J2426", "J2427"), "546 mg of J2427 is 546 units."),
        ("sandostatin 20 mg IM units", ("J2354",), "20 mg of J2353 is 20 units."),
        ("sandostatin 100 mcg units", ("J2354",), "100 mcg of J2354 is 4 units."),
    ],
)
def test_a_dose_that_one_form_of_a_brand_is_given_in_names_its_code(
    full: Desk, asked: str, found: tuple[str, ...], headline: str
) -> None:
    assert desk(full, *found).ask(asked).headline.startswith(headline)


@pytest.mark.parametrize(
    ("asked", "found", "headline"),
    [
        ("Euflexxa both knees", "J7323", "2 doses of J7323 is 2 units."),
        ("monovisc bilateral units", "J7327", "2 doses of J7327 is 2 units."),
        (
            "eylea OU units",
            "J0178",
            "One unit of J0178 is 1 mg. To calculate the units of all doses, add the mg",
        ),
        ("how many units of keytruda", "J9271", "One unit of J9271 is 1 mg."),
        ("apligraf 44 sq cm units", "Q4101", "44 sq cm of Q4101 is 44 units."),
        ("kenalog 40 mg left knee, kenalog 40 mg right knee", "J3301", "80 mg of J3301 is 8 units."),
    ],
)
def test_a_brand_on_both_sides_or_by_its_area_is_counted(full: Desk, asked: str, found: str, headline: str) -> None:
    assert desk(full, found).ask(asked).headline.startswith(headline)


@pytest.mark.parametrize(
    ("asked", "found", "headline"),
    [
        ("neupogen 480 mcg", ("J1442", "J1447", "Q5101"), "480 mcg of J1442 is 480 units."),
        ("eylea 2 mg", ("J0178", "J9400", "Q5147"), "2 mg of J0178 is 2 units."),
        ("stelara 90 mg subq units", ("J3357", "Q9996"), "90 mg of J3357 is 90 units."),
        ("invega 234 mg", ("J2426", "J2427"), "234 mg of J2426 is 234 units."),
        (
            "filgrastim 480 mcg units",
            ("J1442", "J1447", "Q5101"),
            "480 mcg of J1442 is 480 units. Other matches for filgrastim: Q5101, 480 units.",
        ),
    ],
)
def test_another_drug_is_not_named_beside_a_brand(
    full: Desk, asked: str, found: tuple[str, ...], headline: str
) -> None:
    assert desk(full, *found).ask(asked).headline == headline


def test_how_a_patient_came_is_not_the_drug(full: Desk) -> None:
    asked = desk(full, "J3420")
    assert asked.ask("patient came in for B12 shot, we gave 1000 mcg. what do I bill?").headline.startswith(
        "1000 mcg of"
    )
    assert isinstance(asked.index, ListedIndex)
    assert "came" not in asked.index.texts[0]


def test_cans_of_a_formula_ask_for_their_calories(full: Desk) -> None:
    answer = desk(full, "B4152").ask("jevity 1.5, 5 cans a day, units per month")
    assert (
        answer.headline
        == "5 cans can't be converted to units of B4152: one unit is 100 calories. Give the amount in calories."
    )


def test_an_item_for_both_sides_stays_a_search(full: Desk) -> None:
    assert "units" not in desk(full, "A6530").ask("compression stockings both legs").headline


def test_one_drug_of_two_is_counted_and_the_other_named(full: Desk) -> None:
    answer = by_name(full).ask("toradol 30 mg im and zzqqwv 5 mg im")
    assert answer.headline == "30 mg of J1885 is 2 units. No sure match for zzqqwv."


def test_a_modifier_beside_a_drug_in_words_is_not_the_code(full: Desk) -> None:
    answer = desk(full, "J0491").ask("Saphnelo 300 mg from a 300 mg vial, JZ?")
    assert answer.headline == "300 mg of J0491 is 300 units, with modifier JZ: nothing is discarded."


def test_a_brand_beside_its_substance_names_the_biosimilar(full: Desk) -> None:
    answer = desk(full, "J9312", "Q5115").ask("rituximab truxima 1000 mg units")
    assert answer.headline == "1000 mg of Q5115 is 100 units."


@pytest.mark.parametrize(
    ("asked", "offered"), [("phenergan 25 mg units", False), ("meperidine and promethazine 25 mg units", True)]
)
def test_a_combined_drug_is_offered_only_where_each_substance_is_named(
    full: Desk, asked: str, *, offered: bool
) -> None:
    assert ("J2180" in desk(full, "J2550", "J2180").ask(asked).codes) is offered


def test_the_word_units_behind_a_name_asks_what_one_unit_is(full: Desk) -> None:
    assert desk(full, "J7327").ask("Monovisc units").headline == "J7327 is billed per dose: one unit per dose."
    assert "doesn't say what one unit is" not in desk(full, "E0143").ask("walker units").headline
    assert desk(full, "E0730").ask("TENS unit").intent == "search"


def test_a_dose_without_a_drug_asks_for_it(full: Desk) -> None:
    assert full.ask("units of 239 mg").headline == WHICH_DRUG


def test_a_short_word_that_was_repaired_names_no_drug(full: Desk) -> None:
    index = ListedIndex(full.catalog, "J3301", repairs=(Repair(written="beva", searched="beta"),))
    assert "units" not in Desk(full.catalog, index, lambda: TODAY).ask("beva 40 mg").headline


def test_a_drug_that_each_knee_names_is_named_once(full: Desk) -> None:
    headline = desk(full, "J3301", "J3300").ask("kenalog 40 mg left knee, kenalog 40 mg right knee").headline
    assert headline.startswith("80 mg of J3301 is 8 units. Other matches for kenalog: ")


def test_a_match_that_is_far_behind_the_best_is_not_offered(full: Desk) -> None:
    def asked(score: float) -> str:
        index = ListedIndex(full.catalog, "J3301", "J3300", scores={"J3300": score})
        return Desk(full.catalog, index, lambda: TODAY).ask("kenalog 40 mg units").headline

    assert asked(0.9) == "40 mg of J3301 is 4 units. Other matches for kenalog: J3300, 40 units."
    assert asked(0.5) == "40 mg of J3301 is 4 units."


class _OneWord(ListedIndex):
    """Is sure of one word only, and finds its codes by a word of their description."""

    def search(self, text: str, *, filters: Filters = NO_FILTERS, limit: int = 10, offset: int = 0) -> SearchResult:
        result = super().search(text, filters=filters, limit=limit, offset=offset)
        return result.model_copy(update={"confidence": Confidence.LOW if " " in text else Confidence.HIGH})


@pytest.mark.parametrize(
    ("word", "field", "rule", "is_drug"),
    [
        ("vitamin", "long_description", "word", False),  # a class or a word of the sentence
        ("vitamin", "code", "word", True),  # a name of the code
        ("vitamin", "code", "lay", False),
        ("vitamin", "long_description", "brand", True),
        ("methotrexate", "long_description", "word", True),  # so long a word is a drug's
    ],
)
def test_one_word_of_several_is_a_drug_where_it_names_one(
    full: Desk, word: str, field: str, rule: str, *, is_drug: bool
) -> None:
    index = _OneWord(full.catalog, "J3301")
    why = index.hits[0].why[0].model_copy(update={"field": field, "rule": rule})
    index.hits = (index.hits[0].model_copy(update={"why": (why,)}),)
    headline = Desk(full.catalog, index, lambda: TODAY).ask(f"{word} yqyq 40 mg, how many units").headline
    assert headline.startswith("40 mg of J3301 is 4 units.") is is_drug
    headline = Desk(full.catalog, index, lambda: TODAY).ask(f"{word} yqyq, how many units").headline
    assert headline.startswith("One unit of J3301 is 10 mg.") is is_drug


def test_two_words_of_several_are_a_brand_before_one_of_them(full: Desk) -> None:
    brand = _OneWord(full.catalog, "J1010").hits[0]
    why = brand.why[0].model_copy(update={"rule": "brand"})

    class _Brands(_OneWord):
        def search(self, text: str, *, filters: Filters = NO_FILTERS, limit: int = 10, offset: int = 0) -> SearchResult:
            result = super().search(text, filters=filters, limit=limit, offset=offset)
            if text != "depo medrol":
                return result
            hits = (brand.model_copy(update={"why": (why,)}),)
            return result.model_copy(update={"hits": hits, "confidence": Confidence.HIGH})

    index = _Brands(full.catalog, "J7509")
    headline = Desk(full.catalog, index, lambda: TODAY).ask("depo medrol 80 and lidocaine, units").headline
    assert headline == "80 mg of J1010 is 80 units."
