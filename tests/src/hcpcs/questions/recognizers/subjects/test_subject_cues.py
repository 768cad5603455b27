"""A question says which subjects it names that no record states; the first one in the table's order is its own."""

from __future__ import annotations

import re
from datetime import date

import pytest
from tests.work import count_lines

from hcpcs.answers.parts.record_parts import PARTS
from hcpcs.questions.parser import parse_question
from hcpcs.questions.recognizers.codes.code_scanner import scan
from hcpcs.questions.recognizers.subjects.subject_cues import (
    CueKind,
    find_subjects,
    mask_codes,
    subject_words,
)
from hcpcs.questions.subject import Subject, subjects_beyond_record

TODAY = date(2025, 11, 21)


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("does K0856 need prior auth?", ("prior_authorization",)),
        ("E0748 rental or purchase, pa, f2f", ("prior_authorization", "documentation", "rental")),
        ("K0861 kx and pa", ("prior_authorization",)),
        ("E0260 fee ny, pa, oh", ("amount",)),
        ("is E0601 covered and is E0470 valid", ()),
        ("J3301 40 mg pos 22 units", ()),
        ("J3301 40 mg pos 22 ok?", ("place_of_service",)),
        ("J3301 40 mg in pos 22", ()),
        ("what pos for J1100 8 mg", ("place_of_service",)),
        ("E0601 Pre-Authorization", ("prior_authorization",)),
        ("J9035 for macular degeneration", ("bevacizumab_in_the_eye",)),
        ("J0178 for macular degeneration", ()),  # another drug, which is for the eye
        ("ABN for A9270", ("abn_needed", "abn")),
        ("how many times can I bill E0601", ("limit",)),
        ("how many strips can a non insulin patient get, A4253", ("limit",)),
        ("how many test strips a4253 for insulin pt", ("limit",)),
        ("can A4351 be billed 200 units a month", ("limit",)),
        ("E0470 after failed cpap trial copd", ("respiratory_assist",)),
        ("E0470 after failed cpap trial", ("pap_trial",)),
        ("buy and bill vs white bag J1745", ("drug_supply", "rental")),
        ("patient brings own drug J1745 can we bill", ("drug_supply",)),
        ("does medicare pay for tpn at home", ("home_nutrition",)),
        ("does E0250 need a prescription", ("order_needed", "documentation")),
        ("does E0250-E0304 need a referral", ("order_needed", "documentation")),
        ("does J1745 need a prescription", ("documentation",)),
        ("do J codes need a referral", ("documentation",)),
        ("does medicare pay for enteral formula B4150", ()),
        ("specialty pharmacy shipped J2350, bill drug?", ("drug_supply",)),
        ("can K0861 repairs be billed while renting", ("repair",)),
        ("how many years between E0260 beds", ("limit",)),
        ("can i bill mileage A0425 if no transport", ("no_transport",)),
        ("is A0428 covered if pt could have gone by wheelchair van", ("ambulance_necessity",)),
        ("is A0427 covered to a doctors office", ("ambulance_necessity",)),
        ("does 81X bill E1390", ("type_of_bill",)),
        ("can we bill JW on J9035 multi dose", ("multi_dose_waste", "discarded_drug", "required_modifiers")),
        ("A0425 14 loaded miles", ()),
        ("can home health bill A6550", ("home_health_period",)),
        ("who handles brace coding L1833", ()),
        ("dose of ketorolac for child", ("dosage",)),
        ("is A4253 bundled", ("billed_together",)),
        ("can I bill 3 units of J1885 same day", ("limit",)),
        ("can I bill 3 units of J1885 same day as J1100", ("billed_together", "limit")),
        ("how much is E0250 rental per month", ("amount", "rental")),
        ("can a chiropractor bill G0283", ("chiropractor", "taxonomy")),
        ("can a chiropractor order E0601", ("may_not_order", "ordering_practitioner", "documentation")),
        ("medically necessary E0601", ("documentation",)),
        ("which LCD has E0601, and which dx", ("policy", "diagnosis")),
        ("what modifiers go with E0601", ("required_modifiers",)),
        ("is S9353 payable by Medicare?", ()),
        ("abnormal S9353", ()),
        ("do I need a PCS for A0428", ("physician_certification", "documentation")),
        ("G0180 physician certification home health", ()),
        ("T1019 PCS", ("documentation",)),
        ("A6212 30 pcs", ()),
        ("end tidal CO2 monitor code", ()),
        ("does medicare cover colonoscopy at no cost", ()),
    ],
)
def test_the_subjects_are_named_in_the_order_of_the_table(text: str, subjects: tuple[str, ...]) -> None:
    assert parse_question(text, TODAY).out_of_scope == subjects


def test_an_amount_makes_a_quantity_a_question_about_units() -> None:
    assert parse_question("max 40 mg of J3301 how many units", TODAY).intent == "units"
    assert parse_question("max units of J3301 per day", TODAY).subject is Subject.LIMIT


def test_a_long_text_without_a_code_is_a_description() -> None:
    pasted = "Patient with contraindications to beta blockers and a documented plan of care, " * 2
    assert parse_question(pasted, TODAY).intent == "search"
    assert find_subjects(pasted + "is an LCD needed?", (), None)


def test_codes_and_their_modifiers_are_masked_in_place() -> None:
    text = "Does E0143 need NU"
    assert mask_codes(text, scan(text)) == "does ##### need ~~"
    assert len(mask_codes("İ E0143", scan("İ E0143"))) == len("İ E0143")


def test_every_subject_of_the_table_can_be_found_and_answered() -> None:
    for subject, entry in subjects_beyond_record().items():
        assert any(getattr(entry, kind) for kind in CueKind) or subject is Subject.UNSTATED, subject  # its rule decides
        assert set(entry.parts) <= set(PARTS), subject
        assert entry.link.startswith("https://"), subject
        assert "{codes}" in entry.sentence, subject
        assert "{" not in entry.general, subject


def test_every_word_that_subjects_share_is_used_and_known() -> None:
    entries = subjects_beyond_record().values()
    cues = [cue for entry in entries for cue in (*entry.cues, *entry.code_cues, *entry.weak_cues, *entry.item_cues)]
    used = {word for cue in cues for word in re.findall(r"<(\w+)>", cue)}
    assert used == set(subject_words())


def test_of_a_long_text_the_beginning_and_the_end_are_read() -> None:
    note = "walker with seat " * 100
    subject = Subject.PRIOR_AUTHORIZATION
    for text in (f"prior auth for E0143? {note}", f"E0143 {note} prior auth?"):
        assert subject in {span.subject for span in find_subjects(text, scan(text), None)}
    middle = f"E0143? {note} prior auth {note}"
    assert subject not in {span.subject for span in find_subjects(middle, scan(middle), None)}


def test_a_question_tries_few_of_the_cues() -> None:
    text = "is E0601 payable by Medicare?"
    codes = scan(text)
    find_subjects(text, codes, None)
    assert count_lines(lambda: find_subjects(text, codes, None)) < 1000
