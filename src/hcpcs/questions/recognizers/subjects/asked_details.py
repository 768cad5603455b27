"""Details within a subject: a purchase or a month of a rental, the coinsurance, articles, a list of every item."""

from __future__ import annotations

import re
from typing import Final

from hcpcs.questions.question import AskedDetail
from hcpcs.questions.recognizers.modifiers.modifier_words import CPT_MODIFIERS
from hcpcs.questions.words.gated_pattern import GatedPattern
from hcpcs.records.billing.counted_units import LimitPeriod

# For text in lower case, in which Python finds words ten times as fast as where it ignores case.
_DETAILS: Final = {
    AskedDetail.PURCHASE: GatedPattern(r"\b(?:purchas\w*|buy\w*|bought|outright)\b"),
    AskedDetail.COINSURANCE: GatedPattern(
        r"\b(?:co-?\s?insurance|co-?\s?pay(?:ments?|s)?|patients? (?:pays?|owes?|portion|share))\b"
    ),
    AskedDetail.RENTED: GatedPattern(
        # "is L0650 a rental", "can E0143 be rented", "does Medicare rent E0601"
        r"^\W*(?:(?:is|are|can|may) .{1,40}\b(?:rentals?|rented)(?: items?| only)?"
        r"|(?:do|does|can|will) (?:medicare|mcr|we|you|suppliers?) rent .{1,40})\W*$"
    ),
    # "is K0001 purchase allowed", "is E0651 ever purchased", "can E0601 be bought outright"
    AskedDetail.BOUGHT: GatedPattern(
        r"^\W*(?:is|are|can|may)(?! \w+ required).{1,40}\b(?:purchase[ds]?|bought|purchasable)"
        r"(?: (?:allowed|permitted|only|outright|possible|items?))?\W*$"
    ),
    AskedDetail.YES_NO: GatedPattern(
        # Not where the question is for the opposite: "is E0143 exempt from prior auth", "can I bill it without one".
        r"^\W*(?!.*(?:\b(?:exempt\w*|without|w/o|no|not|never|waive\w*|skip)\b|n't\b))"
        r"(?:so |and |but |ok |hi |hey |also )?"
        r"(?:is|are|was|were|do|does|did|can|could|will|would|should|has|have|had|may|must)\b"
    ),
    AskedDetail.WHICH: GatedPattern(r"^\W*(?:which|what|who|whose|where|how|why)\b"),
    # "rental or purchase", "capped rental months for K0001"
    AskedDetail.CHOICE: GatedPattern(
        r"\b(?:or|vs|versus)\b|\bhow (?:many|long)\b|\b(?:rental|rent) months?\b|\bmonths? of rent\w*"
    ),
    # "J3301 or J1885 40 mg", "40 mg both": an amount that is one of each code
    AskedDetail.OF_EACH: GatedPattern(r"\b(?:or|vs|versus|both|each|same|instead|compared?)\b"),
    AskedDetail.CODE: GatedPattern(r"\b(?:[a-z][- ])?(?:codes?|hcpcs|cpt)\b"),
    AskedDetail.WHO: GatedPattern(
        r"\b(?:who|any(?:one|body)|(?:which|any|what) (?:payers?|insurances?|insurers?|plans?)) (?:\w+ )?"
        r"(?:pays?|covers?|reimburses?|takes?|accepts?)\b",
    ),
    AskedDetail.MODIFIERS: GatedPattern(r"\bmod(?:ifier)?s\b"),
    AskedDetail.OPEN: GatedPattern(r"\?\s*$"),
    AskedDetail.SAME_CODE: GatedPattern(r"\b(?:same|one) (?:j[- ]?|hcpcs )?code\b"),
    AskedDetail.SAME: GatedPattern(
        # "is E0185 the same as E0184"; not "the same price" or "billed the same"
        r"^\W*(?:so |and )?(?:is|are|isn't|aren't) (?!.*\b(?:bill|pa(?:y|id)|cover|pric|reimburs|cost))"
        r".{4,60}\b(?:same|identical|equivalent|interchangeable)\b"
        r"(?! (?:price|fee|rate|coverage|category|amount|day|date|time|line|claim|patient|limit|family))"
    ),
    AskedDetail.EVER: GatedPattern(
        r"\bever\b (?:been )?(?:a )?(?:valid|active|in use|used|billable|real|usable|good)\b"
    ),
    AskedDetail.NEW: GatedPattern(
        # "is G0555 new in 2025", "was J1440 added this year"; not "is it new or used", "new patients", "new to the LCD"
        r"^\W*(?!.*\b(?:still|valid|active)\b)(?:so |and |hey |hi )?(?:is|are|was|were|has|have)\b.{1,60}\b"
        r"(?:new|newer|newly|(?:added|created|introduced)(?=\W+\w))\b(?!.{0,20}\bor\b)"
        r"(?! (?:york|jersey|mexico|hampshire|patients?|starts?|purchas\w+|equipment|to|by|with|orders?)\b)"
    ),
    AskedDetail.UP_TO_DATE: GatedPattern(r"\b(?:latest|newest|current|up[- ]to[- ]date|recent)\b"),
    AskedDetail.OLD: GatedPattern(r"\b(?:outdated|stale|old|out of date|obsolete|ancient)\b"),
    AskedDetail.NEXT: GatedPattern(
        r"\bnext\b.{0,16}\b(?:releases?|updates?|files?|versions?|quarter|data)\b"
        r"|\bwhen (?:will|do|does|can)\b.{0,40}\bupdat"
    ),
    AskedDetail.CROSSWALK: GatedPattern(r"\b(?:cross-?walk|xwalk)\w*"),
    AskedDetail.ARTICLE: GatedPattern(r"\b(?:articles?|lcas?)\b"),
    AskedDetail.NATIONAL: GatedPattern(r"\b(?:ncds?|national coverage(?: determinations?)?)\b"),
    AskedDetail.DIFFERENCE: GatedPattern(r"\b(?:differ\w*|compar\w*|vs|versus)\b"),
    AskedDetail.FACE_TO_FACE: GatedPattern(
        r"\b(?:face[- ]?(?:to|2)[- ]?face|f2f|wopd|(?:written )?order (?:prior to|before) delivery)\b"
    ),
    AskedDetail.ORDER: GatedPattern(
        r"\bswos?\b|\bstandard written orders?\b|\b(?<!written )orders? (?:and|&|or) |(?: and|&| or) (?:an? )?orders?\b"
    ),
    AskedDetail.LIST: GatedPattern(
        # "which items need prior auth", "list all codes that need a face to face", "what dme requires wopd"
        # and "prior authorization list in illinois", "new prior auth codes"
        r"\b(?:which|what|list|all|every)\b.{0,20}\b(?:items?|codes?|hcpcs|products?|equipment|dme|dmepos|orthos[ei]s)\b"
        r"|\b(?:codes|items) (?:that|which) are\b"
        r"|\b(?:auth\w*|face|f2f|wopd)\b.{0,20}\b(?:list|codes|items)\b",
    ),
    AskedDetail.TOO_MUCH: GatedPattern(
        r"\btoo (?:much|many|high)\b"
        r"|\b(?:is|are|was|does|do|would)\b.{0,40}\b(?:over|exceeds?|above|past) (?:the |its |an? )?(?:mue|limit|max)"
    ),
    AskedDetail.SINCE_WHEN: GatedPattern(
        r"\b(?:since when|when (?:did|was|does|is|will)|(?:from |on )?(?:what|which) (?:date|day)|as of when)\b"
    ),
    AskedDetail.STARTING: GatedPattern(
        r"\b(?:start\w*|begin\w*|new(?! york| jersey| mexico| hampshire)|newly|add(?:ed|ing)|join\w*)\b"
    ),
}
# Two alternatives, since the number is before or after the word: "month 4", "month #4", "4th month".
_MONTH: Final = GatedPattern(r"\bmonths?\s*#?\s*(\d{1,2})\b|\b(\d{1,2})(?:st|nd|rd|th)\s+months?\b", re.IGNORECASE)
# "how many a month", "per yr", "every 3 months", "how often", "in 6 months", "when can she get a new one"
_PERIOD: Final = GatedPattern(
    r"\b(?:in|within|over|per|every)\s(?P<days>\d{1,3})\sdays\b"
    r"|\b(?:(?:per|an?|each|every|in a|in one)\s(?P<number>\d{1,2}\s)?|(?:in|within|over)\s(?P<span>\d{1,2})\s)"
    r"(?P<unit>weeks?|wks?|months?|mos?|quarters?|years?|yrs?)\b"
    r"|\bhow many (?P<bare>weeks?|wks?|months?|mos?|years?|yrs?)(?=\W*$)"
    r"|\b(?P<adverb>monthly|weekly|yearly|annually|quarterly)\b"
    r"|(?P<often>\bhow (?:often|frequently|soon)\b|\bfrequency\b(?! (?:limit|edit)s?)|\bwhen (?:can|does|do|will)\b"
    r"|\bhow many (?:months|mos|years|yrs) (?:before|between|until|till?)\b"
    r"|\b(?:replacement|re-?supply) (?:schedule|frequency|interval)s?\b)",
    re.IGNORECASE,
)
_PERIODS: Final = {"w": "week", "m": "month", "q": "quarter", "y": "year", "a": "year"}
# "-59", "95"; not an amount ("25 mg"), a day or money.
_TWO_DIGITS: Final = re.compile(r"(?<![\w.$/])-?(\d\d)(?![\w.%/]|\s?(?:mg|ml|min|units?|days?|years?|yrs?)\b)")
# "is J0897 60 mg ok?", "400 mg too much"; not "ok to bill" or "the correct code".
_OK: Final = GatedPattern(
    r"\b(?:ok(?:ay)?|fine|right|correct|reasonable|enough|too (?:much|many|high|low)|(?:right|correct) dose)\W*$",
    re.IGNORECASE,
)
# "is K0823 group 3", "does L8000 include the form?"; the groups are the verb and the trait
_TRAIT: Final = GatedPattern(
    r"^\W*(?P<verb>is|are|does|do) (?:the )?(?:code )?[a-z]\d{4}(?: code)? "
    r"(?:also |only |just |considered |considered to be |classified as |classed as |treated as |"
    r"strictly |(?:billed|reported|paid|priced) (?=per ))?"
    r"(?:(?P<has>have |has |include |come with |contain )"
    r"|(?P<of>belong (?:to|with|under|in) |count as |qualify as |fall under ))?"
    r"(?:an? |the |any )?(?P<trait>[a-z0-9][a-z0-9 /-]{2,40}?)"
    r"(?: only| included)?\W*$",
    re.IGNORECASE,
)
# "A4230 drug or supply?": two kinds of items, of which one is asked for without a verb.
_KIND: Final = re.compile(
    r"^\W*[a-z]\d{4}[,:]? (?:an? )?((?:drug|biologic|supply|equipment)s?"
    r" (?:or|vs) (?:an? )?(?:drug|biologic|supply|equipment)s?)\W*$"
)
# "10 mg per unit", "15 mg a billing unit": the size of one unit.
_OF_A_UNIT: Final = re.compile(r"(\d[\d.,]* ?[a-z]+) (?:per|a|each|for one|for each) (?:billing )?unit")
# Not "is E0450 still good for claims", which asks whether the code is in use.
_RIGHT_FOR: Final = re.compile(
    r"(?<!still )(?<!longer )\b(?:ok|okay|good|fine|all right)(?: to use)? for\b", re.IGNORECASE
)
_LONG_NUMBER: Final = re.compile(r"(?<![\d-])\d{10,14}(?![\d-])")


def details_of(text: str) -> frozenset[AskedDetail]:
    """The details that a question asks about."""
    lowered = text.lower()
    details = frozenset(detail for detail, pattern in _DETAILS.items() if pattern.search(lowered))
    return details | {AskedDetail.ALL_RIGHT} if asks_if_right(text) else details


def asks_if_right(text: str) -> bool:
    """Whether a question ends by asking if what it gives is all right: "J0897 60 mg ok?"."""
    return _OK.search(text) is not None


def asks_if_right_for(text: str) -> bool:
    """Whether a question asks what a code is good for: "is E1399 ok for a ramp"."""
    return _RIGHT_FOR.search(text) is not None


def rental_month_of(text: str) -> int | None:
    """The month of a rental that is asked about, by its number."""
    match = _MONTH.search(text)
    return int(match[1] or match[2]) if match else None


def trait_of(text: str) -> str:
    """What a yes/no question says that its code is, or has ("with rails"), in lower case; else blank."""
    match = _TRAIT.search(text)
    if match is None:
        kinds = _KIND.search(text.lower())
        return kinds[1] if kinds else ""
    if (match["verb"].lower() in {"do", "does"}) != bool(match["has"] or match["of"]):
        return ""
    trait = match["trait"].lower()
    if of_unit := _OF_A_UNIT.fullmatch(trait):
        return f"per {of_unit[1]}"  # "10 mg per unit"
    return f"{'with ' if match['has'] else ''}{trait}"


def cpt_modifiers_of(text: str) -> tuple[str, ...]:
    """The two-digit modifiers of CPT in a question about modifiers, in order, each once."""
    return tuple(dict.fromkeys(one for one in _TWO_DIGITS.findall(text) if one in CPT_MODIFIERS))


def limit_period_of(text: str) -> LimitPeriod | None:
    """The period of a limit that is asked about and is longer than a day; else ``None``."""
    match = _PERIOD.search(text)
    if match is None:
        return None
    if match["often"]:
        return LimitPeriod()
    unit = "day" if match["days"] else _PERIODS[(match["unit"] or match["bare"] or match["adverb"])[0].lower()]
    number = int(match["days"] or match["number"] or match["span"] or 1)
    return LimitPeriod(number=number, unit=unit) if number else None  # "in 0 months" is none


def product_number_of(text: str) -> str | None:
    """A number as long as an NDC, UPC or GTIN: it is one if the crosswalk lists it."""
    match = _LONG_NUMBER.search(text)
    return match[0] if match else None
