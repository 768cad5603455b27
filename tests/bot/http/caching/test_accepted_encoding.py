"""Whether a client takes gzip, and that one which does not never gets it."""

from __future__ import annotations

import httpx2 as httpx
import pytest

from hcpcs_bot.http.caching.accepted_encoding import takes_gzip

KEPT = "/api/v1/codes/S9353"
NOT_KEPT = "/api/v1/fields"


@pytest.mark.parametrize(
    ("header", "taken"),
    [
        ("gzip", True),
        ("GZIP", True),
        ("deflate, gzip;q=0.001, br", True),
        ("x-gzip", True),
        ("*", True),
        ("gzip;level=9", True),
        ("", False),
        ("identity", False),
        ("br, notgzip", False),
        ("gzip;q=0", False),
        ("gzip; q=0.000", False),
        ("gzip ; Q=0, *", False),
        ("*;q=0", False),
        ("*;q=0, gzip", True),
    ],
)
def test_a_header_takes_gzip_by_name_or_star_unless_its_weight_is_zero(header: str, taken: bool) -> None:
    assert takes_gzip(header) is taken


@pytest.mark.parametrize("path", [KEPT, NOT_KEPT])
@pytest.mark.parametrize("header", ["gzip;q=0", "identity, gzip;q=0.0", "br"])
async def test_no_answer_is_compressed_for_who_refuses_gzip(client: httpx.AsyncClient, path: str, header: str) -> None:
    plain = await client.get(path, headers={"accept-encoding": "identity"})
    compressed = await client.get(path, headers={"accept-encoding": "br, gzip;q=0.5"})
    assert compressed.headers["content-encoding"] == "gzip"
    for _ in range(2):
        refused = await client.get(path, headers={"accept-encoding": header})
        assert "content-encoding" not in refused.headers
        assert refused.content == plain.content == compressed.content
