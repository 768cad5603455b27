"""The documents name only what exists, and what a user or contributor needs is documented."""

from __future__ import annotations

import importlib
import re
import shlex
import tomllib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Final

import pytest
from bench.__main__ import BENCHES
from docs.generate import PAGE, all_commands, command_line, commands_page
from tests.environment import environment_variables
from typer.core import TyperCommand, TyperGroup

from hcpcs.answers.answer import Outcome
from hcpcs_bot.bootstrap import starter_desk

ROOT: Final = Path(__file__).resolve().parents[1]
README: Final = ROOT / "README.md"
CONTRIBUTING: Final = ROOT / "CONTRIBUTING.md"
PAGES: Final = (README, CONTRIBUTING, ROOT / "SECURITY.md", *sorted((ROOT / "docs").rglob("*.md")))
PACKAGES: Final = ("src/hcpcs", "index/hcpcs_index", "bot/hcpcs_bot", "bot/slack_peer")

OTHER_PROGRAMS: Final = frozenset(
    {"source", "export", "git", "cd", "pip", "pipx", "uv", "caddy", "curl", "pytest", "python3", "docker", "kubectl"}
    | {"systemctl", "journalctl", "useradd", "install", "mkdir", "chmod", "cat", "echo", "openssl"}
)
OUTSIDE: Final = (".venv/", "../shared/", "relevance/")
"""Paths that are not in the repository: made by ``make``, or the releases beside it."""
SUFFIXES: Final = (".py", ".toml", ".md", ".yaml", ".tsv", ".txt", ".html", ".js", ".css")
SLACK_COMMANDS: Final = ("/hcpcs", "/invite")
SYSTEM_FOLDERS: Final = ("/etc", "/opt", "/usr", "/var")


def _text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def _where(page: Path, problem: str) -> str:
    return f"{page.relative_to(ROOT)}: {problem}"


def _report(problems: list[str]) -> None:
    assert not problems, "\n" + "\n".join(problems)


def _block_lines(page: Path) -> Iterator[list[str]]:
    """The commands in the code blocks of a page, each as its words without comments."""
    for block in re.findall(r"^ *```sh\n(.*?)^ *```", _text(page), flags=re.M | re.S):
        for line in block.splitlines():
            if words := shlex.split(line, comments=True):
                yield words


def _spans(page: Path) -> list[str]:
    """The code in backquotes of a page, without its code blocks."""
    prose = re.sub(r"^ *```.*?^ *```", "", _text(page), flags=re.M | re.S)
    return [re.sub(r"\s+", " ", span) for span in re.findall(r"`([^`]+)`", prose)]


def _targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", _text(ROOT / "Makefile"), flags=re.M))


def _command(name: str) -> TyperCommand | TyperGroup | None:
    command = command_line().commands.get(name)
    assert command is None or isinstance(command, TyperCommand | TyperGroup)
    return command


def _options(name: str | None = None) -> set[str]:
    """The options of one command, or of ``hcpcs`` and all its commands."""
    group = command_line()
    every = [group, *(command for _, command in all_commands(group))]
    commands = every if name is None else [group.commands[name]]
    params = chain.from_iterable(command.params for command in commands)
    return {"--help"}.union(*((*param.opts, *param.secondary_opts) for param in params))


def _problem(words: list[str]) -> str | None:
    """What is wrong with a command of a code block."""
    program, *arguments = words
    program = Path(program).name.removesuffix("-admin")  # hcpcs-admin runs an hcpcs command with the server's settings
    if program == "make":
        wrong = [target for target in arguments if target not in _targets()]
        return f"the Makefile has no target {wrong[0]}" if wrong else None
    if program == "python":
        return _python_problem(arguments)
    if program != "hcpcs":
        return None if program in OTHER_PROGRAMS else f"{program} is not a program that this test knows"
    command = _command(arguments[0])
    if command is None:
        return None if arguments[0] in _options() else f"hcpcs has no command {arguments[0]}"
    try:
        command.make_context(arguments[0], arguments[1:])
    except Exception as error:  # noqa: BLE001 - whatever the parser raises is what the reader would see
        return f"hcpcs {' '.join(arguments)}: {error}"
    return None


def _python_problem(arguments: list[str]) -> str | None:
    if arguments[:2] == ["-m", "bench"]:
        name, *options = arguments[2:] or ["search"]
        if name not in BENCHES:
            return f"there is no bench {name}"
        source = _text(ROOT / "bench" / f"{name}.py")
        return next((f"bench {name} has no {word}" for word in options if word[0] == "-" and word not in source), None)
    if arguments[:2] == ["-m", "pytest"]:
        return next((f"{word} does not exist" for word in arguments[2:] if not _exists_as_test(word)), None)
    return f"python {' '.join(arguments)} is not a command that this test knows"


def _exists_as_test(word: str) -> bool:
    path, _, name = word.partition("::")
    if "/" not in path:
        return True
    return (ROOT / path).exists() and (not name or f"def {name}(" in _text(ROOT / path))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
class TestEveryPage:
    """What each page names exists."""

    def test_commands_of_code_blocks_are_accepted(self, page: Path) -> None:
        _report([_where(page, problem) for words in _block_lines(page) if (problem := _problem(words))])

    def test_commands_in_the_text_exist(self, page: Path) -> None:
        problems = []
        for span in _spans(page):
            words = span.split()
            if words[0] == "make" or words[:2] == ["python", "-m"]:
                problems.append(_problem(words))
            elif words[0] == "hcpcs" and len(words) > 1:
                known = _options(words[1] if _command(words[1]) else None)
                options = [word for word in words[1:] if word.startswith("--")]
                if _command(words[1]) is None and not options:
                    problems.append(f"hcpcs has no command {words[1]}")
                problems += [f"{span}: no option {option}" for option in options if option not in known]
            elif words[0].startswith("--") and words[0] not in _options():
                problems.append(f"no command has the option {words[0]}")
        _report([_where(page, problem) for problem in problems if problem])

    def test_environment_variables_exist(self, page: Path) -> None:
        text = re.sub(r"`--[\w-]+` `\w+`", "", _text(page))  # the value of an option, such as `--slack-api` `SLACK_API`
        named = set(re.findall(r"\b(?:HCPCS|SLACK)_[A-Z_]+\b", text))
        _report(
            [
                _where(page, f"nothing reads {name}")
                for name in sorted(named - environment_variables() - _test_variables())
            ]
        )

    def test_paths_exist(self, page: Path) -> None:
        roots = (ROOT, page.parent, *(ROOT / package for package in PACKAGES))
        problems = []
        for span in _spans(page):
            looks_like_a_path = re.fullmatch(r"[\w.][\w.*/-]*", span) and ("/" in span or span.endswith(SUFFIXES))
            if looks_like_a_path and not span.startswith(OUTSIDE) and not any(any(root.glob(span)) for root in roots):
                problems.append(_where(page, f"{span} does not exist"))
        _report(problems)

    def test_links_lead_somewhere(self, page: Path) -> None:
        problems = []
        for link in re.findall(r"\]\(([^)\s]+)\)", _text(page)):
            path, _, anchor = link.partition("#")
            target = page.parent / path if path else page
            if link.startswith("https://"):
                continue
            if not target.exists() or (anchor and anchor not in _anchors(target)):
                problems.append(_where(page, f"{link} leads nowhere"))
        _report(problems)

    def test_python_names_exist(self, page: Path) -> None:
        named = [
            span for span in _spans(page) if re.fullmatch(r"(hcpcs|hcpcs_index|hcpcs_bot|slack_peer)(\.\w+)+", span)
        ]
        _report([_where(page, f"{name} does not exist") for name in named if not _importable(name)])

    def test_addresses_are_served(self, page: Path) -> None:
        served = "".join(map(_text, (ROOT / "bot/hcpcs_bot").rglob("*.py")))
        for span in _spans(page):
            path = re.fullmatch(r"(?:GET |POST )?(/[a-z]+)[/\w.]*", span)
            if path and path[1] not in (*SLACK_COMMANDS, *SYSTEM_FOLDERS):
                assert f'"{path[1]}' in served, _where(page, f"{span} is not served")


def _anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", _text(page), flags=re.M)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _importable(name: str) -> bool:
    module, *rest = name.split(".")
    value: object = importlib.import_module(module)
    for part in rest:
        module = f"{module}.{part}"
        try:
            value = getattr(value, part) if hasattr(value, part) else importlib.import_module(module)
        except ImportError:
            return False
    return True


def _test_variables() -> set[str]:
    code = "".join(map(_text, (path for path in (ROOT / "tests").rglob("*.py") if path != Path(__file__))))
    return set(re.findall(r'environ\.get\("([A-Z_]+)"\)', code))


def test_the_page_of_commands_is_up_to_date() -> None:
    assert _text(PAGE) == commands_page(), "run `make docs`"


def test_every_command_is_in_the_readme() -> None:
    named = {words[1] for words in _block_lines(README) if Path(words[0]).name == "hcpcs"}
    named |= {span.split()[1] for span in _spans(README) if re.match(r"hcpcs \w", span)}
    assert set(command_line().commands) <= named


def test_every_setting_is_in_the_readme() -> None:
    _report(
        [f"{name} is not in README.md" for name in sorted(environment_variables()) if f"`{name}`" not in _text(README)]
    )


def test_every_make_target_is_documented() -> None:
    words = chain.from_iterable(_block_lines(page) for page in (README, CONTRIBUTING))
    spans = [span.split() for page in (README, CONTRIBUTING) for span in _spans(page)]
    named = {target for line in (*words, *spans) if line[0] == "make" for target in line[1:]}
    assert _targets() - named == set()


def test_every_decision_is_in_its_list() -> None:
    folder = ROOT / "docs/decisions"
    listed = set(re.findall(r"\]\((\S+?\.md)\)", _text(folder / "README.md")))
    assert listed == {page.name for page in folder.glob("*.md")} - {"README.md"}


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads(_text(ROOT / "pyproject.toml"))["project"]
    wanted = chain(project["dependencies"], *project["optional-dependencies"].values())
    page = _text(ROOT / "docs/decisions/dependencies.md").lower()
    names = {re.split(r"[\[<>=]", requirement)[0] for requirement in wanted}
    _report([f"{name} is not in docs/decisions/dependencies.md" for name in sorted(names) if name.lower() not in page])


def test_questions_of_the_readme_are_understood() -> None:
    desk = starter_desk()
    asked = [" ".join(words[2:]) for words in _block_lines(README) if words[:2] == ["hcpcs", "ask"]]
    assert asked
    assert [question for question in asked if desk.ask(question).outcome is Outcome.NOT_UNDERSTOOD] == []


def test_a_change_takes_two_places_at_most() -> None:
    """Each row of "Where to add what" names one place, or two."""
    section = _text(CONTRIBUTING).partition("## Where to add what\n")[2].partition("\n## ")[0]
    rows = [row.split("|") for row in section.splitlines() if row.startswith("| ")][2:]
    assert len(rows) >= 13
    _report([row[1] for row in rows if not 1 <= len(re.findall(r"`[^`]*[./][^`]*`", row[2])) <= 2])
