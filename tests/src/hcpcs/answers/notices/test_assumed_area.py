"""The state of a team or conversation: where it makes a difference the answer is for it, and says so."""

from __future__ import annotations

import pytest
from tests.src.hcpcs.answers.facts.facts_desk import TODAY, facts_desk

from hcpcs.answers.desk import Desk
from hcpcs.answers.notices.assumed_area import AreaSource, AssumedArea

TEXAS = AssumedArea(code="TX")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return facts_desk(tmp_path_factory.mktemp("companions"))


@pytest.mark.parametrize(
    "question",
    ["how much is E0601 RR", "does K0856 need prior auth?", "is K0856 covered by Medicare?", "who is the DME MAC"],
)
def test_an_answer_that_depends_on_the_state_is_for_it_and_says_so(desk: Desk, question: str) -> None:
    answer = desk.ask(question, today=TODAY, area=TEXAS)
    assert answer.notices[0].text == "For Texas, your team's state."
    assert "For Texas, your team's state." in answer.text
    assert "Texas" in answer.text.replace("For Texas, your", "")
    assert answer.answer_id != desk.ask(question, today=TODAY).answer_id


@pytest.mark.parametrize(
    "question",
    [
        "E0601",
        "is S9353 payable by Medicare?",
        "what is a MAC",
        "J1745 400 mg at ASP",
        "how much is E0601 RR in Ohio",
        "does K0856 need prior auth in Florida?",
        "who is the DME MAC for Ohio",
        "how much is E0601 RR in 79936",
        "does Aetna cover E0601?",
        "asdf",
        "x" * 5_000,
    ],
)
def test_where_it_makes_no_difference_or_another_is_named_the_answer_is_the_same(desk: Desk, question: str) -> None:
    assert desk.ask(question, today=TODAY, area=TEXAS) == desk.ask(question, today=TODAY)


def test_the_state_of_a_conversation_is_called_so(desk: Desk) -> None:
    answer = desk.ask("how much is E0601 RR", area=AssumedArea(code="OH", source=AreaSource.CONVERSATION))
    assert answer.notices[0].text == "For Ohio, the state of this conversation."
