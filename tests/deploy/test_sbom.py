"""The SBOM names every locked dependency, with its hashes."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.deploy.tools import ROOT, run


def test_the_sbom_names_every_locked_dependency_and_its_hashes(tmp_path: Path) -> None:
    file = tmp_path / "sbom.json"
    recipe = re.search(r"^sbom:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.M)
    assert recipe is not None
    (command,) = re.findall(r"cyclonedx-py (.*)", recipe[1].replace("\\\n", " "))
    run("cyclonedx-py", *command.replace("dist/sbom.json", str(file)).split())
    stated = json.loads(file.read_text(encoding="utf-8"))
    assert stated["bomFormat"] == "CycloneDX"
    assert stated["metadata"]["component"]["name"] == "hcpcs-bot"
    locked = re.findall(r"^(\S+)==([^ ;]+)", (ROOT / "requirements/all.txt").read_text(encoding="utf-8"), flags=re.M)
    assert len(locked) > 40
    components = {(one["name"].lower(), one["version"]): one for one in stated["components"]}
    assert set(components) == {(name.partition("[")[0].lower(), version) for name, version in locked}
    assert all(one["externalReferences"][0]["hashes"] for one in components.values())


def test_the_lock_files_name_no_index() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        assert not re.search(r"://|--(?:extra-)?index-url|--find-links", path.read_text(encoding="utf-8")), path.name
