"""The names of items: the codes that a whole query names, and the names within a longer one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import combinations
from typing import Final

from hcpcs_index.inverted_index.roles import Role
from hcpcs_index.inverted_index.search_table import SearchTable
from hcpcs_index.query.code_words import CodeWords
from hcpcs_index.query.concepts import Alternative
from hcpcs_index.query.meanings import Meanings
from hcpcs_index.query.query_words import meaningful_words
from hcpcs_index.search_limits import MAX_DESCRIBED_WORDS, MAX_ITEMS_WITHIN, MIN_STORY_WORDS
from hcpcs_index.synonyms.synonym import WITH, Synonym
from hcpcs_index.text.analysis import Word
from hcpcs_index.text.unit_words import MILE, asked_units, stated_units, without_units
from hcpcs_index.text.word_lists import GENERIC, INJECTION_STEM, INJECTION_WORDS, NEGATIONS, SIDES_AND_PACKS

_WITH_WORD: Final = re.compile(r" (?:with|w/?) ")
_WITHOUT: Final = re.compile(r"[,;]? (?:without|no|w/?o) ")
# What somebody needs is what a story asks for: "patients on home oxygen need a humidifier bottle".
_NEED: Final = re.compile(r" (?:needs?|wants?|requires?|requests?|requesting) (?:an? |the |some |new |another )*")
_NEGATIONS: Final = frozenset(NEGATIONS)
_DRUG: Final = Word("drug", "drug")
"""Stands for all words for an injection in the names of drugs by what they treat: "psoriasis drug"."""


class ItemNames:
    """The names of items in one search table. It keeps nothing of what is asked."""

    def __init__(self, table: SearchTable, codes: CodeWords, meanings: Meanings, knows: Callable[[Word], bool]) -> None:
        self._table = table
        self._codes = codes
        self._meanings = meanings
        self._knows = knows
        self._nouns = {head.rpartition(" ")[2] for head in table.heads}

    def asked(self, words: Sequence[Word], folded: str) -> tuple[Alternative, ...]:
        """The codes of the item that a whole query names, best first: by its name, or by words of its record with it.

        The billing unit decides between them: "respite per diem".
        """
        stem, start = self._table.stem, _WITH_WORD.search(folded)
        head = () if start is None else words[: len(meaningful_words(folded[: start.start()], stem))]
        units = asked_units(folded)
        item = self.named(words, head)
        if not item and start is None:
            item = self.described(words, first=bool(units)) or self._of_clause(folded) or self._without(folded)
        if not units:
            return item
        rest = meaningful_words(without_units(folded), stem)
        return self.billed_by(item, units, rest) if item else self.billed(rest, units)

    def _of_clause(self, folded: str) -> tuple[Alternative, ...]:
        """The codes of the item that the last clause of a story names: "it keeps him from falling out, side rails".

        Or what somebody needs: "patients on home oxygen need a humidifier bottle".
        """
        story, _, clause = folded.rpartition(", ")
        if len(meaningful_words(story, self._table.stem)) >= MIN_STORY_WORDS:
            return self.named(meaningful_words(clause, self._table.stem))
        need = _NEED.search(folded)
        return () if need is None else self.named(meaningful_words(folded[need.end() :], self._table.stem))

    def _without(self, folded: str) -> tuple[Alternative, ...]:
        """The codes of the item that a query names before "without", but for those that have the word after it.

        "Wrist splint, no joints" asks for L3908, which doesn't mention joints. A hinge is a joint as well. One
        that says it is without it has the word only to say so: "ng tube without stylet" is B4082.
        """
        negation = _WITHOUT.search(folded)
        if negation is None:
            return ()
        item = self.named(meaningful_words(folded[: negation.start()], self._table.stem))
        if not item:
            return ()
        after = meaningful_words(folded[negation.end() :], self._table.stem)
        meanings = [meaning for word in after for meaning in self._meanings.of_word(word.surface, word.stem)]
        unwanted = {stem for meaning in meanings for stem in meaning.stems}
        return tuple(one for one in item if unwanted.isdisjoint(self._stems(one)) or self._lacks(one, after))

    def _lacks(self, one: Alternative, words: Sequence[Word]) -> bool:
        """Whether the record of an item's code says that it is without each of these words."""
        negated = self._table.negations[next(iter(one.scores))]
        return bool(words) and all(negated.has(word.surface) for word in words)

    def named(self, words: Sequence[Word], head: Sequence[Word] = ()) -> tuple[Alternative, ...]:
        """The codes that the whole query is a name of, best first; ``head`` has its words before "with".

        An item with another asks for the first: "cpap with humidifier" for the device, "cpap humidifier" not.
        """
        if not 0 < len(head) < len(words):
            return self._whole_item(words)
        item = self._whole_item([*head, WITH, *words[len(head) :]])
        if item:
            return item
        item = self._whole_item(words)
        if not item or not self._is_added(item[0].label, words[-1]):
            return item
        main = self._whole_item(head)
        if not main or self._is_added(main[0].label, words[-1]):
            return item
        labels = {alternative.label for alternative in main}
        return (*main, *(alternative for alternative in item if alternative.label not in labels))

    def billed(self, words: Sequence[Word], units: frozenset[str]) -> tuple[Alternative, ...]:
        """The codes of the item that the words name, if one states one of these billing units: "IOP per diem".

        Or if its usual code states none at all: a program for methadone is meant by "methadone per day".
        """
        item = self.named(words)
        stated = [one for one in item if not units.isdisjoint(self._units(one))]
        program = units != {MILE} and bool(item) and not self._units(item[0])
        return self.billed_by(item, units, words) if stated or program else ()

    def billed_by(
        self, item: Sequence[Alternative], units: frozenset[str], words: Sequence[Word]
    ) -> tuple[Alternative, ...]:
        """The codes of an item that state no other billing unit than one of ``units``, best first.

        "Home health aide hourly" asks for none of the aide's codes by 15 minutes or by visit. First are those that
        state the unit and have all the other words: "alcohol treatment per hour" is H2035, not the program H0015. The
        code of a mile is billed beside that of the trip: "wheelchair van per mile" asks for the mileage first.
        """
        billed = [one for one in item if not (stated := self._units(one)) or not units.isdisjoint(stated)]
        stems = {word.stem for word in words}
        only_mile = units == {MILE}
        return tuple(
            sorted(billed, key=lambda one: not (self._units(one) and (only_mile or stems <= self._stems(one))))
        )

    def _units(self, one: Alternative) -> frozenset[str]:
        """The billing units that the record of an item's code states."""
        return stated_units(self._table.long[next(iter(one.scores))])

    def _stems(self, one: Alternative) -> frozenset[str]:
        return frozenset(self._table.stems[next(iter(one.scores))].split())

    def _is_added(self, code: str, last: Word) -> bool:
        """Whether a code is for an accessory, or for what the query's last word names ("bed with mattress")."""
        number = self._codes.number(code)
        if number is None:
            return False
        noun = self._table.heads[number].rpartition(" ")[2]
        return noun == last.stem or bool(self._table.roles[number] & Role.ACCESSORY)

    def _whole_item(self, words: Sequence[Word]) -> tuple[Alternative, ...]:
        """The codes that the whole query is a name of, best first; words such as "machine" may be left out.

        After the name of a drug that is injected, so may the words that say so: "gemcitabine infusion".
        """
        synonym = self._table.items.find(words)
        if synonym is None:
            synonym = self._item_without(words, lambda word: word.surface in GENERIC or self._is_size(word))
        if synonym is None:
            # "Crutch tips pair", "wrist brace right": which side and how many decide nothing.
            synonym = self._item_without(words, lambda word: word.surface in SIDES_AND_PACKS)
        if synonym is None:
            synonym = self._item_without(words, lambda word: word.surface in INJECTION_WORDS)
            synonym = synonym if synonym is not None and self._is_injected(synonym.targets[0].code) else None
        if synonym is None:
            naming = [word for word in words if word.surface not in INJECTION_WORDS]
            synonym = self._table.items.find([*naming, _DRUG]) if 0 < len(naming) < len(words) else None
        if synonym is None:
            # "Zofran 4 mg tab": the strength decides nothing where an item has one code.
            synonym = self._item_without(words, lambda word: word.surface[0].isdigit() or word.surface in GENERIC)
            synonym = synonym if synonym is not None and len(synonym.targets) == 1 else None
        return () if synonym is None else tuple(self._meanings.of_item(synonym))

    def _item_without(self, words: Sequence[Word], is_omitted: Callable[[Word], bool]) -> Synonym | None:
        """The item that the words name without those to leave out, if there are any and others remain."""
        naming = [word for word in words if not is_omitted(word)]
        return self._table.items.find(naming) if 0 < len(naming) < len(words) else None

    def _is_size(self, word: Word) -> bool:
        """Whether a word is a size or strength that no record states: "16fr" of "foley kit 16fr"."""
        return word.surface[0].isdigit() and not self._knows(word)

    def _is_injected(self, code: str) -> bool:
        """Whether the record of a code says that it is an injection."""
        number = self._codes.number(code)
        return number is not None and INJECTION_STEM in self._table.stems[number].split()

    def described(self, words: Sequence[Word], *, first: bool = False) -> tuple[Alternative, ...]:
        """The codes of the longest item among a few words, if its record has the others: "portable suction pump".

        A noun that another record is named by asks for that one ("hospital bed rails"), a number or negation for
        one of the item's codes ("cushion 22 inch"). Only codes with all of the words are meant: a "drainable ostomy
        pouch" isn't a closed one. ``first``: the item's usual code must be one of them.
        """
        if len(words) > MAX_DESCRIBED_WORDS or any(map(_decides, words)):
            return ()
        for length in range(len(words) - 1, 0, -1):
            for places in combinations(range(len(words)), length):
                naming = [words[place] for place in places]
                synonym = self._table.items.find(naming)
                if synonym is not None:
                    others = [word for place, word in enumerate(words) if place not in places]
                    item = tuple(self._meanings.of_item(synonym))
                    described = tuple([one for one in item if self._describe(others, one.label)])
                    if described and (described[0] is item[0] or not first):
                        return described
        return ()

    def _describe(self, words: Sequence[Word], code: str) -> bool:
        """Whether the record of a code has all these words, negates none, and none of them names another record."""
        number = self._codes.number(code)
        if number is None:
            return False
        stems, noun = set(self._table.stems[number].split()), self._table.heads[number].rpartition(" ")[2]
        if any(word.stem not in stems or (word.stem in self._nouns and word.stem != noun) for word in words):
            return False
        # "BLS ambulance emergency" isn't A0428, "non-emergency transport".
        negated = self._table.negations[number].negated
        return not any(f" {word.surface}" in negated for word in words)

    def end_of_phrase(self, words: Sequence[Word]) -> tuple[int, int] | None:
        """The place of the longest item's name among the words of a noun phrase, if no other noun follows it.

        "Oxygen concentrator stationary" names the concentrator; "walker basket" names the basket.
        """
        items = self._table.items
        for end in range(len(words), 0, -1):
            length = items.longest_key(words[end - 1])
            for start in range(max(0, end - length), end):
                if items.has(words[start:end]):
                    return start, end
            if words[end - 1].stem in self._nouns:
                return None
        return None

    def within(self, words: Sequence[Word]) -> tuple[str, tuple[Alternative, ...]]:
        """The longest name of an item among the words, wherever it stands, and its first codes; the last of several.

        Names of one word, such as "wheelchair", occur in too many other names.
        """
        items = self._table.items
        longest = max(map(items.longest_key, words), default=0)
        for length in range(min(longest, len(words) - 1), 1, -1):
            for start in range(len(words) - length, -1, -1):
                naming = words[start : start + length]
                synonym = items.find(naming)
                if synonym is not None:
                    codes = tuple(self._meanings.of_item(synonym))[:MAX_ITEMS_WITHIN]
                    return " ".join([word.surface for word in naming]), codes
        return "", ()


def _decides(word: Word) -> bool:
    """Whether a word decides among the codes of an item: a number or a negation."""
    return word.surface[0].isdigit() or word.surface in _NEGATIONS
