"""How has a code changed over time?"""

from __future__ import annotations

from hcpcs.answers.answer import Outcome
from hcpcs.answers.desk import Desk
from hcpcs.answers.evidence import NoticeKind
from hcpcs.questions.question import Intent


def test_one_release_proves_no_unchanged_history(full: Desk) -> None:
    answer = full.ask("history of S9353")
    assert answer.intent is Intent.HISTORY
    assert answer.headline == (
        "Only HCPCS October 2025 is loaded, so S9353's history is limited to the dates in its record."
    )
    assert [notice.kind for notice in answer.notices] == [NoticeKind.RELEASES]
    assert "Added January 1, 2002." in answer.text


def test_an_unchanged_code(history: Desk) -> None:
    answer = history.ask("history of S9353")
    assert answer.headline == "S9353 is unchanged from HCPCS January 2017 to HCPCS October 2025."
    assert len(answer.timeline) == 1
    assert answer.timeline[0].to_day is None


def test_a_reused_code_has_an_entry_per_meaning(history: Desk) -> None:
    answer = history.ask("history of G9890")
    assert "reused with another meaning" in answer.headline
    assert answer.headline.startswith("G9890 has changed once from HCPCS January 2018 to HCPCS October 2025")
    assert [entry.first_release for entry in answer.timeline] == ["HCPCS January 2018", "HCPCS January 2019"]
    assert "Dilated macular exam" in answer.timeline[0].text
    assert answer.timeline[0].to_day == answer.timeline[1].from_day


def test_an_ended_code_states_its_end(history: Desk) -> None:
    answer = history.ask("history of Q5102")
    assert "Terminated March 31, 2018." in answer.text
    assert "discontinued" in answer.timeline[-1].text


def test_several_codes_get_a_headline_each(history: Desk) -> None:
    answer = history.ask("history of S9353 and S9328")
    assert "S9353 is unchanged" in answer.headline
    assert "S9328 is unchanged" in answer.headline


def test_a_missing_code_is_refused(history: Desk) -> None:
    assert history.ask("history of S9354").outcome is Outcome.NOT_FOUND


def test_a_field_that_changed_has_its_values_with_their_releases(history: Desk) -> None:
    answer = history.ask("when did coverage of A6530 change")
    assert answer.headline == (
        "The coverage code of A6530 changed: M (Non-covered by Medicare) in HCPCS January 2017 then C (Carrier "
        "judgment) in HCPCS October 2025."
    )


def test_a_field_that_did_not_change_is_said_to_be_the_same(history: Desk) -> None:
    headline = history.ask("why did coverage of A6531 change").headline
    assert headline.startswith("The coverage code of A6531 is D (Special coverage instructions apply) in all releases")


def test_one_release_does_not_say_whether_a_field_changed(full: Desk) -> None:
    headline = full.ask("when did coverage of A6530 change").headline
    assert headline == "Whether the coverage code of A6530 changed isn't known: only HCPCS October 2025 is loaded."
