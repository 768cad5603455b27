"""Questions over HTTP: the same object as on the command line, and as the documentation describes it."""

from __future__ import annotations

from datetime import date

import httpx2 as httpx
import pytest
from tests.bot.http.service_client import TODAY

from hcpcs.answers.rendering.json_form import answer_json
from hcpcs_bot.bootstrap import starter_desk
from hcpcs_bot.http.api.models import AnswerObject

QUESTIONS = ["is S9353 payable by Medicare?", "S9328", "insulin", "what changed", "help", "12345", "thanks", ""]


@pytest.mark.parametrize("question", QUESTIONS)
async def test_the_answer_is_the_command_line_s(client: httpx.AsyncClient, question: str) -> None:
    expected = answer_json(starter_desk().ask(question, today=TODAY))
    read = await client.get("/api/v1/ask", params={"q": question})
    posted = await client.post("/api/v1/ask", json={"question": question})
    assert read.json() == posted.json() == expected
    AnswerObject.model_validate_json(read.content)


async def test_a_day_of_service_can_be_given(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/v1/ask", params={"q": "is S9353 active", "as_of": "2001-01-01"})
    expected = starter_desk().ask("is S9353 active", today=TODAY, as_of=date(2001, 1, 1))
    assert answer.json()["headline"] == expected.headline
