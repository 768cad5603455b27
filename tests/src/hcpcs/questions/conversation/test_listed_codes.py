"""Follow-ups after a list, a search or an answer that offers codes: which of them is chosen."""

from __future__ import annotations

from datetime import date

import pytest
from tests.src.hcpcs.questions.conversation.follow_ups import E0601, TODAY, completed

from hcpcs.questions.conversation.completed_question import MissingReferent
from hcpcs.questions.conversation.follow_up import complete
from hcpcs.questions.conversation.topic import Topic, topic_of
from hcpcs.questions.parser import parse_question
from hcpcs.questions.subject import Subject

PUMPS = Topic(codes=("E0784",), subject=Subject.SEARCH, listed=("E0784", "J1811", "J1817"))


@pytest.mark.parametrize(
    ("text", "asked", "taken_for", "chosen"),
    [
        ("is it covered?", "is E0784 covered?", "it", False),
        ("price?", "E0784 price?", "", False),
        ("are they covered?", "are E0784 and J1811 and J1817 covered?", "they", False),
        ("which ones need prior auth", "E0784 and J1811 and J1817 need prior auth?", "which ones", False),
        ("the second one", "J1811?", "the second one", True),
        ("is the 2nd one covered in Texas?", "is J1811 covered in Texas?", "the 2nd one", True),
        ("what about the last?", "what about J1817?", "the last", True),
        ("how much is #3", "how much is J1817?", "#3", True),
        ("compare the first and the third", "compare E0784 and J1817?", "the first and the third", True),
    ],
)
def test_a_list_is_a_topic(text: str, asked: str, taken_for: str, chosen: bool) -> None:
    follow_up = completed(text, PUMPS)
    assert (follow_up.text, follow_up.taken_for, follow_up.chosen) == (asked, taken_for, chosen)
    assert follow_up.topic.listed == PUMPS.listed


def test_the_same_is_asked_of_the_next_one() -> None:
    second = PUMPS.model_copy(update={"codes": ("J1811",), "subject": Subject.COVERAGE, "day": date(2025, 3, 1)})
    assert completed("and the third?", second).text == "is J1817 covered on 2025-03-01?"


@pytest.mark.parametrize(
    "text",
    [
        "what changed in the second quarter",
        "modifier for the second toe",
        "number 2 pencil",
        "who is the second payer",
        "what is the first digit",
        "is the first visit covered",
        "which code is for insulin",
        "second",
    ],
)
def test_not_every_number_chooses_from_the_list(text: str) -> None:
    assert complete(text, PUMPS, TODAY) is None


@pytest.mark.parametrize("text", ["#7", "is the fourth one covered"])
def test_a_position_beyond_the_list_is_asked_back(text: str) -> None:
    assert isinstance(complete(text, PUMPS, TODAY), MissingReferent)


def test_what_an_answer_listed_is_the_topic_where_the_question_names_no_code() -> None:
    found = topic_of(parse_question("insulin pump", TODAY), (), PUMPS.listed)
    assert found == PUMPS
    assert topic_of(parse_question("insulin pump", TODAY), (), ("E0784",)) == Topic(
        codes=("E0784",), subject=Subject.SEARCH
    )


REPLACED = Topic(codes=("Q5102",), subject=Subject.REPLACEMENT, listed=("Q5103", "Q5104"))


def test_what_an_answer_offers_instead_of_a_code_can_be_chosen() -> None:
    asked = parse_question("what replaced Q5102", TODAY)
    assert topic_of(asked, ("Q5102",), REPLACED.listed) == REPLACED
    assert completed("the second one", REPLACED).text == "Q5104?"
    assert completed("are they covered?", REPLACED).text == "are Q5103 and Q5104 covered?"
    assert completed("which one is covered?", REPLACED).text == "Q5103 and Q5104 is covered?"
    it = completed("when did it end?", REPLACED)
    assert (it.text, it.topic.codes) == ("when did Q5102 end?", ("Q5102",))
    single = topic_of(asked, ("Q5102",), ("Q5103",))
    assert completed("is the first one covered?", single or E0601).text == "is Q5103 covered?"


def test_the_modifiers_of_a_code_are_not_a_list_to_choose_from() -> None:
    topic = topic_of(parse_question("E0601-RR", TODAY), ("E0601", "RR"), ("E0601", "RR"))
    assert topic is not None
    assert (topic.listed, topic.from_list, topic.offers_others) == ((), False, False)


@pytest.mark.parametrize("text", ["in Texas", "and in 2019?", "on 3/1/2019"])
def test_what_asks_nothing_of_a_code_chooses_none_from_a_list(text: str) -> None:
    assert complete(text, PUMPS, TODAY) == MissingReferent(listed=PUMPS.listed)
    covered = PUMPS.model_copy(update={"subject": Subject.COVERAGE})
    assert completed(text, covered).topic.codes == ("E0784",)
    chosen = PUMPS.model_copy(update={"codes": ("J1811",), "subject": Subject.DESCRIPTION})
    assert completed(text, chosen).topic.codes == ("J1811",)
