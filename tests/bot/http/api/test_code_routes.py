"""One code over HTTP."""

from __future__ import annotations

import httpx2 as httpx

from hcpcs_bot.http.api.models import AnswerObject


async def test_a_code_is_answered_in_upper_and_lower_case(client: httpx.AsyncClient) -> None:
    answer = AnswerObject.model_validate_json((await client.get("/api/v1/codes/s9353")).content)
    assert answer.codes == ["S9353"]
    assert answer.records[0].source.release.startswith("HCPCS starter")


async def test_a_code_that_is_not_there_is_not_found_and_no_other_takes_its_place(client: httpx.AsyncClient) -> None:
    response = await client.get("/api/v1/codes/S9354")
    assert response.status_code == 404
    assert "S9354" in response.json()["detail"]
