"""An answer in plain text: whole, in reading order, each fact once."""

from __future__ import annotations

from datetime import timedelta

from hcpcs.answers.answer import Source
from hcpcs.answers.desk import Desk
from hcpcs.answers.rendering.plain_text import hit_line, source_line
from hcpcs.search_port import Hit, Why


def test_the_headline_comes_first_and_source_and_contacts_last(starter: Desk) -> None:
    lines = starter.ask("is S9353 payable by Medicare?").text.splitlines()
    assert lines[0] == "No. S9353 is not payable by Medicare."
    assert lines[-2].startswith("Source: HCPCS starter")
    assert lines[-1].startswith("Questions: PDAC")


def test_fields_are_grouped_and_blank_ones_left_out(starter: Desk) -> None:
    text = starter.ask("S9353").text
    assert text.index("Medicare coverage:") < text.index("Pricing:") < text.index("Dates and status:")
    assert "  Coverage code: I (Not payable by Medicare)" in text
    assert "Statute:" not in text


def test_what_does_not_apply_to_a_code_is_left_out(full: Desk) -> None:
    text = full.ask("E0601").text
    assert "Pricing indicator 1: 36" in text
    for nothing in ("Not applicable", "Anesthesia base units", "Statute"):
        assert nothing not in text


def test_a_hit_has_a_reason_where_its_words_do_not_show_it() -> None:
    literal = Why(word="w", field="f", matched="w", rule="word", trail="w", place="in the long description")
    brand = literal.model_copy(update={"rule": "brand", "trail": "keytruda → pembrolizumab (brand)"})
    hit = Hit(code="J9271", score=1, short_description="Inj pembrolizumab", long_description="", active=True)
    assert hit_line(1, hit.model_copy(update={"why": (literal,)})) == "1. J9271  Inj pembrolizumab"
    assert hit_line(1, hit.model_copy(update={"why": (literal, brand)})) == (
        "1. J9271  Inj pembrolizumab [keytruda → pembrolizumab (brand)]"
    )


def test_several_records_have_their_titles(starter: Desk) -> None:
    text = starter.ask("S9353, S9328").text
    assert "\nS9353: Home infusion therapy" in text
    assert "\nS9328: Home infusion therapy" in text


def test_a_timeline_names_its_releases(history: Desk) -> None:
    text = history.ask("history of G9890").text
    assert "\nHCPCS January 2018: Mac exam perf; first seen" in text
    assert "\nHCPCS January 2019 to HCPCS October 2025: " in text


def test_the_source_line_names_release_digest_and_day(starter: Desk) -> None:
    source = Source(release="HCPCS October 2025", digest="0123456789ab" + "c" * 52, day=starter.ask("help").source.day)
    assert source_line(source) == "Source: HCPCS October 2025 (digest 0123456789ab), as of November 21, 2026."


def test_an_old_release_is_said_to_be_old_in_the_source_line(full: Desk) -> None:
    effective = full.catalog.newest.effective
    current, old = (full.ask("S9353", today=effective + timedelta(days=days)).text for days in (92, 93))
    assert "CMS publishes quarterly" not in current
    assert "as of January 2, 2026; CMS publishes quarterly." in old
    past = full.ask("was S9353 valid on 11/1/2025", today=effective + timedelta(days=93)).text
    assert "as of November 1, 2025; CMS publishes quarterly." in past


def test_the_first_explanation_of_a_code_that_an_old_release_lacks_is_that_it_may_be_newer(full: Desk) -> None:
    old = "isn't in HCPCS October 2025; CMS publishes quarterly, so it may be newer than that release."
    assert full.ask("J0999").headline == f"J0999 {old}"
    current = full.ask("J0999", today=full.catalog.newest.effective)
    assert current.headline == "J0999 isn't in HCPCS October 2025."
    assert "may be mistyped, newer than the release, or" in current.text
    assert full.ask("J0999A").headline == "J0999A isn't in HCPCS October 2025."


def test_the_starter_is_never_old(starter: Desk) -> None:
    assert "quarterly" not in starter.ask("S9353").text
