"""Services that have codes of CPT or CDT."""

from __future__ import annotations

import pytest

from hcpcs.records.families.cpt_services import cpt_service_named


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("mammogram screening code", "Screening mammography has a CPT code, not a HCPCS Level II code: 77067."),
        (
            "dental code for full upper denture",
            "Dental treatment has CDT codes, not HCPCS Level II codes: starting with D.",
        ),
        (
            "LDCT code",
            "Low-dose CT for lung cancer screening has a CPT code, not a HCPCS Level II code: 71271. G0296 is the "
            "counseling visit before it.",
        ),
        (
            "AAA ultrasound screening",
            "An ultrasound screening for abdominal aortic aneurysm has a CPT code, not a HCPCS Level II code: 76706.",
        ),
        (
            "code for supervised exercise for PAD",
            "Supervised exercise therapy for peripheral artery disease has a CPT code, not a HCPCS Level II code: "
            "93668.",
        ),
    ],
)
def test_a_service_is_named_with_its_code(text: str, sentence: str) -> None:
    service = cpt_service_named(text)
    assert service is not None
    assert service.sentence == sentence


def test_an_item_without_a_code_is_said_to_have_none() -> None:
    service = cpt_service_named("sharps container code")
    assert service is not None
    assert service.sentence.startswith("A sharps container has no HCPCS code of its own. Some payers take A4211")


@pytest.mark.parametrize("text", ["massage chair", "back massager", "sharps"])
def test_an_item_without_a_code_is_named_by_each_of_its_words(text: str) -> None:
    service = cpt_service_named(text, alone=True)
    assert service is not None
    assert not service.codes


@pytest.mark.parametrize(
    "text",
    [
        "counseling visit LDCT",
        "ekg electrodes",
        "flu vaccine administration",
        "vitamin d code",
        "tomosynthesis mammogram code",
        "code for pemivibart infusion administration",
        "monoclonal antibody injection administration code",
        "prolonged office visit code",
    ],
)
def test_other_words_name_none(text: str) -> None:
    assert cpt_service_named(text) is None
