"""Which code was used for some words on a past day?"""

from __future__ import annotations

import pytest
from tests.src.hcpcs.answers.listed_index import ListedIndex
from tests.src.hcpcs.conftest import TODAY

from hcpcs.answers.desk import Desk


def ask(full: Desk, question: str, *codes: str) -> tuple[str, tuple[str, ...]]:
    answer = Desk(full.catalog, ListedIndex(full.catalog, *codes), lambda: TODAY).ask(question)
    return answer.headline, answer.codes


@pytest.mark.parametrize(
    ("question", "hit", "code", "headline"),
    [
        ("what code was used for Mirena in 2015", "J7298", "J7302", "In use in 2015: J7302 (Levonorgestrel iu 52 mg)."),
        ("keytruda in 2015", "J9271", "C9027", "In use in 2015: C9027 (Injection, pembrolizumab)."),
        ("cgm receiver in 2019", "E2103", "K0554", "In use in 2019: K0554 (Ther cgm receiver/monitor)."),
        ("kyleena on 9/1/2017", "J7296", "Q9984", "In use on September 1, 2017: Q9984 (Kyleena, 19.5 mg)."),
    ],
)
def test_a_later_code_leads_to_the_one_that_it_replaced(
    full: Desk, question: str, hit: str, code: str, headline: str
) -> None:
    assert ask(full, question, hit) == (headline, (code,))


def test_a_code_in_use_then_and_now_is_itself(full: Desk) -> None:
    assert ask(full, "keytruda in 2019", "J9271") == ("In use in 2019: J9271 (Inj pembrolizumab).", ("J9271",))


def test_two_steps_lead_back_to_the_first_code(full: Desk) -> None:
    assert ask(full, "stelara iv on 5/15/2017", "J3358")[1] == ("C9487",)


def test_a_code_without_a_predecessor_is_said_to_be_later(full: Desk) -> None:
    answer = Desk(full.catalog, ListedIndex(full.catalog, "J1050"), lambda: TODAY).ask("depo provera in 2010")
    assert answer.codes == ("J1050",)
    assert "J1050 was added on January 1, 2013, later than 2010." in answer.text


def test_today_is_an_ordinary_search(full: Desk) -> None:
    assert ask(full, "keytruda", "J9271")[0] == "1 match: J9271 (pembrolizumab)."
