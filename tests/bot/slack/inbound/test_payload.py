"""A form is decoded as it was encoded."""

from __future__ import annotations

import pytest

from hcpcs_bot.slack.inbound.payload import parse


@pytest.mark.parametrize(("sent", "meant"), [("a+b", "a b"), ("a%2Bb", "a+b"), ("plain", "plain"), ("%C3%A9", "é")])
def test_a_form_is_decoded(sent: str, meant: str) -> None:
    assert parse(f"text={sent}".encode(), b"application/x-www-form-urlencoded") == {"text": meant}
