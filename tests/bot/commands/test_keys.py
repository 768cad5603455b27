"""``hcpcs keys``: making, listing and revoking API keys."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from hcpcs_bot.cli import app


def run(home: Path, *arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["keys", *arguments, "--home", str(home)])
    return result.exit_code, result.stdout, result.stderr


def test_a_key_is_printed_once_and_listed_by_name(tmp_path: Path) -> None:
    assert "no keys" in run(tmp_path, "list")[1]
    code, out, _ = run(tmp_path, "add", "billing")
    assert (code, out[:6]) == (0, "hcpcs_")
    listed = run(tmp_path, "list")[1]
    assert listed.startswith("billing  made ")
    assert listed.endswith("valid\n")
    assert out.strip() not in listed
    assert run(tmp_path, "revoke", "billing")[:2] == (0, "Revoked: billing.\n")
    assert '"revoked_on":"2' in run(tmp_path, "list", "--json")[1]


def test_what_can_not_be_done_is_one_line(tmp_path: Path) -> None:
    for arguments in (("add", "a b"), ("revoke", "nobody")):
        code, _, error = run(tmp_path, *arguments)
        assert (code, error.startswith("hcpcs: "), error.count("\n")) == (1, True, 1)
