"""The style rules of CONTRIBUTING that a test can hold; each test lists every place that breaks its rule."""

from __future__ import annotations

import ast
import io
import re
import tokenize
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
PACKAGES: Final = ("src/hcpcs", "index/hcpcs_index", "bot/hcpcs_bot", "bot/slack_peer")
CODE: Final = (*PACKAGES, "bench", "tests", "docs")
MAXIMUM_LINES: Final = 300
MAXIMUM_PATTERN: Final = 60
"""Characters of a regular expression that may stand without a reason."""
MAXIMUM_PARTICIPLE: Final = 3
"""Lines over which a local name such as ``found`` may be used."""

SHARED_MODULE_NAMES: Final = {
    **dict.fromkeys(
        (
            "browse",
            "card",
            "changes",
            "compare",
            "contact",
            "decode",
            "define",
            "help",
            "history",
            "refusals",
            "search",
        ),
        "the answer, and its card in Slack",
    ),
    "answer": "an answer, and posting one in Slack",
    "app_manifest": "the manifest of the Slack app, and how the stand-in for Slack reads one",
    "context": "what one answer works on, and what the listeners of Slack share",
    "corrections": "the file form, and applying it to the catalog",
    "digest": "the summary of a release for a channel, and its card",
    "errors": "the tree of errors, and how Slack listeners show them",
    "home": "the card of the App Home, and its listener",
    "load": "the command, and the job that it runs",
    "notes": "the subcommands of Slack, and the command ``hcpcs notes``, both on the notes of teams",
    "noc": "which codes are not otherwise classified, and their card",
    "payers": "the payers that questions name, and what is answered about one",
    "playground": "the command, and the job that it runs",
    "status": "the answer about a code's status, and the command ``hcpcs status``, which has the command's name",
    "report": "what a team asked, in counts, and the command ``hcpcs report``, which has the command's name",
    "spelling": "correction of typing errors in cue phrases, and in search words",
    "units": "the units of measure, and the answer that counts billing units",
    "update": "the command, and the job that it runs",
    "views": "opening Slack views, the listener of what is submitted in them, and the methods of the stand-in",
}
"""Module names that occur more than once, each with the reason: the same thing on two layers."""

MAXIMUM_ENTRIES: Final = 12
"""Modules, packages and data files on the top level of a package."""
LARGER_PACKAGES: Final = {"src/hcpcs/answers/intents": "one module per intent, so that each is found by its name"}
"""Packages with more entries, each with the reason."""
NOT_COUNTED: Final = frozenset({"__init__.py", "__pycache__", "py.typed"})

PARTICIPLES: Final = frozenset({"found", "told", "said", "held", "looked"})


@cache
def _files(*folders: str, suffixes: tuple[str, ...] = (".py",)) -> tuple[Path, ...]:
    every = (path for folder in folders for path in sorted((ROOT / folder).rglob("*")) if path.suffix in suffixes)
    return tuple(path for path in every if "node_modules" not in path.parts and "__pycache__" not in path.parts)


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _place(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT)}:{line}"


def _report(problems: list[str]) -> None:
    assert not problems, f"{len(problems)} places:\n" + "\n".join(problems)


def _repeated(places: dict[str, list[str]]) -> list[str]:
    return [f"{name}: {', '.join(where)}" for name, where in sorted(places.items()) if len(where) > 1]


def test_a_class_name_is_used_once() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for path in _files(*PACKAGES):
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(_place(path, node.lineno))
    _report(_repeated(places))


def test_a_module_name_is_used_once_or_has_a_reason() -> None:
    modules: dict[str, list[str]] = defaultdict(list)
    for path in _files(*PACKAGES):
        if not path.stem.startswith("__"):
            modules[path.stem].append(str(path.relative_to(ROOT)))
    without_reason = [line for line in _repeated(modules) if line.split(":")[0] not in SHARED_MODULE_NAMES]
    no_longer_shared = [f"{name}: listed, but not shared" for name in SHARED_MODULE_NAMES if len(modules[name]) < 2]
    _report(without_reason + no_longer_shared)


def test_a_package_has_few_entries() -> None:
    packages = [path.parent for path in _files(*PACKAGES) if path.name == "__init__.py"]
    counts = {
        str(package.relative_to(ROOT)): sum(1 for entry in package.iterdir() if entry.name not in NOT_COUNTED)
        for package in packages
    }
    larger = {name: count for name, count in counts.items() if count > MAXIMUM_ENTRIES}
    without_reason = [f"{name}: {count} entries" for name, count in larger.items() if name not in LARGER_PACKAGES]
    no_longer_larger = [f"{name}: listed, but not larger" for name in LARGER_PACKAGES if name not in larger]
    _report(without_reason + no_longer_larger)


def test_no_file_is_too_long() -> None:
    kinds = (".py", ".js", ".mjs", ".css", ".html", ".md", ".yaml")
    # The changelog grows with every version, and `make figures` writes the tables of figures.md.
    pages = (path for path in sorted(ROOT.glob("*.md")) if path.name != "CHANGELOG.md")
    files = (*_files(*CODE, "deploy", suffixes=kinds), *pages)
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    lengths.pop(ROOT / "docs/figures.md")
    _report([f"{path.relative_to(ROOT)}: {n} lines" for path, n in lengths.items() if n > MAXIMUM_LINES])


def _texts_of_module(path: Path) -> Iterator[tuple[int, str]]:
    """Comments, docstrings and the strings under constants, each with its first line."""
    text = path.read_text(encoding="utf-8")
    block: list[tokenize.TokenInfo] = []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            if block and token.start[0] > block[-1].start[0] + 1:
                yield block[0].start[0], " ".join(part.string.lstrip("# ") for part in block)
                block = []
            block.append(token)
    if block:
        yield block[0].start[0], " ".join(part.string.lstrip("# ") for part in block)
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.lineno, node.value.value


def _texts_of_page(path: Path) -> Iterator[tuple[int, str]]:
    """The paragraphs of a page without its code blocks."""
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"^( *)```.*?^\1```", lambda block: "\n" * block[0].count("\n"), text, flags=re.M | re.S)
    line = 1
    for paragraph in re.split(r"(\n\s*\n|\n(?=[|\-\d]))", text):
        if paragraph.strip():
            yield line, paragraph
        line += paragraph.count("\n")


def _texts_of_data(path: Path) -> Iterator[tuple[int, str]]:
    """The comments of a TOML or YAML file."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if match := re.search(r"(?:^|\s)# (.*)", line):
            yield number, match[1]


def _prose() -> Iterator[tuple[str, str]]:
    """Every text that a maintainer reads, in lower case, without code in backquotes, with its place."""
    readers = {".py": _texts_of_module, ".md": _texts_of_page, ".toml": _texts_of_data, ".yaml": _texts_of_data}
    files = (*_files(*CODE, "deploy", suffixes=tuple(readers)), *sorted(ROOT.glob("*.md")), ROOT / "pyproject.toml")
    for path in files:
        # The tags of questions list the words that people use, not ours.
        if path.name not in {"plain_words.toml", "question-tags.md"}:
            for line, text in readers[path.suffix](path):
                plain = re.sub(r"``[^`]*``|`[^`]*`", "``", text).lower()
                yield _place(path, line), re.sub(r"\s+", " ", plain)


def test_words_are_plain() -> None:
    words = tomllib.loads((ROOT / "tests/plain_words.toml").read_text(encoding="utf-8"))["word"]
    rules = [(re.compile(word["pattern"]), word["instead"]) for word in words]
    _report(
        [
            f"{place}: {match[0]!r}, write: {instead}"
            for place, text in _prose()
            for pattern, instead in rules
            for match in pattern.finditer(text)
        ]
    )


def _statements(tree: ast.Module) -> Iterator[tuple[ast.stmt, ast.stmt | None]]:
    """Every statement with the one that follows it in the same block."""
    for node in ast.walk(tree):
        for block in (getattr(node, name, None) for name in ("body", "orelse", "finalbody")):
            if isinstance(block, list) and block:
                yield from zip(block, (*block[1:], None), strict=True)


def _long_patterns(statement: ast.stmt) -> Iterator[ast.Call]:
    for node in ast.walk(statement):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "re.compile" and node.args:
            length = sum(
                len(part.value)
                for part in ast.walk(node.args[0])
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            )
            if length > MAXIMUM_PATTERN:
                yield node


def _is_text(statement: ast.stmt | None) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def test_a_long_pattern_has_its_reason() -> None:
    problems = []
    for path in _files(*PACKAGES):
        lines = path.read_text(encoding="utf-8").splitlines()
        for statement, following in _statements(_tree(path)):
            if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) or _is_text(following):
                continue
            above_and_inside = lines[max(statement.lineno - 2, 0) : statement.end_lineno]
            if not any(re.search(r"(^|\s)# ", line) for line in above_and_inside):
                problems += [_place(path, call.lineno) for call in _long_patterns(statement)]
    _report(sorted(set(problems)))


def test_no_answer_reads_the_text_of_a_question_again() -> None:
    """What a question says is read once, by ``hcpcs.questions``; the desk only quotes it."""
    allowed = ROOT / "src/hcpcs/answers/desk.py"
    _report(
        [
            _place(path, node.lineno)
            for path in _files("src/hcpcs/answers")
            for node in ast.walk(_tree(path))
            if path != allowed and isinstance(node, ast.Attribute) and ast.unparse(node).endswith("question.text")
        ]
    )


def test_no_test_measures_processor_time() -> None:
    """A busy machine is slow, not wrong: ``tests.work`` counts the work instead, and ``bench`` measures."""
    clocks = {"perf_counter", "perf_counter_ns", "process_time", "process_time_ns", "thread_time"}
    _report(
        [
            _place(path, node.lineno)
            for path in _files("tests")
            for node in ast.walk(_tree(path))
            if isinstance(node, ast.Attribute | ast.Name | ast.alias)
            and (node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else node.name)
            in clocks
        ]
    )


def _public(node: ast.Module | ast.ClassDef) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    for child in node.body:
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not child.name.startswith("_"):
            yield child
            if isinstance(child, ast.ClassDef):
                yield from _public(child)


def test_what_is_public_has_a_docstring() -> None:
    problems = []
    for path in _files(*PACKAGES):
        tree = _tree(path)
        if ast.get_docstring(tree) is None:
            problems.append(f"{path.relative_to(ROOT)}: the module")
        problems += [
            f"{_place(path, node.lineno)}: {node.name}" for node in _public(tree) if ast.get_docstring(node) is None
        ]
    _report(problems)


def _long_participles(function: ast.AST) -> Iterator[tuple[int, str]]:
    lines: dict[str, list[int]] = defaultdict(list)
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and node.id in PARTICIPLES:
            lines[node.id].append(node.lineno)
    for name, used in lines.items():
        if max(used) - min(used) > MAXIMUM_PARTICIPLE:
            yield min(used), name


def test_a_bare_participle_names_nothing_for_long() -> None:
    problems = {
        f"{_place(path, line)}: {name}"
        for path in _files(*PACKAGES)
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for line, name in _long_participles(node)
    }
    _report(sorted(problems))
