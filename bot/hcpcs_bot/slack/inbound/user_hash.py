"""Keyed hashes that stand for people in logs and in the state, so that neither contains a Slack user id."""

from __future__ import annotations

import hashlib
import hmac
from typing import Final

_LENGTH: Final = 12
"""Hex digits kept: enough to tell the people of a workspace apart."""


def user_hash(key: bytes, team: str, user: str) -> str:
    """The hash of a user of a team (Slack ids): 12 hex digits, the same for the same secret ``key``."""
    return hmac.new(key, f"{team} {user}".encode(), hashlib.sha256).hexdigest()[:_LENGTH]
