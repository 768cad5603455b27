"""Codes are recognized by their form however they are written, with their modifiers, and nothing else is."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.work import count_lines

from hcpcs.questions.recognizers.codes.code_counts import count_of
from hcpcs.questions.recognizers.codes.code_scanner import find_codes
from hcpcs.records.codes import CodeSystem


def written(text: str) -> list[str]:
    return ["-".join((code.code, *code.modifiers)) for code in find_codes(text)]


@pytest.mark.parametrize(
    "text",
    [
        "S9353", "s9353", "s 9353", "S-9353", "S.9353", "HCPCS:S9353", "hcpcs code S9353", "code#S9353", "S9353.",
        "S9353,",
        "(S9353)", "Ｓ９３５３", "S9353's", "S9353s", "S 93 53", "S 9 3 5 3", "https://example.com/S9353",
        "S9353/", "*S9353*",
    ],
)  # fmt: skip
def test_a_code_is_found_however_it_is_written(text: str) -> None:
    (code,) = find_codes(text)
    assert (code.code, code.system, code.modifiers) == ("S9353", CodeSystem.HCPCS, ())


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("E0601-RR-KX", ["E0601-RR-KX"]),
        ("E0601 RR KX", ["E0601-RR-KX"]),
        ("A0427 RH 99284 ER visit", ["A0427-RH", "99284"]),
        ("G0463 ER", ["G0463-ER"]),
        ("is QM needed on A0429", ["A0429-QM"]),
        ("is HH ok for A0428", ["A0428-HH"]),
        ("e0601 rr kx", ["E0601-RR-KX"]),
        ("E0601RR", ["E0601-RR"]),
        ("E0601/RR", ["E0601-RR"]),
        ("SV1*HC:E0601:RR:KX*85*UN*1", ["E0601-RR-KX"]),
        ("modifier RR with E0601", ["E0601-RR"]),
        ("E0601 with modifiers RR and KX", ["E0601-RR-KX"]),
        ("modifiers GA, GY and GZ", ["GA", "GY", "GZ"]),
        ("KX modifier", ["KX"]),
        ("modifer KX", ["KX"]),
        ("99213-25", ["99213-25"]),
        ("H2011 HE", ["H2011-HE"]),
        ("L3000-LT, L3000-RT", ["L3000-LT", "L3000-RT"]),
        ("T1019 U1 UB 4 units", ["T1019-U1-UB"]),
        ("K0001-RR-KH, E0971NU", ["K0001-RR-KH", "E0971-NU"]),
        ("J0885 EA", ["J0885-EA"]),
        ("J0885EA", ["J0885-EA"]),
        ("is J0881 EA covered", ["J0881-EA"]),
        ("A0428 RH GM", ["A0428-RH-GM"]),
        ("R0075 UN", ["R0075-UN"]),
        ("E0601 MS", ["E0601-MS"]),
        ("97530 GO CO", ["97530-GO-CO"]),
        ("A7030 EA", ["A7030"]),
        ("J1885 GM", ["J1885"]),
        ("j0885 ea", ["J0885"]),
        ("L1833 LT 59", ["L1833-LT-59"]),
        ("G0283 59 GP", ["G0283-59-GP"]),
        ("G0463 25 PO", ["G0463-25-PO"]),
        ("L3000 76 year old", ["L3000"]),
        ("J1561 59", ["J1561"]),
        ("A0428 NJ", ["A0428-NJ"]),
        ("A0425 NJ x12", ["A0425-NJ"]),
        ("A0434 HI IH", ["A0434-HI-IH"]),
        ("A0428 HX valid?", ["A0428-HX"]),
        ("a0428 rh", ["A0428-RH"]),
        ("A0428 NJ Medicaid", ["A0428"]),
        ("A0428 NJ 2025 rates", ["A0428"]),
        ("A0428 NH Medicaid", ["A0428"]),
        ("what does origin destination IH mean", ["IH"]),
        ("compare E0470 with it", ["E0470"]),
        ("E0601 with ms modifier", ["E0601-MS"]),
    ],
)
def test_modifiers_belong_to_their_code(text: str, codes: list[str]) -> None:
    assert written(text) == codes


@pytest.mark.parametrize(
    "text",
    [
        "S9353 is covered", "IS S9353 OK", "S9353 in use", "S9353 or", "S9353 as of today", "S9353 at home", "S9353 no",
        "S9353 to date", "S9353 vs", "S9353 mg", "S9353 - no", "E0601 AS NEEDED", "S9353 10 units", "S9353 50%",
    ],
)  # fmt: skip
def test_words_of_two_letters_are_no_modifiers(text: str) -> None:
    (code,) = find_codes(text)
    assert code.modifiers == ()


@pytest.mark.parametrize("text", ["which modifier is for rental", "what modifier do I use", "the modifier in question"])
def test_words_beside_the_word_modifier_are_no_modifiers(text: str) -> None:
    assert find_codes(text) == ()


@pytest.mark.parametrize(
    ("text", "code", "system"),
    [
        ("99213", "99213", CodeSystem.CPT),
        ("0075T", "0075T", CodeSystem.CPT),
        ("0202u", "0202U", CodeSystem.CPT),
        ("3008F", "3008F", CodeSystem.CPT),
        ("modifier 25", "25", CodeSystem.CPT),
        ("D1110", "D1110", CodeSystem.CDT),
        ("E11.65", "E11.65", CodeSystem.ICD10),
        ("e11.9", "E11.9", CodeSystem.ICD10),
        ("S72.001A", "S72.001A", CodeSystem.ICD10),
        ("dx E1165", "E11.65", CodeSystem.ICD10),
        ("icd-10 code E119", "E11.9", CodeSystem.ICD10),
        ("S7200XA", "S7200XA", CodeSystem.ICD10),
        ("0002-8215-01", "0002-8215-01", CodeSystem.NDC),
        ("50242-0040-62", "50242-0040-62", CodeSystem.NDC),
        ("12345-678-90", "12345-678-90", CodeSystem.NDC),
        ("12345-6789-0", "12345-6789-0", CodeSystem.NDC),
        ("ndc 50242004062", "50242004062", CodeSystem.NDC),
        ("N400002821501", "00002821501", CodeSystem.NDC),
        ("00002821501", "00002821501", CodeSystem.NDC),
        ("E1165", "E1165", CodeSystem.HCPCS),
        ("modifier RR", "RR", CodeSystem.MODIFIER),
    ],
)
def test_other_code_systems_are_told_apart(text: str, code: str, system: CodeSystem) -> None:
    (found,) = find_codes(text)
    assert (found.code, found.system) == (code, system)


@pytest.mark.parametrize(
    "text",
    [
        "ZIP 10001", "Hartford, CT 06156", "lexington KY 40512", "call 1-877-735-1326", "(312) 555-0199", "$12345",
        "$99213",
        "12345.67", "MRN 10023", "account number 55555", "10000 units", "50000 iu", "in a 2019 claim",
        "vitamin c 1000 mg",
        "vitamin D 5000 units", "a 1000 ml bag", "type a 2000", "03/01/2024", "20240301", "what's 9353", "1,250",
        "CO-97",
    ],
)  # fmt: skip
def test_other_numbers_are_no_codes(text: str) -> None:
    assert find_codes(text) == ()


def test_a_pasted_claim_is_decoded() -> None:
    claim = """Claim #1234567 Patient: Jane Roe 1956 MRN 10023
    DOS 03/01/2024  E0601 RR KX   1   $85.00   CO-50
    DOS 03/01/2024  A7030 NU KX   1   $120.00  PR-1
    99213-25 J1745 x10  Dx: G47.33, E66.9   NPI 1234567893  ZIP 60614  Phone (312) 555-0199"""
    assert written(claim) == ["E0601-RR-KX", "A7030-NU-KX", "99213-25", "J1745", "G47.33", "E66.9"]


def test_each_code_is_named_once_and_in_order() -> None:
    assert written("S9353 E0601 s9353 S-9353 E0601-RR") == ["S9353", "E0601", "E0601-RR"]


@given(st.text(max_size=500))
@settings(max_examples=100)
def test_any_text_can_be_looked_through(text: str) -> None:
    for code in find_codes(text):
        assert code.code
        assert code.written


def test_a_long_text_can_be_looked_through() -> None:
    assert len(find_codes("E0601 RR KX 1 unit, modifier KX, NDC 00002821501\n" * 2000)) == 3


def counted(text: str) -> list[str]:
    return [f"{'-'.join((code.code, *code.modifiers))} {code.units or 0:g}" for code in find_codes(text)]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("J1885x2", ["J1885 2"]),
        ("A4253x4KX, A4259x2KX", ["A4253-KX 4", "A4259-KX 2"]),
        ("E0601x1RRKX", ["E0601-RR-KX 1"]),
        ("J1885x10KX", ["J1885-KX 10"]),
        ("A4253 x2 KX, A4259 x1 KX", ["A4253-KX 2", "A4259-KX 1"]),
        ("j9035 x 40 jz / j0640 x 8", ["J9035-JZ 40", "J0640 8"]),
        ("j9035 x 40 pm / j0640 x 8", ["J9035 40", "J0640 8"]),  # a word
        ("J1885 x2 IM", ["J1885 2"]),
        ("J3301 x2 ga medicaid", ["J3301 2"]),  # Georgia
        ("J1100x10 J3301x4", ["J1100 10", "J3301 4"]),
        ("J3301 - 4u; J1100 - 8u", ["J3301 4", "J1100 8"]),
        ("J1100 - 10\nJ1885 - 2", ["J1100 10", "J1885 2"]),
        ("J1100 - 10 J1885 -2", ["J1100 10", "J1885 2"]),
        ("J1100 - 10 mg", ["J1100 0"]),
        ("S9325 - 9328", ["S9325 0"]),
        ("J3301 4 units J1100 8 units DOS 3/1/2024", ["J3301 4", "J1100 8"]),
        ("J1817 50 units, J1815 10 units", ["J1817 0", "J1815 0"]),  # doses of insulin
        ("J3301 4 units, J1100 8 mg", ["J3301 0", "J1100 0"]),
        ("K0001 RR KH 1u 03/15/2023", ["K0001-RR-KH 1"]),
        ("A0427RH A0425RHx12", ["A0427-RH 0", "A0425-RH 12"]),
        ("A0425 RH x 12.4", ["A0425-RH 12.4"]),
        ("J9305JZ x 85", ["J9305-JZ 85"]),
        ("J1885 X4", ["J1885 4"]),
        ("J1885*2", ["J1885 2"]),
        ("J1885 × 2", ["J1885 2"]),
        ("2 x J1885", ["J1885 2"]),
        ("J1885 x 4 units covered", ["J1885 4"]),
        ("96372x2, 99214-25 x1", ["96372 2", "99214-25 1"]),
        ("SV1*HC:J3301:RT*85.00*UN*4***1~", ["J3301-RT 4"]),
        ("SV2*0636*HC:J1885*100*UN*2~", ["J1885 2"]),
        ("03/01/2024 03/01/2024 11 J3301 RT A 85.00 4", ["J3301-RT 4"]),
        ("10 01 25 10 01 25 12 E0601 RR KX AB 95.00 1", ["E0601-RR-KX 1"]),
        ("J0585 JW 45, J0585 JZ 155", ["J0585-JW 45", "J0585-JZ 155"]),
        ("A4253 NU KX 4 $85.00", ["A4253-NU-KX 4"]),
        ("L4361 RT KX 01 350.00", ["L4361-RT-KX 1"]),
        ("E0601 RR 10", ["E0601-RR 10"]),
        ("J1885 2\nJ3301 4\n96372 1", ["J1885 2", "J3301 4", "96372 1"]),
        ("J0885 EA 10", ["J0885-EA 10"]),
        ("G0463 PO 25", ["G0463-PO-25 0"]),
        ("99213 25", ["99213-25 0"]),
        ("97110 59 GP", ["97110-59-GP 0"]),
        ("J1100 10 mg", ["J1100 0"]),
        ("E0601 covered in 24", ["E0601 0"]),
    ],
)
def test_a_count_beside_a_code_is_its_units(text: str, codes: list[str]) -> None:
    assert counted(text) == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("J1885-X2", ["J1885-X2 0"]),
        ("J1885 modifier X2", ["J1885-X2 0"]),
        ("SV1*HC:J1885:X2*85*UN*4", ["J1885-X2 4"]),
        ("J3301 x 40 mg", ["J3301 0"]),
        ("4 x 4 A6402", ["A6402 0"]),
        ("J1885*100*UN", ["J1885 0"]),
        ("E0601 RR AB 95.00 1", ["E0601-RR-AB 0"]),
    ],
)
def test_a_modifier_an_amount_and_a_size_are_not_counts(text: str, codes: list[str]) -> None:
    assert counted(text) == codes


@pytest.mark.parametrize(
    "text",
    [
        "- E0114\n- L4361 RT\n- A4565", "* E0114\n* L4361-RT\n* A4565", "• E0114\n• L4361 RT\n• A4565",
        "1. E0114\n2. L4361 RT\n3. A4565", "1) E0114\n2) L4361RT\n3) A4565", "-E0114\r\n-L4361 RT\r\n-A4565",
        "E0114\nL4361 RT\nA4565", "E0114\nL4361\nRT\nA4565", "- E0114 - L4361 RT - A4565",
    ],
)  # fmt: skip
def test_every_item_of_a_list_is_a_code_by_itself(text: str) -> None:
    assert written(text) == ["E0114", "L4361-RT", "A4565"]


@pytest.mark.parametrize(
    ("text", "modifiers"),
    [
        ("KH KI KJ modifiers", "KH KI KJ"),
        ("A1 thru A9 modifiers", "A1 A2 A3 A4 A5 A6 A7 A8 A9"),
        ("modifiers U8 to UB", "U8 U9 UA UB"),
        ("K0-K4", "K0 K1 K2 K3 K4"),
        ("K0 K1 K2 K3 K4 functional level", "K0 K1 K2 K3 K4"),
        ("LTRT on one line?", "LT RT"),
        ("RT/LT or 50 for bilateral braces?", "RT LT 50"),
        ("home health in GA SC", ""),
        ("modifiers A9 thru A1", "A9"),
    ],
)
def test_several_modifiers_at_once_are_all_found(text: str, modifiers: str) -> None:
    assert written(text) == modifiers.split()


@pytest.mark.parametrize(
    "text",
    ["MRN A1234 needs E0601", "E0601 for member id H5521", "MRN: B4035 wants E0601", "E0601, account number is L1833"],
)
def test_a_number_of_a_patient_is_not_a_code(text: str) -> None:
    assert written(text) == ["E0601"]


def test_a_policy_beside_a_code_is_not_its_number() -> None:
    assert written("policy L1833") == ["L1833"]


def test_a_count_is_read_with_the_same_work_in_a_text_of_any_length() -> None:
    short, long = ("J1885 - 1u; " * codes for codes in (100, 1000))
    end = len("J1885")
    assert count_lines(partial(count_of, short, 0, end)) == count_lines(partial(count_of, long, 0, end))
