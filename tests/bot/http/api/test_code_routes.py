"""One code over HTTP."""

from __future__ import annotations

from itertools import chain, repeat
from pathlib import Path

import httpx2 as httpx
import pytest
from tests.bot.http.service_client import client_of, service_of
from tests.src.hcpcs.answers.facts.facts_desk import facts_desk

from hcpcs_bot.http.api.models import AnswerObject


async def test_a_code_is_answered_in_upper_and_lower_case(client: httpx.AsyncClient) -> None:
    answer = AnswerObject.model_validate_json((await client.get("/api/v1/codes/s9353")).content)
    assert answer.codes == ["S9353"]
    assert answer.records[0].source.release.startswith("HCPCS starter")


async def test_a_code_that_is_not_there_is_not_found_and_no_other_takes_its_place(client: httpx.AsyncClient) -> None:
    response = await client.get("/api/v1/codes/S9354")
    assert response.status_code == 404
    assert "S9354" in response.json()["detail"]


@pytest.mark.parametrize("calls", range(6))
async def test_an_answer_is_of_one_release_though_another_comes_into_use_meanwhile(tmp_path: Path, calls: int) -> None:
    former, newer = facts_desk(tmp_path, loaded=False), facts_desk(tmp_path)
    in_use = chain(repeat(former, calls), repeat(newer))
    async with client_of(service_of(lambda: next(in_use))) as client:
        body = (await client.get("/api/v1/codes/E0601?state=TX")).json()
    async with client_of(service_of(lambda: former)) as client:
        of_former = (await client.get("/api/v1/codes/E0601?state=TX")).json()
    assert (body["answer_id"] == of_former["answer_id"]) is (body["facts"] == [])


async def test_a_field_that_is_not_known_is_refused_without_its_name(client: httpx.AsyncClient) -> None:
    response = await client.post("/api/v1/codes:batch", json={"codes": [{"code": "S9353", "Jane Doe": 1}]})
    assert response.status_code == 400
    assert response.json()["detail"] == "codes.0: Extra inputs are not permitted."
