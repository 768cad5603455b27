"""A setting that is not valid is one clear line, without the value."""

from __future__ import annotations

import pytest

from hcpcs_bot.settings import Settings, SettingsError


@pytest.mark.parametrize("value", ["many", "0", "-3", "1e9", ""])
def test_a_number_that_is_not_valid_is_one_clear_line(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("HCPCS_MAX_CONNECTIONS", value)
    with pytest.raises(SettingsError, match="^HCPCS_MAX_CONNECTIONS is not valid: input should be") as error:
        Settings()
    assert "many" not in str(error.value)


def test_an_idle_connection_is_kept_longer_than_load_balancers_keep_theirs() -> None:
    assert Settings().keep_alive_seconds > 60
