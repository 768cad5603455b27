"""Every code of a pasted claim or EOB, with its flags."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from hcpcs.answers.answer import Outcome
from hcpcs.answers.desk import Desk
from hcpcs.answers.evidence import EvidenceKind, NoticeKind
from hcpcs.answers.intents.decode import CODES_DECODED
from hcpcs.catalog.catalog import Catalog
from hcpcs.questions.claim_lines import LINES_READ

CLAIM = "DOS 03/01/2024 E0601-RR x1 $85.00, Q5102, J3490 99213 dx E11.9 member 123456789"


def test_a_pasted_claim_is_decoded(full: Desk) -> None:
    answer = full.decode(CLAIM)
    assert answer.codes == ("E0601", "RR", "Q5102", "J3490")
    assert answer.headline == "4 codes decoded for date of service March 1, 2024: E0601, RR, Q5102 and J3490."
    assert "Q5102 ended on March 31, 2018" in answer.text
    assert "99213 looks like a CPT code" in answer.text


def test_the_message_itself_is_not_kept(full: Desk) -> None:
    answer = full.decode(CLAIM)
    assert "123456789" not in answer.model_dump_json()
    assert "$85.00" not in answer.model_dump_json()


def test_flags_carry_their_kind_and_code(full: Desk) -> None:
    answer = full.decode("S9353 Q5102 J3490 E0601")
    assert [(fact.kind, fact.code) for fact in answer.evidence] == [
        (EvidenceKind.VERDICT, "S9353"),
        (EvidenceKind.VERDICT, "Q5102"),
        (EvidenceKind.NOC, "J3490"),
    ]


def test_missing_and_foreign_codes_are_named(full: Desk) -> None:
    answer = full.decode("E0601 S9354 99213")
    kinds = {notice.kind for notice in answer.notices}
    assert {NoticeKind.MISSING, NoticeKind.SUGGESTION, NoticeKind.FOREIGN, NoticeKind.WHERE_TO_LOOK} <= kinds


def test_a_message_without_known_codes(full: Desk) -> None:
    missing = full.decode("please pay S9354")
    assert missing.outcome is Outcome.NOT_FOUND
    assert missing.headline == "None of the codes in this message are in HCPCS October 2025."
    assert "S9353" in missing.suggestions
    assert full.decode("99213 and 99214").outcome is Outcome.NOT_HCPCS
    assert full.decode("hello there").headline == "No HCPCS codes found in this message."


def test_the_codes_of_a_long_message_are_decoded_in_pages(full: Desk) -> None:
    codes = full.catalog.procedures()[: CODES_DECODED + 3]
    answer = full.decode(" ".join(codes))
    assert answer.codes == tuple(codes[:CODES_DECODED])
    assert answer.headline == "50 codes decoded."
    assert "3 more codes are in this message." in answer.text
    (further,) = answer.further_pages
    assert full.decode(further).codes == tuple(codes[CODES_DECODED:])


def test_a_code_on_more_days_than_a_page_shows_is_reached_on_the_next_one(full: Desk) -> None:
    text = "\n".join(f"2024-{1 + day // 28:02}-{1 + day % 28:02} E0601" for day in range(CODES_DECODED + 2))
    answer = full.decode(text)
    assert "The same codes are in this message for other dates of service." in answer.text
    assert full.decode(answer.further_pages[0]).headline.startswith("1 code decoded on each of its dates of service")


def test_a_decoded_page_says_again_what_it_said(full: Desk) -> None:
    answer = full.decode("03/02/2018 Q5102-RR x 4\n04/02/2018 Q5102\nmodifier KX\nG0463-25, A0428 HN, D0120, Jane")
    again = full.decode(answer.question)
    assert again.question == answer.question
    assert (again.records, again.evidence, again.headline) == (answer.records, answer.evidence, answer.headline)
    assert "Jane" not in answer.question


def test_a_message_of_40_000_characters_looks_up_no_more_codes_than_a_page_has(
    full: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: set[str] = set()
    as_of = Catalog.as_of

    def counting(catalog: Catalog, code: str, day: date) -> Any:
        looked_up.add(code)
        return as_of(catalog, code, day)

    monkeypatch.setattr(Catalog, "as_of", counting)
    lines = (f"03/02/2018 {code} 1 85.00\n" for code in full.catalog.procedures())
    answer = full.decode("".join(lines)[:40_000])
    assert len(looked_up) == CODES_DECODED
    reached = [code for page in (answer.question, *answer.further_pages) for code in full.decode(page).codes]
    assert reached == list(full.catalog.procedures()[: len(reached)])
    assert len(reached) == LINES_READ
    assert "Only the first part of this message was read." in answer.text


def test_codes_are_judged_on_the_date_of_service_of_the_message(full: Desk) -> None:
    answer = full.decode("DOB 1/1/1950\nDOS 3/2/2018\nQ5102 x 40\ndenied 5/5/2024")
    assert answer.headline == "1 code decoded for date of service March 2, 2018: Q5102."
    assert [record.active for record in answer.records] == [True]
    assert answer.evidence == ()
    assert answer.source.day == date(2018, 3, 2)


def test_each_line_is_judged_on_its_own_date(full: Desk) -> None:
    answer = full.decode("03/02/2018 03/02/2018 11 Q5102 A 85.00 4\n04/02/2018 04/02/2018 11 Q5102 A 20.00 2")
    assert answer.headline == "1 code decoded on each of its dates of service: Q5102."
    assert [record.active for record in answer.records] == [True, False]


def test_a_line_without_a_date_is_judged_today(full: Desk) -> None:
    answer = full.decode("on 3/2/2018 J1885; Q5102")
    assert answer.headline == "2 codes decoded, on the date of service of each line that has one: J1885 and Q5102."
    assert [fact.code for fact in answer.evidence] == ["Q5102"]


def test_a_date_that_the_calendar_does_not_have_is_no_date_of_service(full: Desk) -> None:
    answer = full.decode("DOS 3/2/2018\nE0601 on 02/30/2025 and Q5102 on 2/3/2018")
    assert answer.question == "E0601; 2018-02-03 Q5102"
    assert "The date beside E0601 is not in the calendar" in answer.text


def test_modifiers_of_cpt_and_of_ambulances_are_named(full: Desk) -> None:
    answer = full.decode("G0463-25\nA0428 HN x1")
    assert "25 is a CPT modifier" in answer.text
    assert "from hospital (H) to skilled nursing facility" in answer.text
    assert answer.codes == ("G0463", "A0428")


def test_a_line_that_can_not_be_is_flagged(full: Desk) -> None:
    texts = [
        fact.text for fact in full.decode("E0601 KX GA x1\nA0429 ZZ").evidence if fact.kind is EvidenceKind.CLAIM_LINE
    ]
    assert texts[0].startswith("KX and GA can't be on one line of E0601")
    assert texts[1].startswith(
        "ZZ isn't a modifier in HCPCS October 2025, nor an origin and destination: Z stands for no"
    )
    assert "from skilled nursing facility" in full.decode("A0425 NJ x12").text
