"""Follow-ups in a conversation: what they are completed to, and what is left as it is."""

from __future__ import annotations

from datetime import date

import pytest
from tests.src.hcpcs.questions.conversation.follow_ups import E0601, TODAY, completed

from hcpcs.questions.conversation.completed_question import FollowUp, MissingReferent
from hcpcs.questions.conversation.follow_up import FOLLOW_UP_LIMIT, complete
from hcpcs.questions.conversation.follow_up_words import follow_up_words
from hcpcs.questions.conversation.topic import TOPIC_CODES_LIMIT, Topic, topic_of
from hcpcs.questions.parser import parse_question
from hcpcs.questions.payers import payer_rows
from hcpcs.questions.subject import Subject
from hcpcs.records.billing.areas import areas


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
        ("which LCD", Subject.POLICY),
        ("what modifiers?", Subject.REQUIRED_MODIFIERS),
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


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("compare to E0470", "compare E0601 and E0470?"),
        ("vs E0470", "compare E0601 and E0470?"),
        ("and compared with E0470 and E0471?", "compare E0601 and E0470 and E0471?"),
        ("what's the difference to E0470", "compare E0601 and E0470?"),
    ],
)
def test_a_comparison_of_one_side_is_with_the_codes_before(text: str, asked: str) -> None:
    assert completed(text).text == asked


@pytest.mark.parametrize(
    "text", ["compare E0470 and E0471", "compare E0601 and E0470", "E0601 in 2018 vs 2024", "RR vs NU"]
)
def test_a_comparison_of_two_sides_stands_by_itself(text: str) -> None:
    assert complete(text, E0601, TODAY) is None


@pytest.mark.parametrize(
    ("text", "words"), [("are both covered?", "both"), ("how much are the two in Ohio", "the two")]
)
def test_of_one_code_both_asks_which(text: str, words: str) -> None:
    assert complete(text, E0601, TODAY) == MissingReferent(words=words)


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


AMOUNT = Topic(codes=("E0601",), subject=Subject.AMOUNT, area="TX")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("and with NU?", "how much is E0601-NU in Texas?"),
        ("and UE?", "how much is E0601-UE in Texas?"),
        ("with RR and KX", "how much is E0601-RR-KX in Texas?"),
    ],
)
def test_the_same_is_asked_with_other_modifiers(text: str, asked: str) -> None:
    assert completed(text, AMOUNT).text == asked


def test_modifiers_and_doses_are_remembered() -> None:
    rented = topic_of(parse_question("how much is E0601-RR in Texas", TODAY), {"E0601", "RR"})
    assert rented is not None
    assert rented.modifiers == ("RR",)
    assert completed("and in Ohio?", rented).text == "how much is E0601-RR in Ohio?"
    assert completed("compare it with E0470", rented).text == "compare E0601 with E0470 in Texas?"
    dosed = topic_of(parse_question("how many units is 30 mg of J1885", TODAY), {"J1885"})
    assert dosed is not None
    assert dosed.dose == "30 mg"
    assert completed("and J3301?", dosed).text == "how many units of J3301 for 30 mg?"


@pytest.mark.parametrize("text", ["and 60 mg?", "what about 60 mg", "60 mg?"])
def test_another_dose_is_counted_of_the_same_drug(text: str) -> None:
    dosed = Topic(codes=("J1885",), subject=Subject.UNITS, dose="30 mg")
    question = parse_question(completed(text, dosed).text, TODAY)
    assert (question.subject, question.quantities[0].amount) == (Subject.UNITS, 60)
    assert [mention.code for mention in question.codes] == ["J1885"]


@pytest.mark.parametrize(
    "text",
    [
        "what are the origin and destination modifiers",
        "what are the ambulance modifiers",
        "what about oxygen",
        "what about wheelchairs",
        "and for oxygen?",
    ],
)
def test_what_means_something_by_itself_is_a_new_question(text: str) -> None:
    assert complete(text, Topic(codes=("A0428",)), TODAY) is None


def test_one_of_several_codes_that_were_named_is_chosen_by_its_position() -> None:
    named = topic_of(parse_question("E0601, E0470 and E0143", TODAY), {"E0601", "E0470", "E0143"})
    assert completed("is the second one covered?", named or E0601).text == "is E0470 covered?"
    assert completed("are they covered?", named or E0601).text == "are E0601 and E0470 and E0143 covered?"


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("and wasted 30", "200 unit of J0585, wasted 30?"),
        ("and wasted 30 units", "200 unit of J0585, wasted 30 units?"),
        ("30 wasted", "200 unit of J0585, 30 wasted?"),
        ("and 50 units?", "J0585 50 units?"),
    ],
)
def test_what_was_discarded_goes_with_the_dose_before(text: str, asked: str) -> None:
    dosed = topic_of(parse_question("200 units of J0585", TODAY), ("J0585",))
    assert completed(text, dosed or E0601).text == asked
    again = topic_of(parse_question(asked, TODAY), ("J0585",))
    assert again is not None
    assert again.dose == ("50 unit" if "50" in asked else "200 unit")


@pytest.mark.parametrize("text", ["max per day", "maximum units per day?", "max units a month", "betos?", "any notes?"])
def test_a_field_or_a_limit_alone_is_that_of_the_code(text: str) -> None:
    assert completed(text).topic.codes == ("E0601",)


@pytest.mark.parametrize("text", ["what is BETOS", "what does betos mean"])
def test_what_a_field_is_is_explained(text: str) -> None:
    assert complete(text, E0601, TODAY) is None


def test_the_topic_of_a_question_is_its_existing_codes() -> None:
    topic = topic_of(parse_question("does Aetna cover E0601 or E9999 on 3/1/2019 in Texas", TODAY), {"E0601"})
    assert topic == Topic(codes=("E0601",), subject=Subject.COVERAGE, payer="Aetna", area="TX", day=date(2019, 3, 1))
    assert topic_of(parse_question("knee brace", TODAY), {"E0601"}) is None


def test_a_list_of_codes_is_no_topic() -> None:
    codes = [f"E06{number:02}" for number in range(TOPIC_CODES_LIMIT + 1)]
    assert topic_of(parse_question(" ".join(codes), TODAY), codes) is None
    assert topic_of(parse_question(" ".join(codes[1:]), TODAY), codes) is not None


def test_since_when_is_asked_of_a_prior_authorization() -> None:
    follow_up = complete("since when?", Topic(codes=("K0856",), subject=Subject.PRIOR_AUTHORIZATION), TODAY)
    assert isinstance(follow_up, FollowUp)
    assert follow_up.text == "does K0856 need prior authorization?"
