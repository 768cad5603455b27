"""MCP with the package's own client: over standard input and output of a real process, and over HTTP."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

import httpx2 as httpx
import pytest
import uvicorn
from mcp import Client, StdioServerParameters
from mcp.types import CallToolResult, TextContent, TextResourceContents
from tests.bot.commands.test_load import hcpcs
from tests.bot.http.service_client import service_of
from tests.bot.some_releases import JULY, OCTOBER

from hcpcs.catalog.catalog import Catalog
from hcpcs_bot.bootstrap import desk_of, starter_desk
from hcpcs_bot.http.api.mcp.mcp_server import create_mcp_server
from hcpcs_bot.http.api.models import AnswerObject, ChangesObject, FactsObject, SearchObject
from hcpcs_bot.http.query_context import QueryContext
from hcpcs_bot.serving.http_server import open_listener

pytestmark = pytest.mark.slow

TODAY = date(2026, 1, 15)
TOOLS = {"ask", "lookup", "search", "validate", "coverage", "changes", "compare", "units", "facts", "decode"}


@asynccontextmanager
async def in_this_process() -> AsyncIterator[Client]:
    """A client of the starter's server."""
    async with Client(create_mcp_server(QueryContext(starter_desk, lambda: TODAY))) as client:
        yield client


def text_of(result: CallToolResult) -> str:
    """The words of a result."""
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


async def test_a_process_speaks_the_protocol_on_standard_output(tmp_path: Path) -> None:
    arguments = ["-m", "hcpcs_bot", "mcp", "--home", str(tmp_path)]
    process = StdioServerParameters(command=sys.executable, args=arguments, env=dict(os.environ))
    async with Client(process) as client:
        assert {tool.name for tool in (await client.list_tools()).tools} == TOOLS
        answer = await client.call_tool("coverage", {"code": "S9353"})
        assert "No. S9353 is not payable by Medicare." in text_of(answer)


@pytest.fixture
def address() -> Iterator[str]:
    """Where a server of the starter listens."""
    with open_listener("127.0.0.1", 0) as listener:
        server = uvicorn.Server(uvicorn.Config(service_of(starter_desk), log_config=None, ws="none"))
        serving = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listener])))
        serving.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/mcp"
        server.should_exit = True
        serving.join()


async def test_a_server_answers_over_http(address: str) -> None:
    async with Client(address) as client:
        assert {tool.name for tool in (await client.list_tools()).tools} == TOOLS
        answers = await asyncio.gather(*(client.call_tool("lookup", {"code": "S9353"}) for _ in range(5)))
        (content,) = (await client.read_resource("hcpcs://codes/S9328")).contents
    assert {AnswerObject.model_validate(one.structured_content).codes[0] for one in answers} == {"S9353"}
    assert isinstance(content, TextResourceContents)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff", b'{"jsonrpc": "2.0", "id": 1, "method": "no"}'])
async def test_a_body_that_is_not_of_the_protocol_is_refused(client: httpx.AsyncClient, body: bytes) -> None:
    headers = {"content-type": "application/json", "accept": "application/json, text/event-stream"}
    response = await client.post("/mcp", content=body, headers=headers)
    assert response.status_code < 500
    assert b"error" in response.content


async def test_a_start_that_failed_is_tried_again(client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: QueryContext) -> None:
        raise MemoryError

    with monkeypatch.context() as failing:
        failing.setattr("hcpcs_bot.http.api.mcp.mcp_endpoint._make_manager", fail)
        assert (await client.post("/mcp", content=b"{}")).status_code == 500
    assert (await client.post("/mcp", content=b"{}")).status_code == 400


async def test_only_posts_are_taken(client: httpx.AsyncClient) -> None:
    for method in ("GET", "DELETE"):
        assert (await client.request(method, "/mcp")).status_code == 405


async def test_every_tool_only_reads_and_describes_its_object() -> None:
    async with in_this_process() as client:
        for tool in (await client.list_tools()).tools:
            assert tool.annotations is not None
            assert (tool.annotations.read_only_hint, tool.annotations.destructive_hint) == (True, False)
            assert tool.description
            assert tool.output_schema is not None
            assert tool.output_schema["type"] == "object"


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("ask", {"question": "is S9353 payable by Medicare?"}),
        ("lookup", {"code": "s9353", "as_of": "2025-03-01"}),
        ("validate", {"code": "S9353"}),
        ("coverage", {"code": "S9353"}),
        ("compare", {"codes": ["S9353", "S9328"]}),
        ("units", {"code": "S9353", "amount": 2, "unit": "days"}),
        ("decode", {"text": "03/01/2025 S9353 x3"}),
    ],
)
async def test_an_answer_is_the_object_of_the_api_and_names_its_source_and_id(
    tool: str, arguments: dict[str, object]
) -> None:
    async with in_this_process() as client:
        result = await client.call_tool(tool, arguments)
    assert not result.is_error
    answer = AnswerObject.model_validate(result.structured_content)
    assert answer.codes[0] == "S9353"
    assert answer.text in text_of(result)
    assert answer.source.release in text_of(result)
    assert f"answer_id: {answer.answer_id}." in text_of(result)


async def test_the_object_is_that_of_the_question_asked_elsewhere() -> None:
    question = "is S9353 payable by Medicare?"
    async with in_this_process() as client:
        result = await client.call_tool("ask", {"question": question})
    assert result.structured_content is not None
    assert result.structured_content["answer_id"] == starter_desk().ask(question, today=TODAY).answer_id


async def test_changes_come_in_pages_as_from_the_api() -> None:
    desk = desk_of(Catalog.build([JULY, OCTOBER]))
    async with Client(create_mcp_server(QueryContext(lambda: desk, lambda: TODAY))) as client:
        every = await client.call_tool("changes", {})
        second = await client.call_tool("changes", {"offset": 1, "limit": 1})
    listed = ChangesObject.model_validate(every.structured_content)
    assert (listed.before, listed.after, listed.next_offset) == ("2025-07", "2025-10", None)
    page = ChangesObject.model_validate(second.structured_content)
    assert (page.changes, page.next_offset) == (listed.changes[1:2], 2)


async def test_what_is_not_in_the_data_is_said() -> None:
    async with in_this_process() as client:
        code = await client.call_tool("lookup", {"code": "S9354"})
        words = await client.call_tool("search", {"query": "zzzz"})
        facts = await client.call_tool("facts", {"code": "S9353", "state": "TX"})
        changes = await client.call_tool("changes", {"before": "1999-01"})
    assert AnswerObject.model_validate(code.structured_content).outcome.value == "not_found"
    assert SearchObject.model_validate(words.structured_content).total == 0
    assert FactsObject.model_validate(facts.structured_content).facts == []
    for result in (words, facts, changes):
        assert "Not in the data" in text_of(result)


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("lookup", {"code": "S9353; DROP"}),
        ("lookup", {"code": "S9353", "as_of": "soon"}),
        ("compare", {"codes": ["S9353"]}),
        ("facts", {"code": "S9353", "state": "ZZ"}),
        ("units", {"code": "S9353", "amount": -1, "unit": "mg"}),
        ("search", {}),
    ],
)
async def test_arguments_out_of_bounds_are_an_error_and_not_a_fault(
    tool: str, arguments: dict[str, object], capfd: pytest.CaptureFixture[str]
) -> None:
    async with in_this_process() as client:
        assert (await client.call_tool(tool, arguments)).is_error
    assert capfd.readouterr() == ("", "")


async def test_a_code_is_a_resource() -> None:
    async with in_this_process() as client:
        (content,) = (await client.read_resource("hcpcs://codes/S9353")).contents
    assert isinstance(content, TextResourceContents)
    assert AnswerObject.model_validate_json(content.text).codes == ["S9353"]


def test_a_missing_package_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mcp.server.mcpserver", None)
    monkeypatch.delitem(sys.modules, "hcpcs_bot.http.api.mcp.mcp_server", raising=False)
    result = hcpcs(tmp_path, "mcp")
    assert result.exit_code == 1
    assert result.stderr == "hcpcs: this command needs packages that are not installed: pip install 'hcpcs-bot[mcp]'\n"
