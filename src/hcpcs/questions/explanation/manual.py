"""The manual of the rule tables, written from the code and the tables.

Run at the root of the repository, ``python -m hcpcs.questions.explanation.manual`` writes ``docs/question-rules.md``,
``docs/question-rule-order.md``, ``docs/question-tags.md`` and the list of rules that overlap, which is test data.
``make manual`` runs it, and a test compares the files with what it would write.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from hcpcs.questions.explanation.trace import trace_question
from hcpcs.questions.extraction.features import RECOGNIZED_FEATURES, WORD_FEATURES
from hcpcs.questions.extraction.stages import STAGES
from hcpcs.questions.intent_rules import IntentRule, rules
from hcpcs.questions.payers import payer_rows, state_plans, states
from hcpcs.questions.words.phrases import implied_tags, tag_rows

TODAY: Final = date(2025, 11, 21)
"""The day on which the examples are asked."""
ROWS_SHOWN: Final = 150
"""Maximum characters of the rows of phrases that the manual shows per tag; the first row is always whole."""
EXAMPLES_SHOWN: Final = 3
"""Maximum examples per rule in the manual; the table has them all."""

RULES_HEAD: Final = """\
# How a question is understood
Written by `make manual` from the code and from the tables in `src/hcpcs/questions/tables`; don't edit it.

A text is normalized and goes through the stages below. What they recognize gives the features of the question, and the
first rule whose features hold decides the intent. `hcpcs ask --explain "..."` shows all of it for one question.

To teach a new way to ask, add a row of phrases to `questions/tables/cue_phrases.toml`. If no rule fits, add a rule with
its examples to `questions/tables/intent_rules.toml`, run `make manual`, and read in
[question-rule-order.md](question-rule-order.md) which rules it beats now. [question-tags.md](question-tags.md) lists
the tags.
"""
ORDER_HEAD: Final = """\
# Which rule beats which
Written by `make manual` from `questions/tables/intent_rules.toml`; don't edit it.
[question-rules.md](question-rules.md) has the rules.
"""
TAGS_HEAD: Final = """\
# Tags of phrases
Written by `make manual` from `questions/tables/cue_phrases.toml`, `records/tables/glossary.toml` (the tags of terms)
and `records/tables/change_kinds.toml`; don't edit it.

A phrase of a question gives a tag, and a tag is a feature that the [rules](question-rules.md) decide by. A row of
phrases is written as in the table: `a|b` is either word, `a?` may be left out. The last column counts the rules that
name the tag. The plans of the states have the same phrases, and are shown for one state; payers known by their name
alone are left out.
"""


class Overlap(NamedTuple):
    """Two rules that both hold for an example question: the earlier one decides, the later one is beaten."""

    deciding: str
    beaten: str
    example: str


def overlaps() -> tuple[Overlap, ...]:
    """Every pair of rules that overlap on the examples of the table, with the first such example."""
    pairs: dict[tuple[str, str], Overlap] = {}
    for rule in rules():
        for example in rule.examples:
            trace = trace_question(example, TODAY)
            for beaten in trace.beaten:
                pairs.setdefault((trace.rule, beaten), Overlap(trace.rule, beaten, example))
    order = {rule.name: place for place, rule in enumerate(rules())}
    return tuple(sorted(pairs.values(), key=lambda pair: (order[pair.deciding], order[pair.beaten])))


def overlap_table() -> str:
    """The overlapping rules as tab-separated lines: which decides, which is beaten, for which example."""
    return "".join("\t".join(row) + "\n" for row in (Overlap._fields, *overlaps()))


def manual_page() -> str:
    """The text of ``docs/question-rules.md``."""
    return "\n".join((RULES_HEAD, _stages(), _rules(), _features()))


def order_page() -> str:
    """The text of ``docs/question-rule-order.md``."""
    return f"{ORDER_HEAD}\n{_order()}"


def tags_page() -> str:
    """The text of ``docs/question-tags.md``."""
    return f"{TAGS_HEAD}\n{_tags()}"


def _stages() -> str:
    rows = (
        (
            f"{stage.name}{' (fallback)' if stage.fallback else ''}",
            (stage.recognize.__doc__ or "").replace("``", "`"),
            stage.because,
        )
        for stage in STAGES
    )
    text = (
        "Each stage sees what the ones before it left. A fallback runs only where no code, range or value is\n"
        "recognized."
    )
    return _section("Stages in order", text, ("stage", "recognizes", "why it is here"), rows)


def _rules() -> str:
    rows = (
        (
            str(place),
            rule.name,
            rule.intent.value if rule.intent else "not understood",
            _condition(rule),
            " · ".join(_code(example) for example in rule.examples[:EXAMPLES_SHOWN] if example.strip()),
        )
        for place, rule in enumerate(rules(), start=1)
    )
    head = ("", "rule", "intent", "holds for", "examples")
    return _section("Rules in order", "The first one that holds decides.", head, rows)


def _condition(rule: IntentRule) -> str:
    parts = (("all of", rule.all), ("any of", rule.any), ("none of", rule.none))
    return "; ".join(f"{words} {', '.join(map(_code, sorted(names)))}" for words, names in parts if names) or "anything"


def _order() -> str:
    beaten: dict[str, list[str]] = {}
    for overlap in overlaps():
        beaten.setdefault(overlap.deciding, []).append(overlap.beaten)
    intents = {rule.name: rule.intent for rule in rules()}
    rows = (
        (deciding, " · ".join(f"**{name}**" if intents[name] != intents[deciding] else name for name in names))
        for deciding, names in beaten.items()
    )
    text = (
        "Where two rules hold for the same example, the earlier one decides. Rules in bold have another intent:\n"
        "before them the order matters. `tests/src/hcpcs/questions/rule_overlaps.tsv` has an example of every pair."
    )
    return _section("Pairs of rules", text, ("rule", "beats"), rows)


def _features() -> str:
    used = _uses()
    rows = (
        (_code(one.name), one.given_by, str(used[one.name] or ""))
        for one in sorted((*WORD_FEATURES, *RECOGNIZED_FEATURES), key=lambda one: one.name)
    )
    text = (
        "Besides these, every [tag of a phrase](question-tags.md) is a feature, and so is its section: `field:betos`\n"
        "gives `field`. The last column counts the rules that name the feature."
    )
    return _section("Features", text, ("feature", "given by", "rules"), rows)


def _tags() -> str:
    used, implied = _uses(), implied_tags()
    same_as_shown = {f"payer:{name}" for state in states()[1:] for name in state_plans(state)}
    alone = ((name, name.partition(" (")[0], lines) for name, lines in payer_rows())
    by_name = {f"payer:{name}" for name, spoken, lines in alone if _in_words(lines) == _in_words(spoken)}
    rows_of: dict[str, list[str]] = {}
    for tag, row in tag_rows():
        if tag not in same_as_shown | by_name:
            rows_of.setdefault(tag, []).append(row)
    rows = (
        (_code(tag), _phrases(lines), ", ".join(map(_code, implied.get(tag, ()))), str(used[tag] or ""))
        for tag, lines in rows_of.items()
    )
    return _markdown(("tag", "phrases", "implies", "rules"), rows)


def _in_words(text: str) -> str:
    """A name or row as plain words, without the article and without the sign of a word that may be left out."""
    return text.lower().removeprefix("the ").replace("?", "")


def _uses() -> Counter[str]:
    """The number of rules that name each feature."""
    return Counter(name for rule in rules() for name in rule.all | rule.any | rule.none)


def _phrases(rows: list[str]) -> str:
    shown = [rows[0]]
    for row in rows[1:]:
        if len(" · ".join((*shown, row))) > ROWS_SHOWN:
            break
        shown.append(row)
    more = len(rows) - len(shown)
    return " · ".join(shown) + (f" and {more} more" if more else "")


def _code(text: str) -> str:
    return f"`{text}`"


def _section(title: str, text: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    return f"## {title}\n{text}\n\n{_markdown(head, rows)}"


def _markdown(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    return "\n".join((*_lines(head, rows), ""))


def _lines(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"| {' | '.join('---' for _ in head)} |"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"


PAGES: Final[Mapping[Path, Callable[[], str]]] = MappingProxyType(
    {
        Path("docs/question-rules.md"): manual_page,
        Path("docs/question-rule-order.md"): order_page,
        Path("docs/question-tags.md"): tags_page,
        Path("tests/src/hcpcs/questions/rule_overlaps.tsv"): overlap_table,
    }
)
"""The files that are written, relative to the root of the repository."""


def main() -> int:
    """Write the files. Returns the exit code: 2 where there is no repository around."""
    missing = [path.parent for path in PAGES if not path.parent.is_dir()]
    if missing:
        sys.stderr.write(f"make manual: no folder {missing[0]}; run it at the root of the repository.\n")
        return 2
    for path, text in PAGES.items():
        path.write_text(text(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
