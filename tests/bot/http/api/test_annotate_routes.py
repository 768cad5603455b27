"""A claims file over HTTP: the same columns as ``hcpcs annotate``, problems in one line, a limit of its own."""

from __future__ import annotations

import csv

import httpx2 as httpx
import pytest

from hcpcs.claims.annotation import COLUMNS
from hcpcs_bot.http.admission.body_limit import LARGER_BODIES, MAX_BODY
from hcpcs_bot.http.api.annotate_routes import ROWS_A_PART

PATH = "/api/v1/annotate"


async def test_a_table_comes_back_with_every_row(client: httpx.AsyncClient) -> None:
    rows = 2 * ROWS_A_PART + 1
    body = "claim,hcpcs,dos\n" + "".join(f"{n},S9353,2025-03-01\n" for n in range(rows - 1)) + "=x,nonsense,\n"
    response = await client.post(f"{PATH}?code=hcpcs&day=dos", content=body)
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    answered = list(csv.DictReader(response.text.splitlines()))
    assert len(answered) == rows
    assert set(COLUMNS) < set(answered[0])
    assert answered[0]["hcpcs_verdict"] == "not_payable"
    assert (answered[-1]["claim"], answered[-1]["hcpcs_problem"]) == ("'=x", "not an HCPCS Level II code")


async def test_an_x12_file_is_read(client: httpx.AsyncClient) -> None:
    response = await client.post(PATH, content="SV1*HC:S9353*100*UN*2~DTP*472*D8*20250301~")
    (row,) = csv.DictReader(response.text.splitlines())
    assert (row["hcpcs_code"], row["hcpcs_day"]) == ("S9353", "2025-03-01")


@pytest.mark.parametrize("body", [b"", b"secret,b\n", b"\xff\xfe\x00"])
async def test_a_body_without_the_column_is_a_problem_that_quotes_nothing(
    client: httpx.AsyncClient, body: bytes
) -> None:
    response = await client.post(f"{PATH}?code=hcpcs", content=body)
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/problem+json"
    assert "secret" not in response.text


async def test_a_claims_file_may_be_larger_than_other_bodies_up_to_its_own_limit(client: httpx.AsyncClient) -> None:
    larger = "code\n" + "S9353\n" * (MAX_BODY // 6 + 1)
    assert (await client.post("/api/v1/decode", content=larger)).status_code == 413
    assert (await client.post(PATH, content=larger[: MAX_BODY // 2])).status_code == 200
    declared = {"content-length": str(LARGER_BODIES[PATH].bytes + 1)}
    assert (await client.post(PATH, content=b"code\n", headers=declared)).status_code == 413
    declared = {"content-length": str(MAX_BODY + 1)}
    assert (await client.post(PATH, content=b"code\nS9353\n", headers=declared)).status_code == 200


@pytest.mark.parametrize("start", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"])
async def test_a_workbook_is_told_from_a_table_that_lacks_the_column(client: httpx.AsyncClient, start: bytes) -> None:
    response = await client.post(f"{PATH}?code=hcpcs", content=start + bytes(range(256)))
    assert response.status_code == 400
    assert "workbook" in response.json()["detail"]
