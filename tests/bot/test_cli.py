"""The command line as people and programs meet it: text, JSON, pipes, errors and exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from tests.answer_contract import ANSWER_KEYS
from typer.testing import CliRunner

from hcpcs_bot.cli import app

RELEASES = "releases"
NEWEST = "october-2025-alpha-numeric-hcpcs-file.reconstructed.zip"


BELL = "\x1b]0;title\x07\x9b31mZ9\u202e"
"""What sets the title of a terminal, its color, and the direction of what follows."""


@pytest.fixture
def hcpcs(tmp_path: Path) -> Any:
    """Run ``hcpcs`` with an empty home: ``hcpcs("ask", "S9353")``."""

    def run(*arguments: str, typed: str | bytes | None = None) -> Result:
        return CliRunner().invoke(app, list(arguments), input=typed, env={"HCPCS_HOME": str(tmp_path / "home")})

    return run


@pytest.fixture(scope="module")
def loaded(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Run ``hcpcs`` with the release of October 2025 loaded."""
    home = tmp_path_factory.mktemp("loaded")

    def run(*arguments: str, typed: str | bytes | None = None) -> Result:
        return CliRunner().invoke(app, list(arguments), input=typed, env={"HCPCS_HOME": str(home)})

    result = run("load", str(shared_data / RELEASES / NEWEST))
    assert result.exit_code == 0, result.output
    return run


def objects(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_fresh_machine_answers_the_documented_questions(hcpcs: Any) -> None:
    card = hcpcs("ask", "/hcpcs", "S9328")
    assert card.exit_code == 0
    assert "Hit pain imp pump diem" in card.stdout
    coverage = hcpcs("ask", "is S9353 payable by Medicare?")
    assert coverage.stdout.startswith("No. S9353 is not payable by Medicare.")


def test_the_home_may_be_named_before_the_command(hcpcs: Any, tmp_path: Path) -> None:
    home = tmp_path / "other"
    for option in (["--home", str(home)], [f"--home={home}"]):
        assert f"Home: {home}" in " ".join(hcpcs(*option, "status").stdout.split())
    assert hcpcs("--home", str(home), "db", "upgrade").exit_code == 0
    assert (home / "state.sqlite3").exists()
    assert hcpcs("--home", str(home)).exit_code == 2


def test_no_line_is_wider_than_80_columns(hcpcs: Any) -> None:
    for question in ("S9328", "is S9353 payable?", "help", "compare S9328 and S9353"):
        assert max(map(len, hcpcs("ask", question).stdout.splitlines())) <= 80


def test_the_json_has_the_keys_of_the_contract(hcpcs: Any) -> None:
    (answer,) = objects(hcpcs("ask", "--json", "is S9353 payable by Medicare?"))
    assert tuple(answer) == ANSWER_KEYS
    assert answer["question"] == "is S9353 payable by Medicare?"
    assert (answer["intent"], answer["outcome"], answer["verdict"]) == ("coverage", "answered", "not_payable")
    (record,) = answer["records"]
    assert {"name": "coverage", "label": "Coverage code", "value": "I", "meaning": "Not payable by Medicare"} in (
        record["fields"]
    )


def test_explain_shows_first_how_the_question_was_understood(hcpcs: Any) -> None:
    shown = hcpcs("ask", "--explain", "is S9353 coverd by medicaer?").stdout
    explained, answer = shown.split("No. S9353 is not payable by Medicare.")
    assert "Read as: is S9353 covered by medicare?" in explained
    for stage in ("misspelled words", "codes", "phrases", "features", "whether a code is paid -> coverage", "a code"):
        assert stage in explained
    assert hcpcs("ask", "is S9353 coverd by medicaer?").stdout.endswith(answer)


def test_explain_adds_one_key_to_the_json(hcpcs: Any) -> None:
    (plain,) = objects(hcpcs("ask", "--json", "S9353 covered? blue"))
    (explained,) = objects(hcpcs("ask", "--json", "--explain", "S9353 covered? blue"))
    trace = explained.pop("explain")
    assert explained == plain
    assert trace["rule"] == "whether a code is paid"
    assert trace["unused"] == ["blue"]


def test_one_question_a_line_gives_one_object_a_line_in_order(hcpcs: Any) -> None:
    typed = b"S9353\n\nS9328\n\xff\xfe broken bytes \x00\n" + b"x" * 100_000 + b"\n"
    answers = objects(hcpcs("ask", "--json", "-", typed=typed))
    assert len(answers) == 5
    assert [answer["codes"] for answer in answers[:3]] == [["S9353"], [], ["S9328"]]


def test_show_prints_every_field(hcpcs: Any) -> None:
    first, second = objects(hcpcs("show", "S9353", "s9328", "--json"))
    assert (first["code"], first["kind"], first["active"]) == ("S9353", "procedure", True)
    assert second["code"] == "S9328"
    assert [field["name"] for field in first["fields"]][:4] == ["code", "kind", "long_description", "short_description"]


@pytest.mark.parametrize(
    "command", [("show", BELL), ("compare", "S9353", BELL), ("load", BELL), ("serve", "--host", BELL)]
)
def test_a_control_character_of_an_argument_never_reaches_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("HCPCS_HOME", str(tmp_path))
    extra = ("--no-slack", "--starter") if command[0] == "serve" else ()
    # In color, as on a terminal: elsewhere the escape sequences are left out of every output.
    result = CliRunner().invoke(app, [*command, *extra], color=True)
    assert not set(result.output) & {"\x1b", "\x07", "\x9b", "\u202e"}
    assert result.exit_code == (0 if command[0] == "compare" else 1)


def test_showing_a_missing_code_fails_and_says_how_to_load(hcpcs: Any) -> None:
    result = hcpcs("show", "E0601")
    assert result.exit_code == 1
    assert "hcpcs update" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_status_of_the_starter(hcpcs: Any) -> None:
    (status,) = objects(hcpcs("status", "--json"))
    assert (status["starter"], status["procedures"], status["modifiers"]) == (True, 2, 0)


@pytest.mark.slow
def test_loading_says_what_was_loaded(loaded: Any) -> None:
    (status,) = objects(loaded("status", "--json"))
    assert status["release"] == "HCPCS October 2025"
    assert (status["procedures"], status["modifiers"], status["terminated"]) == (8463, 383, 1225)
    assert "8,463" in loaded("status").stdout
    assert "CMS publishes quarterly" in loaded("status").stdout
    assert status["outdated"] is True


@pytest.mark.slow
@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02" * 100, b"PK\x03\x04 broken", b"just some words\n"])
def test_a_wrong_file_gives_one_error_and_changes_nothing(loaded: Any, tmp_path: Path, content: bytes) -> None:
    wrong = tmp_path / "wrong.zip"
    wrong.write_bytes(content)
    before = loaded("status", "--json").stdout
    result = loaded("load", str(wrong))
    assert result.exit_code == 1
    assert "wrong.zip" in result.stderr.splitlines()[-1]
    assert "Traceback" not in result.output
    assert loaded("status", "--json").stdout == before


def test_a_file_that_is_not_there(hcpcs: Any, tmp_path: Path) -> None:
    result = hcpcs("load", str(tmp_path / "absent.zip"))
    assert result.exit_code == 1
    assert "absent.zip" in result.stderr


@pytest.mark.slow
def test_search_in_json_says_why(loaded: Any) -> None:
    (result,) = objects(loaded("search", "keytruda", "--json", "--limit", "1"))
    assert result["query"] == "keytruda"
    (hit,) = result["hits"]
    assert hit["code"] == "J9271"
    assert hit["active"] is True
    assert "pembrolizumab" in hit["why"][0]


@pytest.mark.slow
def test_search_takes_one_query_a_line(loaded: Any) -> None:
    results = objects(loaded("search", "--json", "-", typed="cpap machine\nwheelchair\n"))
    assert [result["query"] for result in results] == ["cpap machine", "wheelchair"]
    assert "\nSource: HCPCS October 2025 (digest " in loaded("search", "cpap machine").stdout


@pytest.mark.slow
def test_search_filters(loaded: Any) -> None:
    (result,) = objects(loaded("search", "--json", "--family", "E06", "--coverage", "d", "--active", "pressure device"))
    assert result["hits"]
    assert all(hit["code"].startswith("E06") for hit in result["hits"])


@pytest.mark.slow
def test_a_code_is_shown_with_its_modifiers_and_others_are_named(loaded: Any) -> None:
    (row,) = objects(loaded("show", "E0601-RR", "--json"))
    assert row["code"] == "E0601"
    result = loaded("show", "99213")
    assert result.exit_code == 1
    assert "CPT" in result.stderr


@pytest.mark.slow
def test_changes_take_releases_by_id_label_or_year(loaded: Any) -> None:
    for named in ("2025-10", "october 2025", "HCPCS October 2025", "2025"):
        assert loaded("changes", named, "2025-10").stdout.startswith("0 changes.\nSource: HCPCS October 2025 (digest ")
    result = loaded("changes", "2019")
    assert result.exit_code == 1
    assert "Loaded: 2025-10" in result.stderr


@pytest.mark.slow
def test_changes_of_one_release_are_its_action_codes(loaded: Any) -> None:
    rows = objects(loaded("changes", "--json"))
    assert len(rows) == 99
    assert set(rows[0]) == {"code", "kind", "before", "after"}
    assert loaded("changes", "--csv").stdout.startswith("code,kind,field,before,after")
    assert loaded("changes", "--markdown").stdout.startswith("| code |")


@pytest.mark.parametrize(
    "arguments",
    [("ask", "--as-of", "yesterday", "S9353"), ("compare", "S9353"), ("changes", "--csv", "--json"), ("nonsense",)],
)
def test_bad_usage_ends_with_2(hcpcs: Any, arguments: tuple[str, ...]) -> None:
    assert hcpcs(*arguments).exit_code == 2


@pytest.mark.slow
def test_an_unknown_release_is_one_line(loaded: Any) -> None:
    result = loaded("changes", "1999-01", "2025-10")
    assert result.exit_code == 1
    assert result.stderr.startswith("hcpcs: ")


@pytest.mark.parametrize(
    ("environment", "error"),
    [
        ({}, "SLACK_SIGNING_SECRET is not set"),
        ({"SLACK_SIGNING_SECRET": "a b"}, "SLACK_SIGNING_SECRET is not valid"),
        ({"SLACK_SIGNING_SECRET": "8f742231b10e8888"}, "SLACK_BOT_TOKEN is not set"),
        ({"SLACK_SIGNING_SECRET": "8f742231b10e8888", "SLACK_BOT_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN is not valid"),
    ],
)
def test_serving_without_secrets_stops_with_a_clear_line(
    tmp_path: Path, environment: dict[str, str], error: str
) -> None:
    environment = {"HCPCS_HOME": str(tmp_path), "SLACK_SIGNING_SECRET": "", "SLACK_BOT_TOKEN": "", **environment}
    result = CliRunner().invoke(app, ["serve"], env=environment)
    assert result.exit_code == 1
    assert error in result.stderr
    assert all(secret not in result.output for secret in environment.values() if len(secret) > 8)


def test_a_stand_in_for_slack_must_be_on_this_machine(tmp_path: Path) -> None:
    environment = {"HCPCS_HOME": str(tmp_path), "SLACK_SIGNING_SECRET": "8f742231b10e8888", "SLACK_BOT_TOKEN": "xoxb-1"}
    result = CliRunner().invoke(app, ["serve", "--slack-api", "https://example.com/api/"], env=environment)
    assert result.exit_code == 1
    assert "--slack-api must be an address on this machine" in result.stderr


@pytest.mark.slow
def test_filters_can_be_typed_in_a_search(loaded: Any) -> None:
    (result,) = objects(loaded("search", "--json", "family:E06 coverage:D pressure device"))
    assert result["query"] == "family:E06 coverage:D pressure device"
    assert result["hits"]
    assert all(hit["code"].startswith("E06") for hit in result["hits"])
