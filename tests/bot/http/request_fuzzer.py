"""Requests of any kind to every path of the query service, in process: none may be answered by a fault.

``python -m tests.bot.http.request_fuzzer --requests 100000 --home FOLDER`` is the long run (``make fuzz-http``).
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import quote, quote_from_bytes

from tests.bot.http.service_client import service_of

from hcpcs.answers.desk import Desk
from hcpcs_bot.bootstrap import open_desk
from hcpcs_bot.http.asgi import Asgi, Message
from hcpcs_bot.settings import Settings

GONE_SECONDS: Final = 5.0
"""Seconds after which a client that has no answer goes."""
PATHS: Final = (
    "/",
    "/changes",
    "/codes/{code}",
    "/codes/{code}.json",
    "/static/{text}",
    "/openapi.json",
    "/type-ahead",
    "/api/v1/ask",
    "/api/v1/search",
    "/api/v1/codes/{code}",
    "/api/v1/codes:batch",
    "/api/v1/compare",
    "/api/v1/changes",
    "/api/v1/history/{code}",
    "/api/v1/facts/{code}",
    "/api/v1/units",
    "/api/v1/decode",
    "/api/v1/fields",
    "/api/v1/release",
    "/api/v1/annotate",
    "/api/hcpcs/v3/search",
    "/fhir/R4/metadata",
    "/fhir/R4/CodeSystem",
    "/fhir/R4/ValueSet",
    "/fhir/R4/CodeSystem/{text}",
    "/fhir/R4/CodeSystem/$lookup",
    "/fhir/R4/CodeSystem/$validate-code",
    "/fhir/R4/CodeSystem/hcpcs-Level-II/$validate-code",
    "/fhir/R4/CodeSystem/$subsumes",
    "/fhir/R4/ValueSet/$expand",
    "/fhir/R4/ValueSet/hcpcs/$expand",
    "/fhir/R4/ValueSet/hcpcs/$validate-code",
    "/mcp",
    "/{text}",
)
PARAMETERS: Final = (
    "q terms count offset limit maxList df sf cf ef as_of day date state code units amount unit with page release kind "
    "from to format family coverage tos betos active system url version property display coding codeableConcept filter "
    "activeOnly _format _id mode includeDesignations zip"
).split()
WORDS: Final = (
    "S9353 s9328 E0601-RR 99213 D0120 J1745 RR S9999 insulin pump is covered TX 2025-03-01 2026-13-45 0 -1 7 500 501 "
    '9999999999999999999 true null code,display ef:alias is_noc:false code:E* AND OR NOT ( ) " [20250101 TO *] '
    "* ? ~ http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets json xml added coverage 100 mg days"
).split(" ")
METHODS: Final = ("GET",) * 6 + ("POST",) * 4 + ("HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "BREW")
TYPES: Final = (
    b"application/json",
    b"application/fhir+json",
    b"text/csv",
    b"text/plain",
    b"application/x-www-form-urlencoded",
    b"multipart/form-data; boundary=x",
    b"",
    b"\xff",
)
BODIES: Final[Sequence[bytes]] = (
    b"",
    b"{}",
    b"[]",
    b"null",
    b'{"question": "is S9353 covered?"}',
    b'{"text": "03/01/2025 S9353 x3"}',
    b'{"codes": [{"code": "S9353", "day": "2025-03-01"}, {"code": ""}]}',
    b"code,day\nS9353,2025-03-01\n\xff,x\n",
    b'claim,code,dos\n1,S9353,2025-03-01\n=1+1,"unclosed,x\n',
    b"ISA*00*          *00*          *ZZ*A            *ZZ*B            *250301*1200*^*00501*1*0*P*:~SV1*HC:S9353~",
    b'{"resourceType": "Parameters", "parameter": [{"name": "code", "valueCode": "S9353"}, {"name": "coding"}]}',
    b'{"resourceType": "Parameters", "parameter": {"name": 3}}',
    b'{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "ask", "arguments": {"question": "RR"}}}',
    b'{"jsonrpc": "2.0", "method": "\\u0000"}',
)


class FuzzedRequest(NamedTuple):
    """One request, and its body in parts."""

    method: str
    path: str
    query: bytes
    headers: tuple[tuple[bytes, bytes], ...]
    parts: tuple[bytes, ...]


def requests(seed: int) -> Iterator[FuzzedRequest]:
    """Requests without end; the same for the same seed."""
    chance = random.Random(seed)
    while True:
        method = chance.choice(METHODS)
        path = chance.choice(PATHS).replace("{code}", _text(chance)).replace("{text}", _text(chance))
        names = (chance.choice(PARAMETERS) for _ in range(chance.choice((0, 1, 1, 2, 2, 3, 5))))
        query = "&".join(f"{name}={quote(_text(chance), safe='')}" for name in names).encode()
        if chance.random() < 0.05:
            query = bytes(chance.randrange(256) for _ in range(chance.randrange(40)))
        parts = () if method in {"GET", "HEAD"} else _body(chance)
        yield FuzzedRequest(method, path, query, _headers(chance), parts)


def _text(chance: random.Random) -> str:
    """A word, several of them, or any characters."""
    kind = chance.random()
    if kind < 0.5:
        return chance.choice(WORDS)
    if kind < 0.8:
        return " ".join(chance.choices(WORDS, k=chance.randrange(1, 8)))
    if kind < 0.98:
        return "".join(chr(_character(chance)) for _ in range(chance.randrange(1, 30)))
    return chance.choice(WORDS) * chance.randrange(1, 2_000)


def _character(chance: random.Random) -> int:
    code = chance.choice((chance.randrange(128), chance.randrange(0x2000), chance.randrange(0x110000)))
    return 63 if 0xD800 <= code < 0xE000 else code


def _headers(chance: random.Random) -> tuple[tuple[bytes, bytes], ...]:
    headers = [(b"host", b"desk.example.com")]
    for name, values in (
        (b"content-type", TYPES),
        (b"accept", (b"*/*", b"text/csv", b"application/fhir+xml", b"application/json, text/event-stream", b"\xfe")),
        (b"accept-encoding", (b"gzip", b"identity", b"br;q=0")),
        (b"if-none-match", (b"*", b'"x"', b'W/"', b"\xff")),
        (b"origin", (b"null", b"https://a.example", b"\xff")),
        (b"authorization", (b"Bearer x", b"Basic eDp4", b"\xff")),
        (b"content-length", (b"0", b"-1", b"99999999999", b"x")),
        (b"host", (b"", b"a b", b"\xff", b"[::1]:80", b"x/y")),
    ):
        if chance.random() < 0.3:
            headers = [header for header in headers if header[0] != name] + [(name, chance.choice(values))]
    return tuple(headers)


def _body(chance: random.Random) -> tuple[bytes, ...]:
    body = chance.choice(BODIES)
    if chance.random() < 0.3:
        changed = bytearray(body)
        for _ in range(chance.randrange(1, 6)):
            changed.insert(chance.randrange(len(changed) + 1), chance.randrange(256))
        body = bytes(changed)
    if chance.random() < 0.01:
        body = body * chance.randrange(1, 3_000)
    middle = chance.randrange(len(body) + 1)
    return (body[:middle], body[middle:])


async def ask(service: Asgi, request: FuzzedRequest) -> tuple[int, dict[bytes, bytes], bytes]:
    """The status, headers and body of the answer. Raises what the service raises."""
    parts = list(request.parts) or [b""]
    answer: list[Message] = []

    async def receive() -> Message:
        if parts:
            return {"type": "http.request", "body": parts.pop(0), "more_body": bool(parts)}
        # The client stays until it has its answer.
        await asyncio.sleep(GONE_SECONDS)
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        answer.append(message)

    scope: dict[str, Any] = {
        "type": "http",
        "http_version": "1.1",
        "method": request.method,
        "scheme": "http",
        "path": request.path,
        "raw_path": quote_from_bytes(request.path.encode()).encode(),
        "root_path": "",
        "query_string": request.query,
        "headers": list(request.headers),
        "client": ("192.0.2.1", 1),
        "server": ("desk.example.com", 80),
    }
    await service(scope, receive, send)
    body = b"".join(message.get("body", b"") for message in answer[1:])
    return answer[0]["status"], dict(answer[0]["headers"]), body


def fault_of(request: FuzzedRequest, status: int, headers: dict[bytes, bytes]) -> str:
    """What is wrong with an answer; blank if nothing is."""
    if status >= 500 and status != 501:
        return f"{status}"
    media_type = headers.get(b"content-type", b"").decode("latin-1")
    if status >= 400 and request.path.startswith("/api/") and media_type != "application/problem+json":
        return f"{status} as {media_type}"
    if status >= 400 and request.path.startswith("/fhir/") and media_type != "application/fhir+json":
        return f"{status} as {media_type}"
    return ""


async def fuzz(desk: Callable[[], Desk], count: int, seed: int = 1) -> list[str]:
    """The faults of ``count`` requests, each with the request; prints the statuses."""
    service = service_of(desk)
    faults: list[str] = []
    statuses: Counter[int] = Counter()
    for number, request in enumerate(requests(seed)):
        if number >= count:
            break
        try:
            async with asyncio.timeout(30):
                status, headers, _ = await ask(service, request)
        except Exception as error:  # noqa: BLE001 - any fault is what is looked for
            faults.append(f"{type(error).__name__}: {request}")
            continue
        statuses[status] += 1
        if fault := fault_of(request, status, headers):
            faults.append(f"{fault}: {request}")
    counts = ", ".join(f"{status}: {number:,}" for status, number in sorted(statuses.items()))
    summary = f"{count:,} requests ({counts}), {len(faults)} faults"
    sys.stdout.write(f"{summary}\n")
    return faults


def main(arguments: Sequence[str]) -> int:
    """Prints the first faults; 1 if there was one."""
    parser = argparse.ArgumentParser(prog="request_fuzzer", description=__doc__)
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--home", type=Path, required=True)
    options = parser.parse_args(arguments)
    desk = open_desk(Settings().at(options.home))
    faults = asyncio.run(fuzz(lambda: desk, options.requests, options.seed))
    sys.stdout.write("\n".join(faults[:20]) + "\n" if faults else "")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
