"""Which paths of the query service are for programs, and which are open to anybody."""

from __future__ import annotations

from typing import Final

PROGRAM_PATHS: Final = ("/api/", "/fhir/", "/mcp")
"""How the paths start that may need a key. Pages, their files and the description of the API never do."""
OPEN_TERMINOLOGY: Final = ("/api/hcpcs/", "/fhir/")
"""How the paths start that pages of any site may read, as those of NLM's and other public terminology servers."""
STATIC_PATH: Final = "/static/"


def is_for_programs(path: str) -> bool:
    """Whether programs ask here: the APIs, and the answer of a code as JSON."""
    return path.startswith(PROGRAM_PATHS) or (path.startswith("/codes/") and path.endswith(".json"))
