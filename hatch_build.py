"""What hatchling asks for while it builds: the project's addresses, and a README whose links work on PyPI.

The repository does not say where it is published, so that a fork needs no change. A release sets ``HCPCS_PROJECT_URL``
(``https://github.com/OWNER/NAME``) and ``HCPCS_PROJECT_REF`` (the tag): relative links and pictures of README.md then
become absolute, since PyPI shows the page alone. Without the first, the page is left as it is.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

LINK = re.compile(r"(!?)\[([^\]]*)\]\((?!https?://|#)([^)\s]+)\)")


def absolute_links(text: str, url: str, ref: str) -> str:
    """A page of Markdown with each relative link leading to ``url`` at ``ref``; pictures to their bytes."""
    return LINK.sub(lambda link: f"{link[1]}[{link[2]}]({url}/{'raw' if link[1] else 'blob'}/{ref}/{link[3]})", text)


class CustomMetadataHook(MetadataHookInterface):
    """Sets ``readme`` and ``urls`` of the metadata."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Adds both, from the README and the environment of the build."""
        text = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        url = os.environ.get("HCPCS_PROJECT_URL", "").rstrip("/")
        if url:
            text = absolute_links(text, url, os.environ.get("HCPCS_PROJECT_REF", "") or "main")
            metadata["urls"] = {
                "Homepage": url,
                "Documentation": f"{url}#readme",
                "Changelog": f"{url}/blob/main/CHANGELOG.md",
                "Issues": f"{url}/issues",
            }
        metadata["readme"] = {"content-type": "text/markdown", "text": text}
