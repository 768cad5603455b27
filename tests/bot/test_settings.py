"""Settings from the environment, secrets from files; what is not valid is one clear line, without the value."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from pydantic import SecretStr
from typer.testing import CliRunner

from hcpcs_bot.cli import app
from hcpcs_bot.settings import (
    MAXIMUM_SECRET_BYTES,
    Settings,
    SettingsError,
    SlackSettings,
    http_secrets,
    socket_secrets,
)

SECRETS: Final = {
    "SLACK_BOT_TOKEN": "xoxb-not-a-real-token",
    "SLACK_SIGNING_SECRET": "notarealsigningsecret",
    "SLACK_APP_TOKEN": "xapp-not-a-real-token",
    "HCPCS_DATABASE_URL": "postgresql://desk:not-a-password@database/hcpcs",
}


@pytest.mark.parametrize("value", ["many", "0", "-3", "1e9", ""])
def test_a_number_that_is_not_valid_is_one_clear_line(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("HCPCS_MAX_CONNECTIONS", value)
    with pytest.raises(SettingsError, match="^HCPCS_MAX_CONNECTIONS is not valid: input should be") as error:
        Settings()
    assert "many" not in str(error.value)


@pytest.mark.parametrize("command", ["ask", "status"])
def test_an_answer_in_the_terminal_needs_no_setting_of_a_server(tmp_path: Path, command: str) -> None:
    environment = {"HCPCS_HOME": str(tmp_path), "HCPCS_MAX_CONNECTIONS": "many"}
    result = CliRunner().invoke(app, [command, *["S9353"] * (command == "ask")], env=environment)
    assert result.exit_code == 0, result.output


def test_an_idle_connection_is_kept_longer_than_load_balancers_keep_theirs() -> None:
    assert Settings().keep_alive_seconds > 60


@pytest.mark.parametrize(
    "command",
    [
        ("annotate", "claims.csv"),
        ("update", "--dry-run"),
        ("report",),
        ("notes", "export"),
        ("db", "check"),
        ("db", "upgrade"),
        ("serve", "--no-slack"),
        ("playground", "--exit"),
        ("mcp",),
    ],
    ids=" ".join,
)
def test_a_command_says_in_one_line_which_setting_is_not_valid(tmp_path: Path, command: tuple[str, ...]) -> None:
    environment = {"HCPCS_HOME": str(tmp_path), "HCPCS_MAX_CONNECTIONS": "many"}
    result = CliRunner().invoke(app, command, env=environment)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1), result.output
    assert result.stderr.startswith("hcpcs: HCPCS_MAX_CONNECTIONS is not valid")


@pytest.fixture
def secret_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that ``SLACK_BOT_TOKEN_FILE`` names, with a secret and the line end that editors add."""
    for variable in SECRETS:
        monkeypatch.delenv(variable, raising=False)
    path = tmp_path / "bot-token"
    path.write_text(f"{SECRETS['SLACK_BOT_TOKEN']}\n")
    monkeypatch.setenv("SLACK_BOT_TOKEN_FILE", str(path))
    return path


def test_every_secret_is_read_from_the_file_that_a_variable_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable, secret in SECRETS.items():
        monkeypatch.delenv(variable, raising=False)
        (tmp_path / variable).write_text(f"  {secret}\r\n")
        monkeypatch.setenv(f"{variable}_FILE", str(tmp_path / variable))
    assert http_secrets(SlackSettings()) == (SECRETS["SLACK_SIGNING_SECRET"], SECRETS["SLACK_BOT_TOKEN"])
    assert socket_secrets(SlackSettings()) == (SECRETS["SLACK_APP_TOKEN"], SECRETS["SLACK_BOT_TOKEN"])
    assert Settings().database_url.get_secret_value() == SECRETS["HCPCS_DATABASE_URL"]


def test_every_secret_has_its_case_here() -> None:
    secrets = {
        f"{settings.model_config.get('env_prefix')}{name}".upper()
        for settings in (Settings, SlackSettings)
        for name, field in settings.model_fields.items()
        if field.annotation is SecretStr
    }
    assert secrets == set(SECRETS)


def test_a_secret_is_read_once(secret_file: Path) -> None:
    slack = SlackSettings()
    secret_file.unlink()
    assert slack.bot_token.get_secret_value() == SECRETS["SLACK_BOT_TOKEN"]


def test_the_file_goes_before_the_token_that_slack_run_gives(
    secret_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_CLI_XOXB", "xoxb-another")
    assert SlackSettings().bot_token.get_secret_value() == SECRETS["SLACK_BOT_TOKEN"]


def test_a_blank_variable_names_no_file(secret_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "")
    assert SlackSettings().bot_token.get_secret_value() == SECRETS["SLACK_BOT_TOKEN"]
    monkeypatch.setenv("SLACK_BOT_TOKEN_FILE", "")
    assert SlackSettings().bot_token.get_secret_value() == ""


def test_a_secret_that_is_given_twice_is_refused(secret_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-another")
    with pytest.raises(SettingsError, match="^SLACK_BOT_TOKEN and SLACK_BOT_TOKEN_FILE are both set: unset one"):
        SlackSettings()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (None, r"can't be read \(No such file or directory\)"),
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"xoxb-one\nxoxb-two\n", "more than one line"),
        (b"\xff\xfexoxb", "not a text file"),
        (b"x" * (MAXIMUM_SECRET_BYTES + 1), "more than one line"),
    ],
    ids=["missing", "empty", "blank", "two lines", "not text", "too long"],
)
def test_a_file_without_one_secret_is_one_clear_line(secret_file: Path, content: bytes | None, problem: str) -> None:
    if content is None:
        secret_file.unlink()
    else:
        secret_file.write_bytes(content)
    with pytest.raises(SettingsError, match=f"^SLACK_BOT_TOKEN_FILE: {secret_file} .*{problem}") as error:
        SlackSettings()
    assert "xoxb" not in str(error.value)
    assert "\n" not in str(error.value)


def test_a_folder_is_not_a_secret(secret_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN_FILE", str(secret_file.parent))
    with pytest.raises(SettingsError, match=r"can't be read \(Is a directory\)"):
        SlackSettings()


def test_a_secret_is_not_in_the_text_of_the_settings(secret_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HCPCS_DATABASE_URL", SECRETS["HCPCS_DATABASE_URL"])
    assert "not-a-" not in f"{Settings()!r} {SlackSettings()!r}"
