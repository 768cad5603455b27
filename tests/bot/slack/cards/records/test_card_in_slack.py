"""The cards of codes with modifiers as people get them in Slack: what the answer's first sentences say is on them."""

from __future__ import annotations

import pytest
from tests.slack_app import as_message, context_for

from hcpcs.answers.desk import Desk
from hcpcs_bot.slack.context import SlackContext
from slack_peer.peer import SlackPeer
from slack_peer.workspace import YOU


@pytest.fixture
def context(workspace: SlackPeer, desk: Desk) -> SlackContext:
    """The Slack interface over the release of October 2025."""
    return context_for(workspace, desk)


@pytest.mark.parametrize(
    ("question", "title", "sentence"),
    [
        ("E0601 GA KX NU", "E0601 · ", "GA and KX can't be on one line of E0601"),
        ("E0601 GA KX NU", "E0601 · ", "Medicare doesn't price E0601 with NU"),
        ("E0601 NU RR", "E0601 · ", "NU and RR can't be on one line of E0601"),
        ("E0601 RR KH KI", "E0601 · ", "KH and KI can't be on one line of E0601"),
        ("K0001 KX GY", "K0001 · ", "KX and GY can't be on one line of K0001"),
        ("E0601 KX GA, A7030", "E0601 · KX · GA · A7030", "KX and GA can't be on one line of E0601"),
        ("97110 59 GP", "Modifier GP · ", "59 is a CPT modifier"),
        ("G0463-25", "G0463 · ", "25 is a CPT modifier"),
        ("PT assistant modifier", "Modifier CQ · ", "CQ goes on the line beside GP"),
        ("T1019 U6 modifier ohio", "T1019 · ", "What U6 means on T1019 is defined by Ohio Medicaid."),
        ("is K0108 a NOC code", "K0108 · ", "Yes. K0108 is a NOC code."),
        ("is E0601 a NOC code", "E0601 · ", "No. E0601 is not a NOC code."),
        ("A0425 loaded miles only?", "A0425 · ", "The record of A0425 doesn't mention"),
        ("A0428 RH", "A0428 · ", "RH on an ambulance claim: from residence (R) to hospital (H)."),
        ("RH and HR on one claim", "Modifier HR · ", "HR on an ambulance claim: from hospital (H) to residence (R)."),
    ],
)
async def test_the_card_says_what_the_text_says_first(
    slack: SlackPeer, question: str, title: str, sentence: str
) -> None:
    card = as_message(await slack.slash(f"/hcpcs {question}", user=YOU))
    assert card.blocks[0]["text"]["text"].startswith(title)
    assert card.words.count(sentence) == 1, card.words
    assert card.text.count(sentence.removesuffix(".")) == 1


async def test_the_line_is_judged_above_medicare_s_verdict(slack: SlackPeer) -> None:
    card = as_message(await slack.slash("/hcpcs E0601 GA KX NU", user=YOU))
    assert card.words.index("can't be on one line") < card.words.index("Maybe. Medicare covers E0601")
    assert "Waiver of liability" in card.words


async def test_codes_on_a_day_say_the_day(slack: SlackPeer) -> None:
    card = as_message(await slack.slash("/hcpcs E0601 and E0470 on March 2, 2025", user=YOU))
    assert "On March 2, 2025: Maybe." in card.words.replace("⚠️ ", "")
    today = as_message(await slack.slash("/hcpcs E0601, E0470", user=YOU))
    assert "On " not in today.words
