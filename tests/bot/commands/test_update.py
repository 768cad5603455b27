"""The command ``hcpcs update``: what it says, in text and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.bot.cms_page import path_of
from tests.cms_server import PAGE_PATH, CmsServer
from typer.testing import CliRunner

from hcpcs_bot.cli import app

pytestmark = pytest.mark.slow


def hcpcs(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["update", *words])
    return result.exit_code, result.stdout, result.stderr


def test_it_says_what_it_did(cms: CmsServer, tmp_path: Path) -> None:
    home = ("--home", str(tmp_path))
    code, out, _ = hcpcs("--url", cms.url(path_of("july")), *home)
    assert code == 0
    code, out, _ = hcpcs("--url", cms.url(PAGE_PATH), *home, "--dry-run")
    assert code == 0
    assert "Would load HCPCS October 2025" in out
    code, out, _ = hcpcs("--url", cms.url(PAGE_PATH), *home)
    assert code == 0
    assert "october-2025-alpha-numeric-hcpcs-file.zip: HCPCS October 2025" in out
    assert "Changes from 2025-07 to 2025-10: 1 added, 1 discontinued" in out
    assert "hcpcs changes 2025-07 2025-10" in out
    assert "SHA-256" in out
    code, out, _ = hcpcs("--url", cms.url(PAGE_PATH), *home)
    assert code == 0
    assert "Already up to date: HCPCS October 2025 is loaded." in out


def test_it_states_the_same_as_json(cms: CmsServer, tmp_path: Path) -> None:
    hcpcs("--url", cms.url(path_of("july")), "--home", str(tmp_path))
    code, out, _ = hcpcs("--url", cms.url(PAGE_PATH), "--home", str(tmp_path), "--json")
    report = json.loads(out)
    assert code == 0
    assert report["outcome"] == "loaded"
    assert report["newest"]["id"] == "2025-10"
    assert report["former"]["id"] == "2025-07"
    assert report["changes"]["coverage"] == 1
    assert report["digest"] == report["newest"]["digest"]


def test_it_fails_in_one_line(tmp_path: Path) -> None:
    code, out, err = hcpcs("--url", "http://www.cms.gov/x", "--home", str(tmp_path))
    assert code == 1
    assert out == ""
    assert err == "hcpcs: http://www.cms.gov/x: only https addresses are accepted\n"
