"""Facts as lines of a card: a label and what it says; and the evidence of an answer, with links to sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from hcpcs.answers.evidence import Evidence
from hcpcs_bot.slack.blockkit.blocks import Element, line, link, sentence, words
from hcpcs_bot.slack.blockkit.mrkdwn import clip

FACT_TEXT: Final = 3000
"""Maximum characters of a fact, where a card sets no lower limit: what Slack takes in a text."""


class CardFact(NamedTuple):
    """One line of a card: what it is about, what it says, and who or what says so where it isn't the record."""

    label: str
    text: str
    source: str = ""


def fact_line(fact: CardFact) -> Element:
    """``Priced: Capped rental DME (36)``, with its source in italics."""
    source = [words(f" ({fact.source})", italic=True)] if fact.source else []
    return line(words(f"{fact.label}: ", bold=True), words(fact.text), *source)


def evidence_line(fact: Evidence, *, limit: int = FACT_TEXT) -> Element:
    """A fact of an answer as a line of at most ``limit`` characters; where it names a page, the words open it."""
    label = f"{fact.label}: " if fact.label else ""
    text = clip(fact.text, max(1, limit - len(label)))
    if not fact.link or fact.link not in text:
        return line(*sentence(f"{label}{text}"))
    before, _, after = text.partition(fact.link)
    name = before.rstrip(": ") or fact.link
    return line(*([words(label)] if label else []), link(fact.link, name), *([words(after)] if after else []))


def evidence_lines(facts: Iterable[Evidence], *, limit: int = FACT_TEXT) -> list[Element]:
    """The facts, one per line, each of at most ``limit`` characters."""
    return [evidence_line(fact, limit=limit) for fact in facts]


def merge_facts(facts: Iterable[Evidence]) -> Iterator[str]:
    """Each fact once, labeled with all the codes that it holds for: ``J3490, L8699: This code is not otherwise...``."""
    labels: dict[str, list[str]] = {}
    for fact in facts:
        labels.setdefault(fact.text, []).append(fact.label)
    for text, names in labels.items():
        label = ", ".join(filter(None, names))
        yield f"{label}: {text}" if label else text
