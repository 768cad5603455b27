"""Words that an answer does not consider are named; words that name the item are not."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from tests.src.hcpcs.answers.listed_index import ListedIndex
from tests.src.hcpcs.conftest import TODAY

from hcpcs.answers.answer import Outcome
from hcpcs.answers.desk import Desk
from hcpcs.catalog.catalog import Catalog
from hcpcs.questions.question import CODES_LIMIT


def test_a_word_that_nothing_uses_is_named(full: Desk) -> None:
    answer = full.ask("is E0601 covered by Medicare in zanzibar")
    assert answer.unused == ("zanzibar",)
    assert "Not considered: zanzibar." in answer.text


class _Brands(ListedIndex):
    """Finds its codes by any words, and only some names lead to them."""

    def __init__(self, catalog: Catalog, *codes: str) -> None:
        super().__init__(catalog, *codes)
        self.looked_up: list[str] = []

    def finds(self, text: str, codes: Iterable[str]) -> bool:
        self.looked_up.append(text)
        return text in {"cpap", "depo medrol", "solu-medrol", "jevity 1.5"}


def test_words_that_name_the_item_or_carry_nothing_are_not(full: Desk) -> None:
    assert full.ask("hi, could you please tell me if E0601 airway device is covered by Medicare?").unused == ()
    desk = Desk(full.catalog, ListedIndex(full.catalog, "J0585"), lambda: TODAY)
    assert desk.ask("J0585 Botox covered").unused == ()


@pytest.mark.parametrize(
    ("question", "unused"),
    [
        ("is there a code for a cpap trampoline", ("trampoline",)),
        ("cpap equipment for a tent", ("tent",)),
        ("cpap airways", ()),
        ("can I get some cpap unit", ()),
    ],
)
def test_a_search_names_the_words_that_no_hit_has(full: Desk, question: str, unused: tuple[str, ...]) -> None:
    answer = Desk(full.catalog, _Brands(full.catalog, "E0601"), lambda: TODAY).ask(question)
    assert answer.codes == ("E0601",)
    assert answer.unused == unused


@pytest.mark.parametrize(
    ("question", "unused"),
    [
        ("prior auth trampoline", ("trampoline",)),
        ("which DME MAC is for Ohio, the jurisdiction", ()),
        ("do we appeal", ()),
        ("hello trampoline", ()),
    ],
)
def test_an_answer_without_a_code_names_what_it_does_not_mention(
    full: Desk, question: str, unused: tuple[str, ...]
) -> None:
    assert full.ask(question).unused == unused


@pytest.mark.parametrize(
    ("drug", "unused"),
    [
        ("depo medrol", ()),
        ("solu-medrol", ()),
        ("jevity 1.5", ()),
        ("depo medrol lupus", ("lupus",)),
        ("depo", ("depo",)),
    ],
)
def test_two_words_in_a_row_may_be_the_name(full: Desk, drug: str, unused: tuple[str, ...]) -> None:
    desk = Desk(full.catalog, _Brands(full.catalog, "J1100"), lambda: TODAY)
    answer = desk.ask(f"{drug} 8 mg how many units")
    assert answer.codes == ("J1100",)
    assert answer.unused == unused


def test_a_long_row_of_pairs_is_looked_up_a_few_times(full: Desk) -> None:
    index = _Brands(full.catalog, "J1100")
    Desk(full.catalog, index, lambda: TODAY).ask(
        f"depo {' '.join(f'depo {n}' for n in range(300))} 8 mg how many units"
    )
    assert len(index.looked_up) < 20


def test_words_that_lead_to_a_family_are_not_named(full: Desk) -> None:
    answer = full.ask("unlisted brace for the wrist")
    assert answer.codes[:1] == ("L3999",)
    assert answer.unused == ()


def test_a_question_that_only_got_the_card_says_first_what_it_does_not_mention(full: Desk) -> None:
    answer = full.ask("A0425 loaded only?")
    assert answer.headline == 'The record of A0425 doesn\'t mention "loaded". A0425: Ground mileage, per statute mile'
    assert full.ask("A0425 loaded").headline == "A0425: Ground mileage, per statute mile"


def test_two_names_of_one_code_are_the_same_code(full: Desk) -> None:
    desk = Desk(full.catalog, ListedIndex(full.catalog, "J0897"), lambda: TODAY)
    assert desk.ask("J0897 prolia vs xgeva one code?").headline.startswith("Yes. Prolia and Xgeva are both J0897.")
    desk = Desk(full.catalog, ListedIndex(full.catalog, "J0585"), lambda: TODAY)
    assert not desk.ask("J0897 prolia vs xgeva one code?").headline.startswith("Yes.")


def test_a_pasted_text_names_a_few_words_at_most(full: Desk) -> None:
    words = "alpha bravo charlie delta echo foxtrot golf hotel india juliett"
    assert len(full.ask(f"is E0601 covered {words}").unused) <= 6


def test_a_refusal_names_none(full: Desk) -> None:
    answer = full.ask("is E9999 covered in zanzibar")
    assert answer.outcome is Outcome.NOT_FOUND
    assert answer.unused == ()


def test_codes_after_the_first_fifty_are_counted_and_left_out(full: Desk) -> None:
    codes = full.catalog.procedures()[: CODES_LIMIT + 3]
    answer = full.ask(" ".join(codes))
    assert answer.codes == tuple(codes[:CODES_LIMIT])
    assert "Only the first 50 codes are answered; 3 more left out. Ask for them separately." in answer.text
    assert "left out" not in full.ask(" ".join(codes[:CODES_LIMIT])).text


@pytest.mark.parametrize(
    ("question", "unused"),
    [
        ("J1885 60 mg IM, which modifier", ("60 mg",)),
        ("A0427 12 miles loaded from scene to ER, what modifier", ("loaded", "12 miles")),
        ("J1885 30 mg how many units and do I need a modifier", ()),
        ("is J1885 15 mg covered", ()),
        ("claim is 14 months old for L3000, can we still bill", ()),
        ("can pt get 2 L1833 a year", ()),
        ("J1756 iron sucrose 300 mg in 250 ml", ()),
        ("can a HHA bill two G codes for the same visit", ("HHA",)),
        ("Soliris 900mg J1300 vs J1299 code change", ("Soliris", "900 mg")),
        ("Is J9999 billed as 1 unit no matter the dose?", ("matter",)),
        ("prior auth for E9999, 40 mg", ()),
    ],
)
def test_a_dose_that_the_answer_does_not_use_is_named(full: Desk, question: str, unused: tuple[str, ...]) -> None:
    answer = full.ask(question)
    assert answer.unused == unused
    assert answer.text.count("Not considered: ") == bool(unused)
