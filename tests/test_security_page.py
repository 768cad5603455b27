"""The threat model names, for each threat, a test that exists."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[1]
PAGE: Final = (ROOT / "docs/security.md").read_text(encoding="utf-8")
ROWS: Final = [row for row in re.findall(r"^\| (.*) \|$", PAGE, flags=re.M) if not re.match(r"threat |---", row)]
REFERENCE: Final = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split(" | ")[0][:50])
def test_every_threat_has_a_defense_and_a_test_that_exists(row: str) -> None:
    cells = row.split(" | ")
    assert len(cells) == 3
    assert all(cells)
    references = REFERENCE.findall(cells[2])
    assert cells[2] == ", ".join(f"`{file}::{name}`" for file, name in references)
    for file, name in references:
        text = (ROOT / file).read_text(encoding="utf-8")
        assert re.search(rf"^ *(?:async )?def {name}\(", text, flags=re.M), f"{file} has no {name}"


def test_the_page_is_about_requests_files_and_deployment() -> None:
    assert len(ROWS) > 40


def test_a_hole_is_reported_in_private_at_no_invented_address() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    assert "Report a vulnerability" in text
    assert "Supported versions" in text
    assert not re.search(r"\S+@\S+|https?://", text)
