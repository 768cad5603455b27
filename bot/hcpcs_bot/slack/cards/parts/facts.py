"""Facts as lines of a card: a label and what it says; and the evidence of an answer, with links to sources."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from hcpcs.answers.evidence import Evidence
from hcpcs_bot.slack.blockkit.blocks import Element, line, link, sentence, words
from hcpcs_bot.slack.blockkit.mrkdwn import clip


class CardFact(NamedTuple):
    """One line of a card: what it is about, what it says, and who or what says so where it isn't the record."""

    label: str
    text: str
    source: str = ""


def fact_line(fact: CardFact) -> Element:
    """``Priced: Capped rental DME (36)``, with its source in italics."""
    source = [words(f" ({fact.source})", italic=True)] if fact.source else []
    return line(words(f"{fact.label}: ", bold=True), words(fact.text), *source)


def evidence_line(fact: Evidence, *, labeled: bool = True, limit: int = 3000) -> Element:
    """A fact of an answer as a line; where it names a page, the words open it."""
    text = clip(fact.sentence if labeled else fact.text, limit)
    if not fact.link or fact.link not in text:
        return line(*sentence(text))
    before, _, after = text.partition(fact.link)
    label, colon, name = (
        before.rstrip(": ").partition(": ") if labeled and fact.label else ("", "", before.rstrip(": "))
    )
    runs = [words(f"{label}{colon}")] if label else []
    return line(*runs, link(fact.link, name), *([words(after)] if after else []))


def evidence_lines(facts: Iterable[Evidence], *, labeled: bool = True, limit: int = 3000) -> list[Element]:
    """The facts, one per line."""
    return [evidence_line(fact, labeled=labeled, limit=limit) for fact in facts]
