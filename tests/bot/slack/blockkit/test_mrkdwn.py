"""Text that is not ours can't become a mention, a link or a control, and is never cut in the middle of one."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcpcs.questions.parser import parse_question
from hcpcs.search_port import Hit
from hcpcs_bot.slack.blockkit.mrkdwn import (
    clean,
    clip,
    clip_escaped,
    clip_markup,
    escape,
    literal,
    mention,
    plain_question,
)
from hcpcs_bot.slack.listeners.type_ahead import hit_option
from hcpcs_bot.slack.listeners.unfurls import code_of
from slack_peer.rules.block_rules import OPTION

OPENINGS = ("<!", "<@", "<#", "<http")
TRICKY = st.text(st.sampled_from("<>&!@#|http:/ a;ltgp\u202e\u200b\ud800\n*_~`")) | st.text()


@given(TRICKY)
def test_escaped_text_opens_nothing(text: str) -> None:
    assert not set("<>") & set(escape(text))
    assert re.sub("&(amp|lt|gt);", "", escape(text)).count("&") == 0


@given(TRICKY)
def test_literal_text_opens_nothing_and_stays_as_long(text: str) -> None:
    assert not any(opening in literal(text) for opening in OPENINGS)
    assert len(literal(text)) == len(text)


def test_literal_text_keeps_a_plain_comparison() -> None:
    assert literal("birth weight < 1500 g") == "birth weight < 1500 g"


@given(TRICKY, st.integers(min_value=2, max_value=80))
def test_clipped_text_keeps_its_limit_and_cuts_no_entity(text: str, limit: int) -> None:
    assert len(clip(text, limit)) <= limit
    clipped = clip_escaped(text, limit)
    assert len(clipped) <= limit
    assert re.sub("&(amp|lt|gt);", "", clipped).count("&") == 0


@given(TRICKY)
def test_clean_text_can_be_sent_and_seen(text: str) -> None:
    clean(text).encode()
    assert not re.search("[\x00-\x08\u202a-\u202e\u2066-\u2069\u200b]", clean(text))


@given(TRICKY)
def test_a_question_is_read_without_a_fault(text: str) -> None:
    assert "\ud800" not in plain_question(text)


@pytest.mark.parametrize(
    ("written", "question"),
    [
        ("<@U0BOT0000> S9328", "S9328"),
        ("<@U0BOT0000|hcpcs> is S9353 payable?", "is S9353 payable?"),
        ("S9353 &amp; S9328", "S9353 & S9328"),
        ("pump &lt;5 mg&gt;", "pump <5 mg>"),
        ("<https://example.com|S9353>", "S9353"),
        ("call <tel:+18777351326|(877) 735-1326>", "call (877) 735-1326"),
        ("<!here> S9353", "S9353"),
        ("&amp;lt;!channel&amp;gt;", "&lt;!channel&gt;"),
        ("pump &amp;lt;!here&amp;gt;", "pump &lt;!here&gt;"),
        ("pump &amp;amp; tube", "pump &amp; tube"),
        ("S9353 :thinking_face:", "S9353"),
        (":wave: hello", "hello"),
        ("at 10:30:00, tos:R", "at 10:30:00, tos:R"),
        ("\u202eS9353\u200b", "S9353"),
    ],
)
def test_a_question_is_what_the_person_wrote(written: str, question: str) -> None:
    assert plain_question(written) == question


@pytest.mark.parametrize(
    ("sent", "codes", "text"),
    [
        ("<@U0123ABC> S9353", "S9353", "S9353"),
        ("<@U0123ABC|hcpcs-desk> what is S9353?", "S9353", "what is S9353?"),
        ("*S9353*", "S9353", "S9353"),
        ("~S9353~ :thinking_face:", "S9353", "S9353"),
        ("<https://example.com/codes/S9353|S9353>", "S9353", "S9353"),
        ("&lt;S9353&gt;", "S9353", "<S9353"),
        ("<@U0123ABC>", "", ""),
        ("<@U0123ABC> hi", "", "hi"),
        ("pump &amp;lt;!here&amp;gt;", "", "pump &lt;!here&gt"),
    ],
)
def test_the_desk_gets_the_question_without_slack_s_markup(sent: str, codes: str, text: str) -> None:
    question = parse_question(plain_question(sent), date(2026, 1, 15))
    assert (" ".join(code.code for code in question.codes), question.text) == (codes, text)


@given(st.text(max_size=30))
def test_a_mention_is_made_of_a_user_id_alone(user: str) -> None:
    assert re.fullmatch(r"(<@[UW][A-Z0-9]{2,20}>)?", mention(user))


@given(TRICKY, TRICKY)
def test_a_choice_keeps_the_limits_of_an_option(short: str, long: str) -> None:
    hit = Hit(code="S9353", score=1, short_description=clean(short), long_description=clean(long) or "x", active=False)
    assert list(OPTION(hit_option(hit), "/option")) == []


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://desk.example.com/codes/S9328", "S9328"),
        ("https://desk.example.com/codes/s9328/?from=mail#top", "S9328"),
        ("https://DESK.example.com/codes/RR", "RR"),
        ("https://desk.example.com/codes/", None),
        ("https://desk.example.com/codes/S9328/x", None),
        ("https://desk.example.com/other/S9328", None),
        ("https://desk.example.com.evil.example/codes/S9328", None),
        ("https://evil.example/https://desk.example.com/codes/S9328", None),
        ("javascript://desk.example.com/codes/S9328", None),
        ("https://[::1", None),
        ("", None),
    ],
)
def test_only_our_own_code_pages_name_a_code(url: str, code: str | None) -> None:
    assert code_of(url, "https://desk.example.com/codes/") == code


@given(st.text())
def test_no_link_of_another_host_names_a_code(url: str) -> None:
    code = code_of(url, "https://desk.example.com/codes/")
    assert code is None or urlsplit(url).hostname == "desk.example.com"


def test_markup_is_clipped_between_lines_and_never_within_a_link_or_an_entity() -> None:
    assert clip_markup("one\ntwo", 10) == "one\ntwo"
    assert clip_markup("one\ntwo\nthree", 10) == "one\ntwo…"
    assert clip_markup("see <https://a.example/b|the page>", 20) == "see…"
    assert clip_markup("Smith &amp; Sons", 10) == "Smith…"
