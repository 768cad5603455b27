"""Who may write notes, as the settings say it; a wrong setting is one clear line."""

from __future__ import annotations

import pytest

from hcpcs_bot.settings import Settings, SettingsError
from hcpcs_bot.team.permissions import TeamRoles, roles_of


def roles(admins: str = "", note_writers: str = "everyone") -> TeamRoles:
    return roles_of(Settings(admins=admins, note_writers=note_writers))


def test_by_default_everyone_writes_and_nobody_is_an_administrator() -> None:
    everyone = roles()
    assert everyone.may_write("U1AA")
    assert everyone.may_change("U1AA", own=False)
    assert everyone.may_set_state("U1AA")
    assert not everyone.is_admin("U1AA")
    assert not everyone.is_admin("")


def test_with_administrators_others_change_only_their_own() -> None:
    team = roles(admins="U1AA, W2BB")
    assert team.may_write("U3CC")
    assert team.may_change("U3CC", own=True)
    assert not team.may_change("U3CC", own=False)
    assert team.may_change("W2BB", own=False)
    assert not team.may_set_state("U3CC")
    assert team.may_set_state("U1AA")


def test_writers_may_be_administrators_or_a_list() -> None:
    only_admins = roles(admins="U1AA", note_writers="Admins")
    assert only_admins.may_write("U1AA")
    assert not only_admins.may_write("U3CC")
    assert not only_admins.may_change("U3CC", own=True)
    listed = roles(admins="U1AA", note_writers="U3CC;U4DD")
    assert [user for user in ("U1AA", "U3CC", "U4DD", "U5EE") if listed.may_write(user)] == ["U1AA", "U3CC", "U4DD"]


@pytest.mark.parametrize(
    ("admins", "note_writers", "said"),
    [
        ("robin", "everyone", "HCPCS_ADMINS is not valid: set it to Slack user IDs"),
        ("", "admins", "HCPCS_NOTE_WRITERS is admins, but HCPCS_ADMINS is blank"),
        ("", "everybody", "HCPCS_NOTE_WRITERS is not valid: set it to everyone, admins, or Slack user IDs"),
        ("", " ", "HCPCS_NOTE_WRITERS is blank"),
    ],
)
def test_a_wrong_setting_says_what_to_set(admins: str, note_writers: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said) as error:
        roles(admins, note_writers)
    assert "\n" not in str(error.value)
