"""One reading of a question: what is named in it, which words are left, and the facts that the rules decide by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

from hcpcs.coded_values import ValueFound, bare_betos, find_values
from hcpcs.codes import CodeMention, CodeSystem, Found, scan
from hcpcs.days import DayFound, find_days
from hcpcs.families import Family, find_prefix, find_range
from hcpcs.lexicon import CODE, DAY, Phrase, Token, lexicon, phrases, tokens
from hcpcs.miswritten import find_miswritten
from hcpcs.quantities import QuantityFound, find_quantity
from hcpcs.search import Filters
from hcpcs.typed_filters import find_filters


class Reading(NamedTuple):
    """What a question names, each with its place in ``text``, and the ``facts`` about it."""

    text: str
    found: tuple[Found, ...]
    family: Family | None
    days: tuple[DayFound, ...]
    quantity: QuantityFound | None
    values: tuple[ValueFound, ...]
    filters: Filters
    tokens: tuple[Token, ...]
    phrases: tuple[Phrase, ...]
    content: tuple[int, ...]
    facts: frozenset[str]

    @property
    def mentions(self) -> tuple[CodeMention, ...]:
        """The codes in order of mention, each once."""
        return tuple(dict.fromkeys(one.mention for one in self.found))

    def said(self, section: str) -> tuple[str, ...]:
        """The names said of a section of the lexicon ("payer", "field", "term"), in order."""
        start = section + ":"
        names = (tag[len(start) :] for phrase in self.phrases for tag in sorted(phrase.tags) if tag.startswith(start))
        return tuple(dict.fromkeys(names))


class _Named(NamedTuple):
    """What a text names before its words are looked at."""

    found: tuple[Found, ...]
    family: Family | None
    days: tuple[DayFound, ...]
    values: tuple[ValueFound, ...]
    filters: Filters
    placed: tuple[tuple[int, int, str], ...]


_FAMILY: Final = "#family"
_VALUE: Final = "#value"
_FILTER: Final = "#filter"
_COMPARING: Final = re.compile(r"\bcompar|\bvs\b|\bversus|differ|\bsame as\b|\bsimilar", re.IGNORECASE)
_LETTER_TERM: Final = re.compile("term:([a-z])_codes")
_TWO: Final = re.compile(r"[A-Z][A-Z0-9]")
_YES_NO: Final = frozenset(
    """is are was were does do did can could will would should has have may must isnt arent wasnt doesnt dont didnt
    cant wont shouldnt hasnt aint isn""".split()
)
_GREETING: Final = frozenset("hi hello hey so and but please ok okay um uh thanks quick question good morning".split())
_ASPECTS: Final = frozenset(
    """covers pays bills price how_much how_paid status valid still new field payer part medicare compare history
    change changes_asked contact units_asked replaces""".split()
)
"""What can be asked of a code: one of these makes an uncertain attempt at a code one."""


def read(text: str, today: date) -> Reading:
    """The reading of a plain text without Slack's dressing."""
    reading = _read(text, today, guess=True)
    if "guessed" in reading.facts and "alone" not in reading.facts and not reading.facts & _ASPECTS:
        return _read(text, today, guess=False)
    return reading


def _read(text: str, today: date, *, guess: bool) -> Reading:
    named, facts = _name(text, today, guess=guess)
    row = tokens(text, named.placed)
    said = phrases(row)
    content = _content(row, said)
    quantity = find_quantity(text)
    found, family = named.found, named.family
    if family is None and not found:
        family = _lettered(row, said)
        facts |= {"lettered"} if family else set()
    if not found and (modifiers := _bare_modifiers(text, row, said, content)):
        found, content = modifiers, ()
    facts |= _facts_of_words(text, row, said, content)
    facts |= _facts_of_names(text, named._replace(found=found, family=family))
    if quantity:
        facts.add("amount")
        if not [i for i in content if not quantity.start <= row[i].start < quantity.end] and found:
            facts.add("alone")
    values = named.values
    if not (found or values or family) and len(content) <= 1 and (value := bare_betos(text)):
        values, content = (value,), ()
        facts |= {"value", "alone"}
    return Reading(
        text, found, family, named.days, quantity, values, named.filters, tuple(row), tuple(said), content,
        frozenset(facts),
    )  # fmt: skip


def _name(text: str, today: date, *, guess: bool) -> tuple[_Named, set[str]]:
    """Everything that the text names, and whether some of it is but a guess."""
    facts: set[str] = set()
    typed = find_filters(text, today)
    placed = [(*span, _FILTER) for span in typed.spans]
    rest = _without(text, typed.spans)
    found = scan(rest)
    family = find_range(rest, found, comparing=bool(_COMPARING.search(rest)))
    if family:
        found = [one for one in found if not (one.start < family.end and family.start < one.end)]
    rest = _without(rest, ((one.start, one.end) for one in found))
    values = find_values(rest)
    rest = _without(rest, ((one.start, one.end) for one in values))
    if family is None:
        family = find_prefix(rest)
        if family and not family.named:
            family = None if found or not guess else family
            facts |= {"guessed"} if family else set()
    if family:
        placed.append((family.start, family.end, _FAMILY))
        rest = _without(rest, [(family.start, family.end)])
    days = find_days(rest, today, loose=bool(found or family))
    rest = _without(rest, ((one.start, one.end) for one in days))
    attempts = find_miswritten(rest, sure=True)
    if not (found or family or attempts or days or values) and guess:
        attempts = find_miswritten(rest, sure=False)
        facts |= {"guessed"} if attempts else set()
    found = sorted([*found, *attempts], key=lambda one: one.start)
    placed += [(one.start, one.end, CODE) for one in found]
    placed += [(one.start, one.end, DAY) for one in days]
    placed += [(one.start, one.end, _VALUE) for one in values]
    placed.sort()
    return _Named(tuple(found), family, tuple(days), tuple(values), typed.filters, tuple(placed)), facts


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """``text`` with spaces where the spans are."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _content(row: Sequence[Token], said: Sequence[Phrase]) -> tuple[int, ...]:
    """The tokens that nothing explains: neither a phrase, nor scaffolding, nor something named."""
    explained = {i for phrase in said for i in range(phrase.first, phrase.end)}
    scaffolding = lexicon().scaffolding
    return tuple(
        i
        for i, token in enumerate(row)
        if i not in explained and token.key not in scaffolding and not token.key.startswith("#")
    )


def _lettered(row: Sequence[Token], said: Sequence[Phrase]) -> Family | None:
    """The family of a letter that is spoken of as such ("J codes")."""
    for phrase in said:
        for tag in phrase.tags:
            if letter := _LETTER_TERM.fullmatch(tag):
                return Family(None, None, letter[1].upper(), row[phrase.first].start, row[phrase.end - 1].end)
    return None


def _bare_modifiers(
    text: str, row: Sequence[Token], said: Sequence[Phrase], content: Sequence[int]
) -> tuple[Found, ...]:
    """Modifiers that are the whole subject of a question ("RR", "what is KX", "RR vs NU")."""
    if len(text) == 2 and _TWO.fullmatch(text.upper()) and (content or text.isupper()) and text not in {"HI", "OK"}:
        return (_modifier(text, Token(text, 0, 2)),)
    subject = [row[i] for i in content]
    defining = any(phrase.tags & {"means", "what_is"} for phrase in said)
    if not subject and defining and not text.isupper():
        taken = {i for phrase in said for i in range(phrase.first, phrase.end)}
        subject = [one for i, one in enumerate(row) if i not in taken and _TWO.fullmatch(text[one.start : one.end])]
    if not subject or not all(_TWO.fullmatch(text[one.start : one.end].upper()) for one in subject):
        return ()
    if len(subject) > 1 and not all(text[one.start : one.end].isupper() for one in subject):
        return ()
    return tuple(_modifier(text, one) for one in subject)


def _modifier(text: str, token: Token) -> Found:
    written = text[token.start : token.end]
    mention = CodeMention(code=written.upper(), system=CodeSystem.MODIFIER, written=written)
    return Found(mention, token.start, token.end)


def _facts_of_words(text: str, row: Sequence[Token], said: Sequence[Phrase], content: Sequence[int]) -> set[str]:
    tags = {tag for phrase in said for tag in phrase.tags}
    facts = tags | {tag.split(":")[0] for tag in tags}
    fields = {tag[6:] for tag in tags if tag.startswith("field:")}
    if "coverage" in fields:
        facts.add("coverage_field")
    if any(name.startswith("pricing_indicator") for name in fields):
        facts.add("pricing_field")
    if fields & _STATUS_FIELDS:
        facts.add("status_field")
    if any(name not in _STATUS_FIELDS and name != "coverage" and not name.startswith("pricing_") for name in fields):
        facts.add("plain_field")
    if not content:
        facts.add("alone")
    if tags & {"filter:active", "filter:inactive"} or {"filter:modifier", "listing"} <= tags:
        facts.add("filtered")
    if not any(character.isalnum() for character in text):
        facts.add("empty" if not text.strip(" ?") else "silent")
    opening = next((token.key for token in row if token.key not in _GREETING and token.key != CODE), "")
    if opening in _YES_NO:
        facts.add("yes_no")
    if any(token.key == "or" for token in row):
        facts.add("or")
    return facts


_STATUS_FIELDS: Final = frozenset({"status", "added_date", "termination_date", "action_effective_date"})


def _facts_of_names(text: str, named: _Named) -> set[str]:
    facts: set[str] = set()
    if named.found:
        facts.add("code")
    if len({one.mention.code for one in named.found}) > 1:
        facts.add("codes")
    if named.family:
        facts.add("family")
        if named.family.prefix and text[named.family.end - 1 : named.family.end] in "*%#xX":
            facts.add("wildcard")
    if named.values:
        facts.add("value")
    if named.days:
        facts |= {"day", "time"}
    if named.filters != Filters():
        facts.add("filtered")
    return facts
