"""The features that the subjects of a question give, where no record states them: ``tables/subjects.toml``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from hcpcs.questions.extraction.asked_terms import first_of
from hcpcs.questions.extraction.parse_state import ParseState
from hcpcs.questions.payers import ADVANTAGE_PART, MEDICAID, has_advantage_plans
from hcpcs.questions.question import AskedDetail, Intent
from hcpcs.questions.recognizers.modifiers.modifier_words import CPT_MODIFIERS
from hcpcs.questions.recognizers.places import Place, area_of_word, find_place
from hcpcs.questions.recognizers.subjects.asked_details import asks_if_right_for, details_of
from hcpcs.questions.subject import Subject
from hcpcs.questions.words.phrases import Phrase
from hcpcs.records.billing.payment_categories import category_named
from hcpcs.records.change_kinds import ChangeKind, kinds_named
from hcpcs.records.codes import CodeSystem
from hcpcs.records.families.code_families import family_words
from hcpcs.records.fields import CODED_FIELDS
from hcpcs.records.modifiers.pricing_modifiers import RENTED_OR_BOUGHT
from hcpcs.records.terms.vocabularies import VocabularyName
from hcpcs.search_port import Filters

_OF_CHANGES: Final = frozenset({"new", "status", "change", "changes_asked"})
"""Tags of a text that is about changes."""
_CAME_OR_WENT: Final = frozenset({ChangeKind.ADDED, ChangeKind.DISCONTINUED})
_PRICED: Final = frozenset({Subject.DRUG_PRICE, Subject.AMOUNT, Subject.RENTAL})
"""Subjects beyond the record that are asked with the words of pricing: of a code, the rules of pricing decide."""
_OF_THE_CODE_SET: Final = frozenset(
    {Subject.CODE_APPLICATION, Subject.CODE_FILE, Subject.CODE_SYSTEM, Subject.PAYERS_AND_CODES}
)
"""Subjects of the code set itself, which are asked with its name and no other."""
_MEDICARE: Final = re.compile(r"\b(?:medicare|mcr|cms|part b)\b", re.IGNORECASE)
_ASKS_WHO: Final = frozenset({"does", "do", "will", "would", "can", "could", "should", "did", "by"})
"""Words before the payer that is asked what it covers."""
_PART_B: Final = "part:B"
"""The tag of the part of Medicare that pays for what HCPCS codes bill, which is Medicare beside part D."""
_LINKS: Final = frozenset({"and", "or", "about", "vs", "versus", "plus"})
"""Words directly before Medicare where it is asked about as well as another payer."""
_JOINING: Final = frozenset({"or", "and", "vs", "versus", "plus", "not", "the"})
"""Words between two payers that are asked about together."""
_OF_OTHERS: Final = frozenset({Subject.FRAUD, Subject.REFILL, Subject.ENROLLMENT})
"""Subjects in which somebody is called or contacted who has no part in codes: the OIG, a patient."""
_LISTED: Final = frozenset({Subject.PRIOR_AUTHORIZATION, Subject.DOCUMENTATION})
"""Subjects of which CMS keeps a list of items."""


_ASKS_DATES: Final = frozenset(
    {"status", "status_field", "new", "valid", "changes_asked", "kind_of_change", "code_word"}
)
_ASKS_IN_USE: Final = frozenset({"status", "valid", "still", "out_of_force"})
_FAMILY_WORDS: Final = 12
"""Maximum words left over that can all name families of codes."""
LISTABLE: Final[Mapping[VocabularyName, str]] = MappingProxyType(
    {vocabulary: name for name, vocabulary in CODED_FIELDS.items() if name in Filters.model_fields}
)
"""The filter of ``Filters`` that takes a value of a vocabulary; it has the name of the record's field."""


def names_beyond(*, weak: bool) -> Callable[[ParseState], bool]:
    """Whether a subject is named that no record states and that decides the answer, by a cue that is weak or not."""

    def holds(state: ParseState) -> bool:
        # "how much does J1745 pay in the hospital": the place is whose price is asked for.
        placed = bool(state.tags & {"how_much", "amount_of"})
        # "telehealth originating site Q3014 2026 amount": the words are those of the code.
        paid = any(span.subject is Subject.AMOUNT for span in state.subjects)
        return any(
            span.weak is weak
            and not (placed and span.subject is Subject.PLACE_OF_SERVICE)
            and not (paid and span.subject is Subject.TELEHEALTH)
            and (span.subject not in _PRICED or (span.subject is Subject.DRUG_PRICE and not state.codes))
            for span in state.deciding_subjects
        )

    return holds


ASKED_WITH_WHEN: Final = (Subject.ABN_TIMING, Subject.PAYMENT_TIME, Subject.TIMELY_FILING)
"""Subjects whose cues leave no word of a question over, which else would be one for a definition."""
OF_MODIFIERS: Final = (
    Subject.MISSING_MODIFIER,
    Subject.INTERPRETER,
    Subject.LOANER,
    Subject.AMBULANCE_EMERGENCY,
    Subject.ASSIGNMENT_ON_A_CLAIM,
    Subject.NO_TRANSPORT,
    Subject.ORDINARY_FLOW,
    Subject.DEATH_ON_DME,
    Subject.BIOSIMILAR_MODIFIER,
    Subject.MODIFIER_COUNT,
    Subject.MODIFIERS_ON_FORM,
    Subject.OFFICE_FEES,
    Subject.ABN_REFUSED,
)
"""Subjects that decide where a code or modifier is asked for, too: modifiers, and fees that have no code."""


def names_subject(*subjects: Subject) -> Callable[[ParseState], bool]:
    """Whether one of some subjects beyond the record is named."""
    return lambda state: any(span.subject in subjects for span in state.subjects)


def place_of(state: ParseState) -> Place:
    """The place that a question names; a modifier of its codes is not the abbreviation of a state ("A4253 with KS")."""
    place = find_place(state.text, state.rest, state.zip_span)
    if place == Place() and (beside := _area_beside_payer(state)):
        return Place(beside, words=frozenset({beside.lower()}))
    named = place.area is not None and place.zip_code is None and place.area.lower() in place.words
    return Place() if named and any(place.area in span.mention.modifiers for span in state.codes) else place


def _area_beside_payer(state: ParseState) -> str | None:
    """The state in lower case directly before or after a payer: "molina tx E1390", "workers comp ca"."""
    phrases = _of_other_payers(state)
    beside = [at for one in phrases for at in (one.end, one.first - 1) if 0 <= at < len(state.tokens)]
    return next((area for at in beside if (area := area_of_word(state.tokens[at].key))), None)


def names_medicare(state: ParseState, features: frozenset[str]) -> bool:
    """Whether Medicare is asked about, beside another payer too.

    Not where only a word of coverage is there ("covered item"), where it is in the name of a plan ("Aetna Medicare"),
    or where the other payer is who is asked ("does BCBS cover S9123 when Medicare doesn't").
    """
    if "payer" not in features:
        return "medicare" in features
    if features.isdisjoint({"medicare", _PART_B}):
        return False
    named = _MEDICARE.search(state.text) is not None
    return named and not _names_advantage_plan(state) and not _asks_other_payer_alone(state)


def part_named(state: ParseState) -> str | None:
    """The part of Medicare that is named, by the name of a plan too."""
    return first_of(state.tagged("part")) or (ADVANTAGE_PART if _names_advantage_plan(state) else None)


def payer_named(state: ParseState) -> str | None:
    """The payer that a question names first: an insurer with the Medicaid beside it ("Humana Medicaid KY")."""
    named = _of_other_payers(state)
    payers = [_payer_of(phrase) for phrase in named]
    for first, second in zip(range(len(named)), range(1, len(named)), strict=False):
        adjacent = named[first].end == named[second].first
        insurers = [one for one in (payers[first], payers[second]) if has_advantage_plans(one)]
        programs = [one for one in (payers[first], payers[second]) if one.endswith(MEDICAID)]
        if adjacent and insurers and programs:
            return f"{insurers[0]} ({programs[0]})"
    return payers[0] if payers else None


def _names_advantage_plan(state: ParseState) -> bool:
    """Whether an insurer's name is directly before Medicare's: "Aetna Medicare" is its Medicare Advantage plan."""
    starts = {phrase.first for phrase in state.phrases if "medicare" in phrase.tags}
    plans = (phrase for phrase in _of_other_payers(state) if phrase.end in starts)
    return any(has_advantage_plans(payer) for phrase in plans if (payer := _payer_of(phrase)))


def _of_other_payers(state: ParseState) -> list[Phrase]:
    return [phrase for phrase in state.phrases if _payer_of(phrase)]


def _payer_of(phrase: Phrase) -> str:
    """The payer that a phrase names, blank if none."""
    return next((tag.partition(":")[2] for tag in phrase.tags if tag.startswith("payer:")), "")


def _asks_other_payer_alone(state: ParseState) -> bool:
    """Whether the other payer is asked what it covers, and Medicare isn't: "will Medicaid pay if Medicare denies"."""
    tokens, others = state.tokens, _of_other_payers(state)
    ours = [
        one
        for one in state.phrases
        if one.tags & {"medicare", _PART_B}
        and _MEDICARE.search(state.text, tokens[one.first].start, tokens[one.end - 1].end)
    ]
    joined = any(
        _JOINING.issuperset(token.key for token in tokens[min(one.end, two.end) : max(one.first, two.first)])
        for one in ours
        for two in others
    )
    # "does Aetna cover E0601, and Medicare too?", "what about Medicare": Medicare is asked as well.
    joined = joined or any(tokens[one.first - 1].key in _LINKS for one in ours if one.first)
    asked = any(_is_asked(state, one) for one in others)
    return not joined and asked and not any(_is_asked(state, one) for one in ours)


def _is_asked(state: ParseState, payer: Phrase) -> bool:
    """Whether a payer is who does or covers what is asked: "does aetna", "will the VA", "covered by Cigna"."""
    before = [token.key for token in state.tokens[max(0, payer.first - 2) : payer.first]]
    if before[-1:] == ["the"]:
        before = before[:-1]
    return bool(before) and before[-1] in _ASKS_WHO


def names_other_contact(state: ParseState) -> bool:
    """Whether somebody is asked for who has no part in codes: a contractor, another payer, the OIG, a patient."""
    if state.tagged("payer"):
        return True
    named = {span.subject for span in state.subjects}
    if not named.isdisjoint(_OF_OTHERS):
        return True
    return Subject.CONTRACTOR in named and find_place(state.text, state.rest).area is not None


def names_family_of_a_subject(state: ParseState) -> bool:
    """Whether a family in words is named apart from the subject: "revenue code for DME", not "DME MAC"."""
    subjects = [(span.start, span.end) for span in state.subjects]
    return bool(subjects) and any(
        all(end <= first or last <= start for first, last in subjects) for start, end in family_words(state.text)
    )


def asks_code_set(state: ParseState) -> bool:
    """Whether the code set itself is asked about."""
    return any(span.subject in _OF_THE_CODE_SET for span in state.subjects)


def names_rent_and_state(state: ParseState) -> bool:
    """Whether a rental or a purchase is given with a state and nothing else: "E0601 RR in Alaska"."""
    paid = any(not RENTED_OR_BOUGHT.isdisjoint(span.mention.modifiers) for span in state.codes)
    place = find_place(state.text, state.rest) if paid else None
    if place is None or place.area is None:
        return False
    return all(state.tokens[at].key in place.words for at in state.content)


def ends_with_medicare(state: ParseState) -> bool:
    """Whether Medicare is named at the end, after an item: "full electric hospital bed medicare"."""
    last = any("medicare" in phrase.tags and phrase.end == len(state.tokens) for phrase in state.phrases)
    return last and bool(state.content)


def asks_what_it_is_for(state: ParseState) -> bool:
    """Whether a word of three letters or more says what a code is asked to be good for: "is E1399 ok for a ramp"."""
    named = any(len(state.written(place)) > 2 for place in state.content)
    return named and not state.days and asks_if_right_for(state.text)


def asks_required_list(state: ParseState) -> bool:
    """Whether the items of a list that CMS keeps are asked for: "new prior auth codes", "the face to face list"."""
    named = any(span.subject in _LISTED for span in state.subjects)
    return named and AskedDetail.LIST in details_of(state.text)


def names_only_a_family(state: ParseState) -> bool:
    """Whether every word that is left over names a family of codes: "new drugs"."""
    if len(state.content) > _FAMILY_WORDS:
        return False
    spans = [*family_words(state.text)]
    starts = (state.tokens[place].start for place in state.content)
    return bool(spans) and all(any(first <= start < end for first, end in spans) for start in starts)


def names_cpt_modifier(state: ParseState) -> bool:
    """Whether a CPT modifier is named as such beside or on a code of HCPCS."""
    ours = [span.mention for span in state.codes if span.mention.system is CodeSystem.HCPCS]
    alone = any(span.mention.code in CPT_MODIFIERS for span in state.codes)
    attached = any(one.isdigit() for mention in ours for one in mention.modifiers)
    named = "mod" in state.text.lower()
    return bool(ours) and named and (alone or attached)


def listed_category(state: ParseState) -> str | None:
    """The pricing indicator of a payment category whose codes are asked for: "which codes are capped rental"."""
    lists = "listing" in state.tags or AskedDetail.LIST in details_of(state.text)
    if state.codes or state.values or not lists:
        return None
    return category_named(state.text)


def listed_values(state: ParseState) -> tuple[tuple[str, str], ...]:
    """The filters that the coded values of a question give, or a payment category: name and value."""
    named = [
        (LISTABLE[one.vocabulary], one.value) for one in state.values if one.vocabulary and one.vocabulary in LISTABLE
    ]
    category = listed_category(state)
    return (*named, *([("pricing_indicators", category)] if category else []))


def names_listable(state: ParseState) -> bool:
    """Whether a coded value is named by which a search can list codes."""
    return any(one.vocabulary in LISTABLE for one in state.values)


def asks_dates(features: frozenset[str], intent: Intent | None, *, searches: bool) -> bool:
    """Whether the first and last days are asked for; of an item in words also by "is its code still valid"."""
    if searches and {"code_word", "yes_no"} <= features:
        return not features.isdisjoint(_ASKS_IN_USE)
    return "when" in features and (searches or intent is Intent.STATUS) and bool(_ASKS_DATES & features)


def were_added_or_ended(state: ParseState) -> bool:
    """Whether a text says that codes were added or ended: "glucose monitor codes that were added in 2022"."""
    return not _OF_CHANGES.isdisjoint(state.tags) and not _CAME_OR_WENT.isdisjoint(kinds_named(state.text))
