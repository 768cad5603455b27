"""``hcpcs update`` of companion files on the command line: what it says, its exit code, and being killed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.bot.companion_site import CompanionSite
from tests.cms_server import CmsServer
from typer.testing import CliRunner

from hcpcs_bot.cli import app

pytestmark = pytest.mark.slow

LIMITS = "january-2026-medicare-part-b-payment-limit-files-final.zip"


@pytest.fixture
def site(cms: CmsServer, monkeypatch: pytest.MonkeyPatch) -> CompanionSite:
    monkeypatch.setenv("HCPCS_CMS_URL", cms.address + "/")
    return CompanionSite(cms)


def hcpcs(home: Path, *words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [*words, "--home", str(home)])
    return result.exit_code, result.stdout, result.stderr


def test_each_kind_is_one_line(site: CompanionSite, tmp_path: Path) -> None:
    code, out, err = hcpcs(tmp_path, "update", "--only", "asp", "--only", "opps", "--only", "prior_authorization")
    assert (code, err) == (0, "")
    text = " ".join(out.split())
    assert text.startswith("Loaded Medicare Part B payment limits January 2026, 3 rows, from http://")
    assert "Not fetched: OPPS Addendum B January 2026: it asks to accept a license, which only you can do" in text
    assert "/license/ama?file=/files/zip/january-2026-opps-addendum-b.zip" in text
    assert "Not fetched: Required Prior Authorization List: CMS publishes it as a PDF" in text
    code, out, _ = hcpcs(tmp_path, "update", "--only", "asp")
    text = " ".join(out.split())
    assert text == (
        "Already up to date: Medicare Part B payment limits January 2026 is loaded. "
        "Its quarter ended on March 31, 2026, and CMS's page has no newer edition."
    )


def test_a_failure_is_one_line_the_exit_code_and_in_the_status(site: CompanionSite, tmp_path: Path) -> None:
    del site.cms.things[f"/files/zip/{LIMITS}"]
    code, out, err = hcpcs(tmp_path, "update", "--only", "asp", "--only", "ndc", "--json")
    report = json.loads(out)
    assert code == 1
    assert [(one["kind"], one["outcome"]) for one in report["companions"]] == [("asp", "failed"), ("ndc", "loaded")]
    assert "outcome" not in report, "the release was not asked for"
    (line,) = err.splitlines()
    assert line.startswith("hcpcs: Medicare Part B payment limits (--only asp): http://")
    assert line.endswith("was not found (404); it may have moved: give its address with --url")
    assert report["failures"] == [line.removeprefix("hcpcs: ")]
    _, out, _ = hcpcs(tmp_path, "status")
    assert "failed: Medicare Part B payment limits: http://" in " ".join(out.split())
    _, out, _ = hcpcs(tmp_path, "status", "--json")
    updates = {one["kind"]: one["outcome"] for one in json.loads(out)["updates"]}
    assert updates == {"asp": "failed", "ndc": "loaded"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--only", "fees"), "'fees' is not one of codes, dmepos, asp,"),
        (("--url", "https://x.example/a.zip", "--only", "asp", "--only", "ndc"), "is of one kind"),
    ],
)
def test_bad_usage_is_said(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    code, _, err = hcpcs(tmp_path, "update", *words)
    assert code == 2
    assert said in " ".join(err.replace("│", " ").split())


@pytest.mark.slow
def test_an_update_that_is_killed_leaves_what_was_and_the_next_one_resumes(site: CompanionSite, tmp_path: Path) -> None:
    home = tmp_path / "home"
    command = [sys.executable, "-m", "hcpcs_bot", "update", "--only", "asp", "--only", "mue", "--home", str(home)]
    slow = site.cms.things["/files/zip/medicare-ncci-2026-q1-dme-supplier-services-mue-table.zip"]
    slow.chunk, slow.pause = 10, 0.2
    update = subprocess.Popen(command, env=os.environ | {"HCPCS_CMS_URL": site.cms.address})
    part = home / "downloads" / "mue_dme" / "medicare-ncci-2026-q1-dme-supplier-services-mue-table.zip.part"
    for _ in range(600):
        if part.exists() and part.stat().st_size > 20:
            break
        time.sleep(0.1)
    update.kill()
    update.wait()
    assert part.exists()
    assert not (home / "CURRENT").exists(), "nothing is published before everything was read"
    slow.pause = 0.0
    code, _, _ = hcpcs(home, "update", "--only", "asp", "--only", "mue")
    assert code == 0
    assert any(path.endswith("dme-supplier-services-mue-table.zip") and wanted for path, wanted in site.cms.asked)
    _, out, _ = hcpcs(home, "status", "--json")
    assert {one["kind"] for one in json.loads(out)["editions"]} == {
        "asp", "mue_practitioner", "mue_outpatient_hospital", "mue_dme",
    }  # fmt: skip
