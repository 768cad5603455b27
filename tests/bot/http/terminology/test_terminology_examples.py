"""The answers in the documentation of NLM's search and FHIR's terminology service are the answers."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest

DOCS = Path(__file__).resolve().parents[4] / "docs"
PAGES = [page for page in (DOCS / "nlm.md", DOCS / "fhir.md") if page.exists()]
EXAMPLE = re.compile(r"```sh\ncurl '(http://localhost:3000[^']+)'\n```\n```json\n(.*?)```", re.DOTALL)


def agrees(stated: Any, answered: Any) -> bool:
    """Whether an answer is what the page states; ``"..."`` in a list or object stands for what the page leaves out."""
    if isinstance(stated, dict):
        whole = "..." in stated or stated.keys() == answered.keys()
        return whole and all(agrees(value, answered[key]) for key, value in stated.items() if key != "...")
    if isinstance(stated, list):
        if "..." in stated:
            return all(any(agrees(one, other) for other in answered) for one in stated if one != "...")
        return len(stated) == len(answered) and all(map(agrees, stated, answered))
    return bool(stated == answered)


@pytest.mark.parametrize(
    ("url", "stated"),
    [pytest.param(*example, id=example[0]) for page in PAGES for example in EXAMPLE.findall(page.read_text("utf-8"))],
)
async def test_the_answer_is_as_stated(client: httpx.AsyncClient, url: str, stated: str) -> None:
    answered = (await client.get(url.removeprefix("http://localhost:3000"))).json()
    assert agrees(json.loads(stated), answered), json.dumps(answered, indent=1)
