"""Facts as lines: a link is a link, a command is code."""

from __future__ import annotations

from hcpcs.answers.evidence import Evidence, EvidenceKind
from hcpcs_bot.slack.cards.parts.facts import CardFact, evidence_line, fact_line

PAGE = "https://www.cms.gov/some/page"


def test_the_words_of_a_source_open_its_page() -> None:
    fact = Evidence(kind=EvidenceKind.WHERE_TO_LOOK, text=f"CMS, the list: {PAGE}", label="Where to look", link=PAGE)
    assert evidence_line(fact)["elements"] == [
        {"type": "text", "text": "Where to look: "},
        {"type": "link", "url": PAGE, "text": "CMS, the list"},
    ]


def test_an_address_that_is_not_the_fact_s_own_is_text() -> None:
    fact = Evidence(kind=EvidenceKind.PROOF, text=f"see {PAGE}")
    assert evidence_line(fact)["elements"] == [{"type": "text", "text": f"see {PAGE}"}]


def test_a_command_is_shown_as_code() -> None:
    fact = Evidence(kind=EvidenceKind.CAUTION, text="Load it with `hcpcs update`, or ask.")
    assert [run.get("style") for run in evidence_line(fact)["elements"]] == [None, {"code": True}, None]
    assert "`" not in str(evidence_line(fact))


def test_a_note_names_its_source() -> None:
    runs = fact_line(CardFact("BCBS of Texas", "pays with auth", "Marta, November 26, 2026"))["elements"]
    assert [run["text"] for run in runs] == ["BCBS of Texas: ", "pays with auth", " (Marta, November 26, 2026)"]


def test_a_sentence_that_is_cut_before_its_address_has_no_link() -> None:
    fact = Evidence(kind=EvidenceKind.WHERE_TO_LOOK, text=f"CMS, a very long list of items: {PAGE}", link=PAGE)
    assert evidence_line(fact, limit=30)["elements"] == [{"type": "text", "text": "CMS, a very long list of…"}]


def test_a_colon_in_the_words_is_not_taken_for_the_end_of_the_label() -> None:
    fact = Evidence(kind=EvidenceKind.FACT, text=f"version 3: CGS: {PAGE}", label="L33718: LCD", link=PAGE)
    assert [run["text"] for run in evidence_line(fact)["elements"]] == ["L33718: LCD: ", "version 3: CGS"]
