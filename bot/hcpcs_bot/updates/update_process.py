"""An update in a process of its own: loading a release takes seconds of computing, which would block the server."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any, Final

import orjson
import structlog

from hcpcs.errors import HcpcsError

TIMEOUT_SECONDS: Final = 3600.0
"""Maximum seconds of an update."""

log = structlog.stdlib.get_logger("hcpcs_bot.updates")


class UpdateFailedError(HcpcsError):
    """An update that failed, with the one line that it wrote about it."""


class UpdateProcess:
    """Runs ``hcpcs update`` for a home: of everything from CMS's pages, or of the release from another ``url``."""

    def __init__(self, home: Path, url: str = "", timeout: float = TIMEOUT_SECONDS) -> None:
        self._command = [sys.executable, "-m", "hcpcs_bot", "update", "--json", "--home", str(home)]
        self._command += ["--url", url] if url else []
        self._timeout = timeout

    async def __call__(self) -> None:
        """Runs one update, and logs its outcomes. Raises ``UpdateFailedError`` if any kind failed."""
        process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,
        )
        try:
            out, err = await asyncio.wait_for(process.communicate(), self._timeout)
        except TimeoutError:
            raise UpdateFailedError(f"hcpcs update took longer than {self._timeout:g} seconds") from None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        report = orjson.loads(out) if out.strip() else {}
        if report:
            _log_outcomes(report)
        if process.returncode != 0:
            lines = report.get("failures") or err.decode("utf-8", "replace").strip().splitlines()[-1:]
            raise UpdateFailedError("; ".join(lines) or f"hcpcs update exited with {process.returncode}")


def _log_outcomes(report: dict[str, Any]) -> None:
    """Logs what came of the release and of each kind of companion files; a failure of one leaves the others."""
    newest = report["newest"]["release"] if report.get("newest") else None
    log.info(
        "updated",
        outcome=report.get("outcome"),
        newest=newest,
        changes=report.get("changes", {}),
        digest=report.get("digest"),
        companions={one["kind"]: one["outcome"] for one in report["companions"]},
    )
