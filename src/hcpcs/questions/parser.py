"""The parser: a text becomes a ``Question``. Pure and deterministic, for text of any content and length."""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NamedTuple

from hcpcs.questions.extraction.asked_terms import asked_term, other_topics
from hcpcs.questions.extraction.doses.listed_codes import doses_of_listed_codes, numbers_behind_codes
from hcpcs.questions.extraction.doses.named_doses import amounts_of, named_doses
from hcpcs.questions.extraction.extractor import extract
from hcpcs.questions.extraction.features import features_of
from hcpcs.questions.extraction.parse_state import ParseState
from hcpcs.questions.extraction.purposes import fitting_modifiers, places_of_purposes
from hcpcs.questions.extraction.search_words import compared_items, search_filters, words_of
from hcpcs.questions.extraction.subject_features import (
    asks_dates,
    names_medicare,
    part_named,
    payer_named,
    place_of,
)
from hcpcs.questions.intent_rules import IntentRule, decide
from hcpcs.questions.question import CODES_LIMIT, SUBJECT_OF_INTENT, UNUSED_LIMIT, AskedDetail, Intent, Question
from hcpcs.questions.recognizers.billing_setting import billing_setting_named, setting_words
from hcpcs.questions.recognizers.codes.code_ranges import CodeRange
from hcpcs.questions.recognizers.dates.asked_period import AskedPeriod, closes, period_of
from hcpcs.questions.recognizers.dates.date_scanner import are_of_one_period, names_two_ends
from hcpcs.questions.recognizers.places import Place
from hcpcs.questions.recognizers.quantities.quantity_roles import is_about_waste
from hcpcs.questions.recognizers.subjects.asked_details import (
    cpt_modifiers_of,
    details_of,
    limit_period_of,
    product_number_of,
    rental_month_of,
    trait_of,
)
from hcpcs.questions.recognizers.subjects.denial_codes import denial_codes
from hcpcs.questions.recognizers.subjects.policy_numbers import policy_numbers
from hcpcs.questions.recognizers.subjects.subject_cues import modifiers_named
from hcpcs.questions.subject import Subject
from hcpcs.questions.words.function_words import function_words
from hcpcs.questions.words.normalize import QUESTION_LIMIT, plain, trim_question
from hcpcs.records.billing.contractors import contractor_kind_named
from hcpcs.records.billing.drug_waste import MODIFIERS_OF_WASTE
from hcpcs.records.billing.payment_categories import category_named
from hcpcs.records.change_kinds import ChangeKind, counts_last_day, kinds_named
from hcpcs.records.families.code_families import family_named
from hcpcs.records.families.cpt_services import CptService, cpt_service_named
from hcpcs.records.families.noc_families import noc_codes_for
from hcpcs.search_port import Filters

TOO_LONG: Final = "longer than a question"
"""The rule of a text that is not read."""
TOO_LONG_KEPT: Final = 200
"""Maximum characters that are kept of such a text."""

_PAYMENT_INTENTS: Final = frozenset({Intent.PRICING, Intent.REFERRAL})
_PRICED: Final = (Subject.DRUG_PRICE, Subject.AMOUNT, Subject.RENTAL)
_DENIALS, _OF_MODIFIERS = {Subject.DENIAL, Subject.MISSING_MODIFIER}, {Subject.REQUIRED_MODIFIERS, Intent.UNITS}
_OF_ENCOUNTERS: Final = {Subject.SPECIALTY_EVALUATION, Subject.FACE_TO_FACE_TIME, Subject.FACE_TO_FACE_TELEHEALTH}
_SHORT: Final = 2
"""Maximum letters of a word that is not worth naming as unused."""
SMALL_TALK: Final = ("privacy", "accuracy", "bug", "feedback", "thanks", "farewell", "greeting")
"""Tags of words that ask for nothing, in the order in which they decide what is said back."""
_ASKS_VALID: Final = frozenset({"valid", "still"})
_ASKS_MORE_THAN_VALID: Final = frozenset({"status", "new", "replaces", "out_of_force", "any_longer"})
"""Features of a question that a plain yes or no would answer wrongly: ended? since when? what instead?"""
_WHY_OR_WHAT: Final = re.compile(r"\W*(?:why|what|how|which|who|where)\b", re.IGNORECASE)
_ASKS_MORE_THAN_AN_END: Final = frozenset({"codes", "valid", "still", "any_longer", "or", "replaces", "when", "new"})
"""Features of a question that asks more than whether a code ended."""
_ASKS_COVERAGE: Final = frozenset({"covers", "pays", "asks_coverage", "ends_with_medicare"})
TWO_RELEASES: Final = "two releases"
"""The rule of questions that compare two releases by their days."""
IN_USE_ON_A_DAY: Final = "whether a code was in use on a day"  # "was G2066 in 2022"
_ENDED: Final = ChangeKind.DISCONTINUED
_ASKS_ADDED: Final = frozenset({"new", "status", "change", "changes_asked"})
"""Features of a search by which a date in it bounds when codes were added ("codes added in 2024")."""
_NO_RANGE: Final = CodeRange(None, None, None, 0, 0)


class AskedTime(NamedTuple):
    """The time of a question, as in ``Question``."""

    day: date | None = None
    last_day: date | None = None
    written: str | None = None
    since: date | None = None
    left_out: tuple[str, ...] = ()


def parse_question(text: str, today: date) -> Question:
    """What ``text`` asks on the day ``today`` (in the asker's time zone).

    A text over ``QUESTION_LIMIT`` characters is not read: its intent is ``None``. Raises nothing.
    """
    asked = normalize_question(text)
    if asked is None:
        return Question(text=plain(text[:TOO_LONG_KEPT]), intent=None, rule=TOO_LONG)
    state = extract(asked, today)
    features = features_of(state)
    return build_question(asked, state, features, decide(features), today)


def normalize_question(text: str) -> str | None:
    """The question in plain characters without command and mention; ``None`` if it is too long to be read."""
    if len(text) > QUESTION_LIMIT:
        return None
    asked = trim_question(plain(text))
    return None if len(asked) > QUESTION_LIMIT else asked


def build_question(asked: str, state: ParseState, features: frozenset[str], rule: IntentRule, today: date) -> Question:
    """The question that the stages, the features and the rule make of the text ``asked``."""
    code_range, term = state.code_range or _NO_RANGE, asked_term(state, rule.intent)
    time = _time(state, features, rule.intent, today)
    searches = rule.intent is Intent.SEARCH or (rule.intent in {Intent.UNITS, Intent.COMPARE} and not state.codes)
    lists = searches or rule.intent in {Intent.BROWSE, Intent.CHANGES}
    place, words = place_of(state), words_of(state, features, rule.intent)
    negated, changes = state.expects_no, rule.intent is Intent.CHANGES
    names_family = changes or rule.intent is Intent.CONTACT or "subject_of_family" in features
    kinds = kinds_named(state.text) if changes or (searches and time.since is not None) else frozenset()
    added_since = None if searches and _ENDED in kinds else time.since
    return Question(
        text=asked,
        intent=rule.intent,
        rule=rule.name,
        subject=_subject(state, rule),
        codes=state.mentions[:CODES_LIMIT],
        codes_left_out=max(0, len(state.mentions) - CODES_LIMIT),
        first=code_range.first,
        last=code_range.last,
        prefix=code_range.prefix,
        letters=state.letters,
        fields=term.fields,
        vocabulary=term.vocabulary,
        value=term.value,
        values=term.values,
        topic=_small_talk(features) if rule.subject is Subject.SMALL_TALK else term.topic,
        other_topics=other_topics(state, term.topic) if "compare" in features else (),
        words=words,
        compared=compared_items(state) if rule.intent is Intent.COMPARE and not state.codes else (),
        cpt_service=_cpt_service(asked, words, state) if searches else None,
        filters=search_filters(state, features, added_since) if lists else Filters(),
        quantities=() if "two_sizes" in features else amounts_of(state),
        named_doses=(doses_of_listed_codes(state) or named_doses(state)) if rule.intent is Intent.UNITS else (),
        about_waste=bool(state.quantities) and is_about_waste(asked),
        out_of_scope=tuple(dict.fromkeys(span.subject for span in state.subjects)),
        unused=() if searches or words else _unused_words(state, place, rule.intent),
        change_kinds=kinds,
        asks_dates=asks_dates(features, rule.intent, searches=searches),
        by_last_day=bool(kinds) and counts_last_day(state.text),
        family=family_named(asked) if names_family else None,
        noc_codes=noc_codes_for(asked) if lists or rule.intent is Intent.DEFINE else (),
        fitting_modifiers=fitting_modifiers(state) if {rule.subject, rule.intent} & _OF_MODIFIERS else (),
        denial_codes=denial_codes(asked) if _subject(state, rule) in _DENIALS else (),
        policy_numbers=policy_numbers(asked) if rule.intent is Intent.REFERRAL else (),
        details=details_of(asked),
        rental_month=rental_month_of(asked),
        trait=trait_of(asked) if len(state.mentions) == 1 else "",
        cpt_modifiers=cpt_modifiers_of(asked) if rule.intent is Intent.REFERRAL else (),
        limit_period=limit_period_of(asked) if rule.intent is Intent.REFERRAL else None,
        product_number=None if state.mentions else product_number_of(asked),
        payment_category=category_named(asked) if rule.intent in _PAYMENT_INTENTS else None,
        manual_sections=tuple(dict.fromkeys(span.citation for span in state.manual_sections)),
        names_cpt="term:cpt" in features,
        day=time.day,
        day_written=time.written,
        last_day=time.last_day,
        since=time.since,
        days_left_out=time.left_out,
        compares_two_releases=time.since is not None
        and (rule.name == TWO_RELEASES or names_two_ends(state.text, state.days)),
        area=place.area,
        other_areas=place.other_areas,
        zip_code=place.zip_code,
        zip_written=place.zip_written,
        rural=place.rural,
        setting=billing_setting_named(asked) if rule.intent in {*_PAYMENT_INTENTS, Intent.COVERAGE} else None,
        contractor=contractor_kind_named(asked) if rule.intent is Intent.REFERRAL else None,
        payer=payer_named(state),
        part=part_named(state),
        names_medicare=names_medicare(state, features),
        asks_coverage=not features.isdisjoint(_ASKS_COVERAGE),
        negated=negated,
        expects_yes_no=not negated and (rule.name == IN_USE_ON_A_DAY or _expects_yes_no(features, changes=changes)),
        expects_an_end=not negated and _expects_an_end(asked, features),
    )


def _cpt_service(asked: str, words: str, state: ParseState) -> CptService | None:
    """The service of another code system that is searched for, and not a modifier or a code of a family."""
    if "modifier" in state.tagged("filter"):
        return None
    by_code = cpt_service_named(asked, alone=AskedDetail.CODE not in details_of(asked))
    return by_code or cpt_service_named(words, alone=True)


def _expects_an_end(asked: str, features: frozenset[str]) -> bool:
    """Whether a question asks no more than if a code ended: "was L0627 deleted", "E0607 discontinued?"."""
    if "out_of_force" not in features or not features.isdisjoint(_ASKS_MORE_THAN_AN_END):
        return False
    bare = AskedDetail.OPEN in details_of(asked) and not _WHY_OR_WHAT.match(asked)
    return "yes_no" in features or bare


def _expects_yes_no(features: frozenset[str], *, changes: bool) -> bool:
    """Whether a yes or no says what it seems to say: to whether a code is valid, or whether anything changed."""
    if changes:
        return "yes_no" in features or "opens_any" in features
    return not features.isdisjoint(_ASKS_VALID) and features.isdisjoint(_ASKS_MORE_THAN_VALID)


def _subject(state: ParseState, rule: IntentRule) -> Subject:
    """What a question that ``rule`` decides is about."""
    if rule.subject is not None:
        return rule.subject
    named = tuple(span.subject for span in sorted(state.deciding_subjects, key=lambda span: span.weak))
    if rule.intent is Intent.REFERRAL:
        # "Is a face-to-face encounter required to replace E0601 after 5 years": the encounter is asked about.
        evaluated = not _OF_ENCOUNTERS.isdisjoint(named)
        if not evaluated and Subject.DOCUMENTATION in named and AskedDetail.FACE_TO_FACE in details_of(state.text):
            return Subject.DOCUMENTATION
        first = next((one for one in named if one not in _PRICED), named[0])
        # "does J9217 7.5 mg need JZ": a dose doesn't change what the policy on JW and JZ says.
        of_waste = first is Subject.REQUIRED_MODIFIERS and {*modifiers_named(state.codes)} & MODIFIERS_OF_WASTE
        return Subject.DISCARDED_DRUG if of_waste else first
    if rule.intent is Intent.PRICING:
        return next((subject for subject in named if subject in _PRICED), Subject.PRICE)
    return SUBJECT_OF_INTENT[rule.intent] if rule.intent is not None else Subject.HELP


def _small_talk(features: frozenset[str]) -> str | None:
    """What sort of small talk a question is, as the tag of its words."""
    return next((tag for tag in SMALL_TALK if tag in features), None)


def _unused_words(state: ParseState, asked_place: Place, intent: Intent | None) -> tuple[str, ...]:
    """The words of three letters or more, and the numbers behind codes, that nothing uses, as written, each once."""
    named = places_of_purposes(state)
    written = (state.written(place) for place in state.unused if place not in named)
    unnamed = function_words().unnamed
    kept = (word for word in written if len(word) > _SHORT and word.isalpha() and word.lower() not in unnamed)
    used = asked_place.words | setting_words(state.text)
    words = (word for word in kept if word.lower() not in used)
    numbers = () if intent is Intent.UNITS else numbers_behind_codes(state)
    return tuple(dict.fromkeys((*words, *numbers)))[:UNUSED_LIMIT]


def _time(state: ParseState, features: frozenset[str], intent: Intent | None, today: date) -> AskedTime:
    if not state.days:
        return AskedTime()
    day, of_one_period = state.days[0], are_of_one_period(state.text, state.days)
    others = () if of_one_period or intent in {Intent.SEARCH, Intent.COMPARE} else state.days[1:]
    left_out = tuple(dict.fromkeys(one.written for one in others if one.span != day.span))
    if day.span is None:
        return AskedTime(written=day.written, left_out=left_out)
    first, last = day.span
    since = day.since and not state.quantities  # beside a dose it is the day of service: "80 mg after April 2024"
    bounds = intent is not Intent.SEARCH or since or bool(features & _ASKS_ADDED)
    is_new = intent is Intent.STATUS and AskedDetail.NEW in details_of(state.text)
    if is_new and closes(state.text, day):
        return AskedTime(None, last, day.written, left_out=left_out)
    if is_new or (intent in {Intent.CHANGES, Intent.SEARCH, Intent.HISTORY} and bounds):
        whole = intent is Intent.HISTORY or "compare" in features
        period = period_of(state.text, state.days, whole=whole) or AskedPeriod(first, last)
        return AskedTime(None, period.last, day.written, period.first, period.left_out)
    of_a_list = intent is Intent.REFERRAL and not state.codes and AskedDetail.STARTING in details_of(state.text)
    if first <= today <= last and not of_a_list:
        return AskedTime(day=today, written=day.written, left_out=left_out)
    if of_one_period and (end := state.days[1].span) is not None and end.last > last:
        return AskedTime(day=first, last_day=end.last)
    return AskedTime(first, last if last != first else None, day.written, left_out=left_out)
