"""What does the record state in a field?"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.src.hcpcs.conftest import desk_of
from tests.src.hcpcs.releases.writing import a_record, fixed_text, put

from hcpcs.answers.desk import Desk
from hcpcs.answers.evidence import EvidenceKind
from hcpcs.questions.question import Intent


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("BETOS for S9353", "BETOS for S9353: Z2 (Undefined codes)."),
        ("statute for A9270", "Statute for A9270: blank in the record."),
        ("short description of S9328", "Short description for S9328: Hit pain imp pump diem."),
        ("type of service of E0601", "Type of service for E0601: R (Rental of DME)."),
        (
            "TOS and coverage code of E0601",
            "E0601: Type of service R (Rental of DME). Coverage code D (Special coverage instructions apply).",
        ),
    ],
)
def test_the_field_asked_for(full: Desk, question: str, headline: str) -> None:
    answer = full.ask(question)
    assert answer.intent is Intent.FIELD
    assert answer.headline == headline


def test_the_field_is_explained_once(full: Desk) -> None:
    answer = full.ask("types of service of E0601")
    assert [(fact.kind, fact.field) for fact in answer.evidence] == [(EvidenceKind.FIELD, "type_of_service_1")]
    assert answer.evidence[0].sentence == (
        "Type of service 1: The type of service that the code represents, as Medicare's contractors classify it. A "
        "code may have up to five. Format: 1 character."
    )


@pytest.mark.parametrize(
    ("services", "headline"),
    [
        (("A", "P"), "E0601: Type of service A (Used durable medical equipment (DME)). Type of service P (Lump sum"),
        (("R",), "Type of service for E0601: R (Rental of DME)."),
        ((), "Type of service for E0601: blank in the record."),
    ],
)
def test_of_a_repeated_field_only_filled_values_are_shown(
    tmp_path: Path, services: tuple[str, ...], headline: str
) -> None:
    release = put(tmp_path, "HCPC2019_ANWEB.txt", fixed_text(a_record("E0601", types_of_service=services)))
    assert desk_of(release).ask("type of service of E0601").headline.startswith(headline)


def test_several_codes_in_one_headline(full: Desk) -> None:
    assert full.ask("BETOS for S9353 and E0601").headline == (
        "BETOS for S9353: Z2 (Undefined codes). BETOS for E0601: D1E (Other DME)."
    )
