"""Follow-ups in a conversation: what they are completed to, and what is left as it is."""

from __future__ import annotations

from datetime import date

import pytest

from hcpcs.questions.conversation.follow_up import FOLLOW_UP_LIMIT, FollowUp, MissingReferent, complete
from hcpcs.questions.conversation.follow_up_words import follow_up_words
from hcpcs.questions.conversation.topic import TOPIC_CODES_LIMIT, Topic, topic_of
from hcpcs.questions.parser import parse_question
from hcpcs.questions.payers import payer_rows
from hcpcs.questions.subject import Subject
from hcpcs.records.billing.areas import areas

TODAY = date(2026, 1, 15)
E0601 = Topic(codes=("E0601",), subject=Subject.COVERAGE)


def completed(text: str, topic: Topic = E0601) -> FollowUp:
    follow_up = complete(text, topic, TODAY)
    assert isinstance(follow_up, FollowUp)
    return follow_up


@pytest.mark.parametrize(
    ("text", "asked", "taken_for"),
    [
        ("is it covered?", "is E0601 covered?", "it"),
        ("Is this one still valid", "Is E0601 still valid?", "this one"),
        ("is that covered by Medicaid", "is E0601 covered by Medicaid?", "that"),
        ("how much is it in Texas?", "how much is E0601 in Texas?", "it"),
        ("how long can it be rented?", "how long can E0601 be rented?", "it"),
        ("does the code need a KX modifier", "does E0601 need a KX modifier?", "the code"),
        ("compare it with E0470", "compare E0601 with E0470?", "it"),
        ("compare E0470 with it", "compare E0470 with E0601?", "it"),
        ("can they be billed together", "can E0601 be billed together?", "they"),
        ("what's its price", "what's E0601 price?", "its"),
    ],
)
def test_a_word_stands_for_the_codes_of_the_conversation(text: str, asked: str, taken_for: str) -> None:
    follow_up = completed(text)
    assert (follow_up.text, follow_up.taken_for) == (asked, taken_for)


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("and in 2019?", Subject.COVERAGE),
        ("and in NY?", Subject.COVERAGE),
        ("on 3/1/2019?", Subject.COVERAGE),
        ("what about the rental?", Subject.RENTAL),
        ("and for Medicaid?", Subject.COVERAGE),
        ("how much does Medicare pay?", Subject.AMOUNT),
        ("price?", Subject.AMOUNT),
        ("any limits?", Subject.LIMIT),
        ("and the modifiers?", Subject.REQUIRED_MODIFIERS),
        ("what's the LCD?", Subject.POLICY),
    ],
)
def test_the_codes_may_be_left_out(text: str, subject: Subject) -> None:
    follow_up = completed(text)
    question = parse_question(follow_up.text, TODAY)
    assert [mention.code for mention in question.codes] == ["E0601"]
    assert (question.subject, follow_up.taken_for) == (subject, "")


def test_the_same_can_be_asked_of_another_code() -> None:
    follow_up = completed("and E0470?", Topic(codes=("E0601",), subject=Subject.STATUS, day=date(2019, 3, 1)))
    assert follow_up.text == "is E0470 valid on 2019-03-01?"
    assert follow_up.topic.codes == ("E0470",)


@pytest.mark.parametrize(
    "text",
    [
        "thanks!",
        "thanks, that helps",
        "E0601 is it covered",
        "E0470",
        "knee brace, is it covered?",
        "I need a knee brace, what code is it",
        "is it possible to bill a wheelchair?",
        "is this wheelchair covered",
        "what is prior authorization",
        "what changed in 2024?",
        "N4 qualifier what is it",
        "code for a knee brace",
        "and modifier KX?",
        "what about a nebulizer?",
        "SD meaning",
        "J codes",
        "help",
        "",
        "is it covered " * FOLLOW_UP_LIMIT,
    ],
)
def test_a_question_that_stands_by_itself_is_left_as_it_is(text: str) -> None:
    assert complete(text, E0601, TODAY) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("is it covered?", "it"),
        ("and in 2019?", ""),
        ("what about the rental?", ""),
        ("compare it with E0470", "it"),
        ("what replaced that one?", "that one"),
    ],
)
def test_without_a_topic_what_is_missing_is_known(text: str, words: str) -> None:
    assert complete(text, None, TODAY) == MissingReferent(words=words)


@pytest.mark.parametrize("text", ["E0601", "price?", "thanks!", "and E0470?", "does it come with a humidifier", "?"])
def test_without_a_topic_other_questions_are_left_as_they_are(text: str) -> None:
    assert complete(text, None, TODAY) is None


def test_payer_place_and_day_hold_until_the_question_names_its_own() -> None:
    topic = Topic(codes=("E0601",), subject=Subject.COVERAGE, payer="Aetna", area="TX", day=date(2019, 3, 1))
    question = parse_question(completed("is it covered?", topic).text, TODAY)
    assert (question.payer, question.area, question.day) == ("Aetna", "TX", date(2019, 3, 1))
    other = parse_question(completed("does Medicare cover it in Ohio on 5/1/2020?", topic).text, TODAY)
    assert (other.payer, other.area, other.day) == (None, "OH", date(2020, 5, 1))


@pytest.mark.parametrize("payer", sorted({name for name, _ in payer_rows()}))
def test_every_payer_is_read_again_as_itself(payer: str) -> None:
    follow_up = completed("is it covered?", Topic(codes=("E0601",), payer=payer))
    assert parse_question(follow_up.text, TODAY).payer == payer


@pytest.mark.parametrize("area", sorted(areas()))
def test_every_place_is_read_again_as_itself(area: str) -> None:
    question = parse_question(completed("is it covered?", Topic(codes=("E0601",), area=area)).text, TODAY)
    assert (question.area, len(question.codes)) == (area, 1)


@pytest.mark.parametrize(("subject", "wording"), follow_up_words().wordings.items())
def test_every_wording_asks_for_its_subject(subject: Subject, wording: str) -> None:
    codes = "E0601 and E0470" if subject is Subject.COMPARISON else "E0601"
    assert parse_question(wording.format(codes=codes), TODAY).subject is subject


def test_the_topic_of_a_question_is_its_existing_codes() -> None:
    topic = topic_of(parse_question("does Aetna cover E0601 or E9999 on 3/1/2019 in Texas", TODAY), {"E0601"})
    assert topic == Topic(codes=("E0601",), subject=Subject.COVERAGE, payer="Aetna", area="TX", day=date(2019, 3, 1))
    assert topic_of(parse_question("knee brace", TODAY), {"E0601"}) is None


def test_a_list_of_codes_is_no_topic() -> None:
    codes = [f"E06{number:02}" for number in range(TOPIC_CODES_LIMIT + 1)]
    assert topic_of(parse_question(" ".join(codes), TODAY), codes) is None
    assert topic_of(parse_question(" ".join(codes[1:]), TODAY), codes) is not None
