"""The errors of the package are in one module, which draws their hierarchy."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

from hcpcs import errors

PACKAGE = Path(errors.__file__).parent
CLASSES = {name: kind for name, kind in vars(errors).items() if inspect.isclass(kind) and issubclass(kind, Exception)}


def test_every_error_of_the_package_is_in_this_module() -> None:
    others = [
        f"{path.relative_to(PACKAGE)}: {node.name}"
        for path in PACKAGE.rglob("*.py")
        if path.name != "errors.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
        and any(ast.unparse(base).endswith(("Error", "Exception")) for base in node.bases)
    ]
    assert others == []


def test_the_drawing_shows_every_error_below_its_base() -> None:
    assert errors.__doc__ is not None
    drawn: dict[str, int] = {}
    bases: list[tuple[str, int]] = []
    for line in errors.__doc__.splitlines():
        name = next((word for word in line.split() if word in CLASSES), None)
        if name is None or "``" in line:
            continue
        depth = line.index(name)
        bases = [(base, at) for base, at in bases if at < depth]
        assert not bases or CLASSES[name].__bases__ == (CLASSES[bases[-1][0]],)
        bases.append((name, depth))
        drawn[name] = depth
    assert drawn.keys() == CLASSES.keys()
