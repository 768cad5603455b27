"""The features of a question by which the rules decide.

A feature is a tag of ``tables/cue_phrases.toml`` ("covers", "compare"), the section of a tag ("field", "payer",
"term"), or one of the two tables here: what the words give, and what the recognized spans give.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Final, NamedTuple

from hcpcs.questions.extraction.parse_state import ParseState
from hcpcs.questions.extraction.purposes import fitting_modifiers
from hcpcs.questions.extraction.quantity_features import (
    DRUG_MEASURES,
    OTHER_MEASURES,
    claims_units,
    gives_amount,
    gives_code_of_days,
    gives_graft,
    gives_period,
    gives_sides,
    gives_things,
    gives_two_claims,
    gives_two_sizes,
    gives_volume,
    is_like_a_descriptor,
)
from hcpcs.questions.extraction.search_words import compared_items
from hcpcs.questions.extraction.subject_features import (
    ASKED_WITH_WHEN,
    OF_MODIFIERS,
    asks_code_set,
    asks_required_list,
    asks_what_it_is_for,
    ends_with_medicare,
    listed_category,
    names_beyond,
    names_cpt_modifier,
    names_family_of_a_subject,
    names_listable,
    names_only_a_family,
    names_other_contact,
    names_rent_and_state,
    names_subject,
    were_added_or_ended,
)
from hcpcs.questions.recognizers.places import names_rural
from hcpcs.questions.recognizers.subjects.asked_details import asks_if_right
from hcpcs.questions.recognizers.subjects.denial_codes import denial_codes
from hcpcs.questions.subject import Subject
from hcpcs.questions.words.function_words import function_words
from hcpcs.questions.words.tokens import CODE
from hcpcs.records.billing.units import Dimension
from hcpcs.records.codes import CodeSystem
from hcpcs.records.families.noc_families import lacks_code

ASPECTS: Final = frozenset(
    """
    covers pays bills price how_much how_paid status valid still field payer part medicare compare history
    change changes_asked contact units_asked replaces
    """.split()
)
"""What can be asked of a code: beside one of these, what is perhaps an attempt at a code is one ("is S935 covered")."""

_VOWEL: Final = re.compile("[aeiouy]")
_ALNUM: Final = re.compile(r"[^\W_]")
_CONSONANTS: Final = re.compile("[bcdfghjklmnpqrstvwxz]{5}")
# "need the L code for a wrist splint", but not "what are C codes for".
# "Is there a J code for Zepbound", "are there J codes for Eliquis"; not "are H codes for mental health".
_ONE: Final = re.compile(r"\b(?:[a-z][- ]?code|there (?:any )?[a-z][- ]?codes) (?:for|to|of)\b", re.IGNORECASE)
_HOW_MANY_UNITS: Final = re.compile(r"\bhow many (?:\w+ )?units?\b", re.IGNORECASE)
_OR_VS: Final = re.compile(r" (?:vs\.?|or) ", re.IGNORECASE)
# "J codes that are not covered", "which S codes aren't payable": some of them are asked for.
_CHOSEN: Final = re.compile(r"\bcodes (?:(?:that|which) (?:are|aren'?t|is|medicare)|are not|aren'?t)\b", re.IGNORECASE)
_MONEY: Final = re.compile(r"\$\s?\d")
_DOLLARS: Final = re.compile(r"\$(?!\s?\w)|€|💰|💲")
_OTHER_SYSTEMS: Final = frozenset(
    f"term:{key}" for key in ("cdt", "icd10", "ndc", "drg", "revenue", "place_of_service", "loinc", "carc")
)
_OUR_OWN: Final = frozenset({"hcpcs", "hcpc", "modifier", "modifiers"})
_STATUS_FIELDS: Final = frozenset({"status", "added_date", "termination_date", "action_effective_date"})

_CODE_WORDS: Final = frozenset({"code", "codes", "hcpcs", "jcode", "descriptor", "description"})
_BEFORE_VERB: Final = frozenset({"to", "i", "we", "you"})
_CLAIMS: Final = frozenset({"claim", "claims", "form", "forms"})


class Feature(NamedTuple):
    """A feature that is not a tag: its name, what gives it, and whether it holds."""

    name: str
    given_by: str
    holds: Callable[[ParseState], bool]


def features_of(state: ParseState) -> frozenset[str]:
    """Every feature of a question whose stages are done."""
    return features_of_words(state) | {one.name for one in RECOGNIZED_FEATURES if one.holds(state)}


def features_of_words(state: ParseState) -> frozenset[str]:
    """The features that the words of a question give, whatever else is recognized in it."""
    return state.tags | {one.name for one in WORD_FEATURES if one.holds(state)}


def _kind_of_field(name: str) -> str:
    """The part of the answer that a field belongs to, as a feature."""
    if name in _STATUS_FIELDS:
        return "status_field"
    if name == "coverage":
        return "coverage_field"
    return "pricing_field" if name.startswith("pricing_indicator") else "plain_field"


def _names_field(kind: str) -> Callable[[ParseState], bool]:
    """Whether a field of a kind is named."""

    def holds(state: ParseState) -> bool:
        return any(_kind_of_field(name) == kind for name in state.tagged("field"))

    return holds


def _filtered_by_words(state: ParseState) -> bool:
    by_status = not state.tags.isdisjoint({"filter:active", "filter:inactive"})
    return by_status or {"filter:modifier", "listing"} <= state.tags


def _is_unreadable(state: ParseState) -> bool:
    """Whether a word can't be a word of a language: five consonants in a row, at most one vowel."""
    words = [state.written(place).lower() for place in state.content]
    mashed = [word for word in words if _CONSONANTS.search(word) and len(_VOWEL.findall(word)) <= 1]
    return bool(mashed) and all(word in mashed or not _VOWEL.search(word) for word in words)


def _opens_yes_or_no(state: ParseState) -> bool:
    words = function_words()
    opening = (one.key for one in state.tokens if one.key != CODE and one.key not in words.before_the_opening)
    return next(opening, "") in words.opens_yes_or_no


def _asks_a_rule(state: ParseState) -> bool:
    return bool(state.content) and not state.keys.isdisjoint(function_words().asks_a_rule)


def _has_code_word(state: ParseState) -> bool:
    keys = [] if state.keys.isdisjoint(_CODE_WORDS) else ["", *(token.key for token in state.tokens)]
    return any(key in _CODE_WORDS and before not in _BEFORE_VERB for before, key in pairwise(keys))


def _names_other_system(state: ParseState) -> bool:
    return not state.tags.isdisjoint(_OTHER_SYSTEMS) and _OUR_OWN.isdisjoint(state.keys)


def _is_alone(state: ParseState) -> bool:
    if not state.codes or not state.quantities:
        return not state.content and state.zip_span is None and "new_state" not in state.tags
    return state.measured.issuperset(state.content)


def _asks_when(state: ParseState) -> bool:
    keys = [token.key for token in state.tokens] if "when" in state.keys else []
    return any(first == "when" and then in {"did", "was", "were", "does", "has"} for first, then in pairwise(keys))


WORD_FEATURES: Final = (
    Feature("status_field", "a date or the status is named as a field", _names_field("status_field")),
    Feature("coverage_field", "the coverage code is named as a field", _names_field("coverage_field")),
    Feature("pricing_field", "a pricing indicator is named as a field", _names_field("pricing_field")),
    Feature("plain_field", "any other field is named", _names_field("plain_field")),
    Feature("filtered", "only codes in use, only codes that ended, or modifiers are to be listed", _filtered_by_words),
    Feature("empty", "nothing is written, or question marks alone", lambda s: not s.text.strip(" ?")),
    Feature(
        "silent", "signs without letter or digit", lambda s: bool(s.text.strip(" ?")) and not _ALNUM.search(s.text)
    ),
    Feature("unreadable", "keys hit at random: asdfgh jkl", _is_unreadable),
    Feature("yes_no", "the question opens with a verb: is, does, can", _opens_yes_or_no),
    Feature(
        "asks_a_rule", "a word asks what is done or demanded (can, do we, needs), and words are left over", _asks_a_rule
    ),
    Feature(
        "opens_any",
        "the question opens with any: any new codes?",
        lambda s: bool(s.tokens) and s.tokens[0].key == "any",
    ),
    Feature("when", "when did, when was, since when does", _asks_when),
    Feature("money", "an amount of dollars, as on a claim line: $85.00", lambda s: bool(_MONEY.search(s.text))),
    Feature("price", "a dollar sign without an amount, as in $$?", lambda s: bool(_DOLLARS.search(s.text))),
    Feature("other_system", "another code system is named (ICD-10, DRG), and HCPCS is not", _names_other_system),
    Feature("code_word", "the word code, and not as a verb: how to code", _has_code_word),
    Feature("descriptor", "a text that is written like a descriptor: infliximab, 10 mg", is_like_a_descriptor),
    Feature("one_of_family", "one code of a letter: the L code for a splint", lambda s: bool(_ONE.search(s.text))),
    Feature("how_many_units", "how many units are asked for", lambda s: bool(_HOW_MANY_UNITS.search(s.text))),
    Feature("all_right", "whether something is all right, at the end: 60 mg ok?", lambda s: asks_if_right(s.text)),
    Feature("right_for", "what a code is good for, and no day: ok for a ramp", asks_what_it_is_for),
    Feature("in_a_case", "two words or more are left over, which say in what case", lambda s: len(s.content) > 1),
    Feature("on_claims", "a claim or its form is named: physician claims", lambda s: not s.keys.isdisjoint(_CLAIMS)),
    Feature("listing", "codes are chosen: codes that are not covered", lambda s: bool(_CHOSEN.search(s.text))),
    Feature("codes_with", "codes is the last word: BETOS D1G codes", lambda s: s.text.rstrip(" ?.").endswith("codes")),
    Feature("of_units", "units is the last word: Monovisc units", lambda s: s.text.rstrip(" ?.").endswith(" units")),
    Feature("or", "the word or", lambda s: "or" in s.keys),
    Feature("asks_why", "the word why", lambda s: "why" in s.keys),
)
"""The features that the words of a question give besides their tags."""

RECOGNIZED_FEATURES: Final = (
    Feature("code", "a code or modifier of any system", lambda s: bool(s.codes)),
    Feature(
        "codes",
        "two different codes or more",
        lambda s: len({(one.mention.code, *one.mention.modifiers) for one in s.codes}) > 1,
    ),
    Feature(
        "only_modifiers",
        "every code is a modifier",
        lambda s: bool(s.codes) and all(one.mention.system is CodeSystem.MODIFIER for one in s.codes),
    ),
    Feature("modifier_on_code", "a code with a modifier", lambda s: any(one.mention.modifiers for one in s.codes)),
    Feature(
        "modifiers_on_code",
        "a code with two modifiers or more",
        lambda s: any(len(one.mention.modifiers) > 1 for one in s.codes),
    ),
    Feature(
        "modifiers_compared",
        "modifiers of a code with vs or or between them: A4450 AU vs AX",
        lambda s: any(one.mention.modifiers and _OR_VS.search(one.mention.written) for one in s.codes),
    ),
    Feature("purpose", "a modifier is asked for by its purpose", lambda s: any(code.by_purpose for code in s.codes)),
    Feature("family", "a range or prefix of codes", lambda s: s.code_range is not None),
    Feature("only_family", "a family named by a word, and no other word is left over: new drugs", names_only_a_family),
    Feature("manual_section", "a section of a withdrawn manual: CIM 60-17", lambda s: bool(s.manual_sections)),
    Feature("zip_code", "a ZIP code", lambda s: s.zip_span is not None),
    Feature("rent_and_state", "RR, NU or UE on a code, a state, and nothing else", names_rent_and_state),
    Feature("rural", "rural amounts, or those that are not", lambda s: names_rural(s.text)),
    Feature("code_range", "a range of codes: J9000 to J9100", lambda s: bool(s.code_range and s.code_range.first)),
    Feature("added_or_ended", "codes were added or ended: codes that were added", were_added_or_ended),
    Feature("value", "a coded value", lambda s: bool(s.values)),
    Feature("listable_value", "a coded value that codes can be listed by: BETOS D1G", names_listable),
    Feature(
        "listed_category",
        "the codes of a payment category: which codes are capped rental",
        lambda s: listed_category(s) is not None,
    ),
    Feature("compared_items", "items in words that are compared: Truxima vs Riabni", lambda s: bool(compared_items(s))),
    Feature("day", "a day or period", lambda s: bool(s.days)),
    Feature("time", "a day or period", lambda s: bool(s.days)),
    Feature("two_times", "two days or periods", lambda s: len(s.days) > 1),
    Feature("amount", "an amount with a unit", gives_amount()),
    Feature("dose", "an amount in mg, mcg, g, units, mEq or mCi", gives_amount(*DRUG_MEASURES)),
    Feature(
        "measured",
        "such an amount, or an area, calories or miles",
        gives_amount(*DRUG_MEASURES, *OTHER_MEASURES, miles=True),
    ),
    Feature("graft", "an area that was applied, and what was discarded of it", gives_graft),
    Feature("volume_given", "a volume of 100 ml or more, or any of a code of drugs or contrast", gives_volume),
    Feature("of_days", "a code of home infusion or enteral supplies, billed per day: S9500, B4035", gives_code_of_days),
    Feature("things", "things that are counted: 5 bags, 200 every 3 months", gives_things),
    Feature("sides", "both sides of the body: both knees, or bilateral beside the word units", gives_sides),
    Feature("timed", "minutes or hours", gives_amount(Dimension.TIME)),
    Feature("claimed", "units to be checked: charge 2, bill 40 units, J0897 x 60", claims_units),
    Feature("two_claims", "two numbers of units to choose from: qty 1 or 4", gives_two_claims),
    Feature("two_sizes", "two amounts of which one is the unit: per mg or per 4 mg", gives_two_sizes),
    Feature(
        "cpt_modifier_named",
        "a code of ours with a CPT modifier that is called one: G0442 with modifier 59",
        names_cpt_modifier,
    ),
    Feature("period", "days, weeks or months that are not a limit: a 30 day month", gives_period),
    Feature("filtered", "a typed filter", lambda s: bool(s.filters)),
    Feature("beyond", "a subject that no record states (subjects.toml)", names_beyond(weak=False)),
    Feature("perhaps_beyond", "such a subject by a weak cue, which yields to coverage", names_beyond(weak=True)),
    Feature("subject_of_family", "a subject of a family in words: revenue code for DME", names_family_of_a_subject),
    Feature("asks_required_list", "a list that CMS keeps: prior authorization, face-to-face", asks_required_list),
    Feature("ends_with_medicare", "an item, and Medicare at the end: hospital bed medicare", ends_with_medicare),
    Feature("denial_code", "a code of a remittance: CO-50, remark N115", lambda s: bool(denial_codes(s.text))),
    Feature("asks_amount", "a fee or payment amount (subjects.toml)", names_subject(Subject.AMOUNT)),
    Feature("asks_other_contact", "a state's Medicare contractor, or reporting fraud", names_other_contact),
    Feature("asks_rental", "renting or buying (subjects.toml)", names_subject(Subject.RENTAL)),
    Feature("asks_modifier_order", "the order of modifiers (subjects.toml)", names_subject(Subject.MODIFIER_ORDER)),
    Feature("asks_application", "an application for a code (subjects.toml)", names_subject(Subject.CODE_APPLICATION)),
    Feature("asks_code_set", "the code set itself: its file, applications, who must take it", asks_code_set),
    Feature("asks_covid_vaccine", "COVID-19 vaccines (subjects.toml)", names_subject(Subject.COVID_VACCINE)),
    Feature("asks_vaccine_code", "vaccines with CPT codes (subjects.toml)", names_subject(Subject.VACCINE_CODE)),
    Feature("asks_succession", "codes that became codes of another letter", names_subject(Subject.CODE_SUCCESSION)),
    Feature("asks_multi_dose", "waste of multi-dose vials (subjects.toml)", names_subject(Subject.MULTI_DOSE_WASTE)),
    Feature("of_modifiers", "a modifier that a claim lacks, or none that says it", names_subject(*OF_MODIFIERS)),
    Feature("asks_together", "codes billed together (subjects.toml)", names_subject(Subject.BILLED_TOGETHER)),
    Feature("asks_when", "when something is due, good or paid (subjects.toml)", names_subject(*ASKED_WITH_WHEN)),
    Feature("of_a_case", "what happens between a supplier and a patient", names_subject(Subject.UNSTATED_CASE)),
    Feature("asks_limit", "a quantity or frequency limit (subjects.toml)", names_subject(Subject.LIMIT)),
    Feature("fits_a_purpose", "a modifier is asked for on a code, by purpose", lambda s: bool(fitting_modifiers(s))),
    Feature("lacks_code", "an item without a code: a drug that has no J code", lambda s: lacks_code(s.text)),
    Feature("alone", "no word is left over; beside a code, an amount may be", _is_alone),
)
"""The features that the recognized spans give."""
