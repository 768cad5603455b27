"""Docker Compose: both forms are valid, and the containers can do no more than they need."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy.engine import make_url
from tests.deploy.tools import DEPLOY, run

from hcpcs_bot.serving.http_server import REQUESTS_SECONDS
from hcpcs_bot.serving.lifecycle import STOP_SECONDS
from hcpcs_bot.state.backups.postgresql_backup import dump_command, restore_command

HTTP = ("compose.yaml",)
SOCKET = ("compose.yaml", "compose.socket.yaml")


@pytest.fixture(params=[HTTP, SOCKET], ids=["http", "socket"])
def services(request: pytest.FixtureRequest) -> Any:
    """The services as Compose understands them."""
    named = [word for name in request.param for word in ("--file", DEPLOY / name)]
    return yaml.safe_load(run("docker-compose", *named, "config"))["services"]


def test_every_service_has_a_health_check_limits_and_restarts(services: Any) -> None:
    assert set(services) == {"desk", "database"}
    for service in services.values():
        assert service["healthcheck"]["test"]
        assert int(service["mem_limit"]) > 0
        assert service["restart"] == "unless-stopped"
        assert "no-new-privileges:true" in service["security_opt"]


def test_the_server_writes_its_home_and_temporary_files_only(services: Any) -> None:
    desk = services["desk"]
    assert desk["read_only"] is True
    assert desk["cap_drop"] == ["ALL"]
    assert [volume["target"] for volume in desk["volumes"]] == ["/var/lib/hcpcs"]
    assert services["database"]["networks"].keys() == {"inside"}


def test_each_secret_of_the_server_is_a_file_that_it_is_given(services: Any) -> None:
    desk = services["desk"]
    given = {secret["target"] for secret in desk["secrets"]}
    named = {value for name, value in desk["environment"].items() if name.endswith("_FILE")}
    assert named == given


def test_the_server_has_the_time_that_it_needs_to_stop(services: Any) -> None:
    assert services["desk"]["stop_grace_period"] == "30s"
    assert REQUESTS_SECONDS + STOP_SECONDS < 30


def test_the_port_is_open_to_this_machine_only(services: Any) -> None:
    assert [port["host_ip"] for port in services["desk"]["ports"]] == ["127.0.0.1"]
    assert "ports" not in services["database"]


def test_the_backup_and_restore_of_the_page_are_those_of_the_command() -> None:
    """The image has no ``pg_dump``: the page has the options with which ``hcpcs db`` would call it."""
    page = (DEPLOY.parent / "docs/operations.md").read_text(encoding="utf-8")
    address = make_url("postgresql://hcpcs@database/hcpcs")
    for command in (dump_command(address, Path("f")), restore_command(address, Path("f"))):
        (line,) = (line for line in page.splitlines() if f"exec -T database {command[0]} " in line)
        options = {word for word in command if word.startswith("--") and not word.startswith(("--file=", "--dbname="))}
        assert options <= set(line.split())
