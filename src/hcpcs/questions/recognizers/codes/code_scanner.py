"""The recognizer of codes: HCPCS Level II, modifiers, CPT, CDT, ICD-10 and NDC, each with its modifiers.

How a code is written decides what it is; whether it exists only the catalog knows. Sources: HCPCS Level II is a letter
and four digits (CMS), CDT the letter D and four digits (ADA), CPT five digits or four and a letter (AMA), ICD-10-CM a
letter, a digit, a third character and up to four more after a point (NCHS), NDC three groups of 10 or 11 digits with
hyphens (FDA).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from hcpcs.questions.recognizers.codes.code_counts import BEFORE_UNIT, GLUED_TO_COUNT, count_of, ends_in_diagnoses
from hcpcs.questions.recognizers.modifiers.modifier_scanner import (
    attached_modifiers,
    glued_modifiers,
    named_modifiers,
    offsets,
    scattered_modifiers,
    words_after,
)
from hcpcs.questions.recognizers.modifiers.modifier_words import UNMISTAKABLE, ModifierSpan, is_common, is_cpt
from hcpcs.questions.recognizers.modifiers.spoken_transport import (
    is_round_trip,
    names_ambulance,
    route_on_a_code,
    spoken_transport,
)
from hcpcs.questions.words.gated_pattern import GatedPattern
from hcpcs.questions.words.normalize import plain
from hcpcs.questions.words.tokens import blank_out
from hcpcs.records.codes import HCPCS_LETTERS, CodeMention, CodeSystem
from hcpcs.records.modifiers.ambulance_points import is_ambulance_code, transport_modifier


class CodeSpan(NamedTuple):
    """A mention of a code and its offsets in the plain text, modifiers included.

    ``by_purpose`` says that the text doesn't name the modifier, but what it is for.
    """

    mention: CodeMention
    start: int
    end: int
    by_purpose: bool = False


_YEAR: Final = re.compile(r"(?:19[5-9]|20[0-4])\d")

_FORM: Final = re.compile(r"1500 (?:claim|form|paper)", re.IGNORECASE)
"""The CMS-1500 without its first word: "a 1500 form"."""
_SCAN: Final = re.compile(
    r"""
    # What all of them begin with, so that most places of a text are passed by at once.
    (?<![0-9A-Z]) (?= [A-Z]? (?: [ ]?[-\#._][ ]? | [ ] )? \d ) (?:
    # 50242-0040-62, N400002821501
    (?P<ndc> (?<![\w-]) (?: \d{5}-\d{4}-\d{1,2} | \d{4}-\d{4}-\d{2} | \d{5}-\d{3}-\d{2} | N4[ *]?\d{11} ) (?![\w-]) )
    # E11.65, S72.001A; without its point only where a word says so: see _ICD_AFTER_WORD
  | (?P<icd> (?<![\w.]) [A-Z]\d[0-9A-Z] \. [0-9A-Z]{1,4} (?![0-9A-Z]|\.\d) )
    # A letter and four digits, however they are spaced: S9353, s 9353, S-9353, S 93 53, E0601RRKX, S9353's, J1885x2KX
  | (?P<alpha> (?<![0-9A-Z]) (?P<letter>[A-Z]) (?P<gap> [ ]?[-\#._][ ]? | [ ] )?
        (?P<digits> \d{4} | \d{2}[ ]\d{2} | \d{3}[ ]\d | \d[ ]\d[ ]\d[ ]\d )
        (?: (?P<counted> (?:[A-Z][A-Z0-9]){0,4}? ) (?=x\d{1,4}(?:(?:[A-Z][A-Z0-9]){0,4}|u(?:ni)?ts?)(?![0-9A-Z]))
          | (?P<glued> (?:[A-Z][A-Z0-9]){1,4} ) (?![0-9A-Z]) | (?: '?s(?![0-9A-Z]) )? (?![0-9A-Z]|[.,]\d) ) )
    # 99213, 0075T, 3008F, 0202U; not a part of a phone number, date, amount or other number
  | (?P<cpt> (?<![0-9A-Z$/=]) (?: (?<!\d[-.,:]) | (?<=(?<!\d)\d{5}-) )
        (?: 0[01]\d{3} | [1-9]\d{4} | \d{4}F | 0\d{3}[UM] | [01]\d{3}T )
        (?! (?!x\d{1,3}(?![0-9A-Z])) [0-9A-Z] | [.,/:]\d | -\d{3,4}(?!\d) | -\d{6}) )
    )""",
    re.IGNORECASE | re.VERBOSE,
)

# What makes a letter and digits with a space something else: "vitamin B 1200", "type a 2000", "part B 2025".
_NOT_A_CODE_AFTER: Final = re.compile(
    r"(?:\b(?:vitamins?|factors?|types?|hepatitis|groups?|plans?|grades?|class|sizes?|levels?|schedules?|note|part)|'|\$)$",
    re.IGNORECASE,
)
_NOT_A_CODE_READ: Final = 24
"""Characters before a code that are read for such a word."""
# What makes five digits something else: "ZIP 10001", "MRN 10023", "account number 55555", "Hartford, CT 06156".
_NOT_CPT_AFTER: Final = re.compile(
    r"(?:\b(?i:zip|zip ?code|box|claim|account|acct|invoice|order|member|mrn|patient|npi|room|suite|ext|extension|"
    r"phone|fax|id|icn|dcn|ref|reference|ticket)(?: (?i:number|num|no\.?|code|id))?[ :#]*|\$ ?|"
    r"\b[A-Za-z]{3,},? (?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|"
    r"T[NX]|UT|V[AT]|W[AIVY]) )$"
)
_NOT_CPT_READ: Final = 40
"""Characters before five digits, or a letter and four, that are read for such a word."""
# "MRN A1234", "member id H5521": a patient's number that is written like a code, and is kept nowhere.
_OF_A_PATIENT: Final = re.compile(
    r"\b(?:mrn|mbi|medical record|(?:patient|member|subscriber|policy|insurance|account|acct|chart) "
    r"(?:id|number|num|no\.?))"
    r"(?: (?:number|num|no\.?|id))?(?: is)?[ :#]*$",
    re.IGNORECASE,
)
# "dx E1165", "icd-10 code E119", "diagnosis: is G4733": an ICD-10 code without its point.
_ICD_AFTER_WORD: Final = GatedPattern(
    r"\b(?:icd(?:[ -]?(?:9|10))?(?:[ -]?cm)?|dx|diagnosis|diag)(?: codes?)?[ :#]*(?:is )?"
    r"([A-TV-Z]\d[0-9A-Z][0-9A-Z]{0,4})(?![\w.])",
    re.IGNORECASE,
)
# "is E1165 an ICD-10 code?", at the end of the text.
_ICD_BEFORE_WORD: Final = GatedPattern(
    r"(?<![\w.])([A-TV-Z]\d[0-9A-Z][0-9A-Z]{0,4}) (?:(?:is )?an? )?icd(?:[ -]?(?:9|10))?(?:[ -]?cm)?(?: codes?)?"
    r"(?=\W*$)",
    re.IGNORECASE,
)
# "ndc 50242004062"
_NDC_AFTER_WORD: Final = GatedPattern(r"\bndc(?: (?:number|code|no\.?))?[ :#]*(\d{10,11})(?!\d)", re.IGNORECASE)
# Eleven digits that are all of the text.
_ONLY_NDC: Final = re.compile(r"\W*(\d{11})\W*")
_LETTER: Final = re.compile(r"[^\W\d_]")
"""In every text, outside of its codes, that names a modifier."""
_ICD_ENDING: Final = re.compile(r"X[ADS]$")
"""The end of an ICD-10 code of seven characters ("S7200XA"), which is not a modifier."""


def find_codes(text: str) -> tuple[CodeMention, ...]:
    """Every code in a text of any content and length (a pasted claim, a message), in order, each once."""
    mentions: dict[tuple[str, tuple[str, ...]], CodeMention] = {}
    for code in scan(plain(text)):
        mentions.setdefault((code.mention.code, code.mention.modifiers), code.mention)
    return tuple(mentions.values())


def scan(text: str) -> list[CodeSpan]:
    """The codes of a plain text in order; modifiers that follow a code are attached to it."""
    spans = _with_named_modifiers(text, sorted(_codes(text), key=lambda code: code.start))
    if not spans and (places := spoken_transport(text)):
        letters = [place.modifier for place in places]
        letters += [one[::-1] for one in letters] if is_round_trip(text) else []
        start, end = places[0].start, places[0].end
        routes = [_span(text, one, CodeSystem.MODIFIER, start, end) for one in dict.fromkeys(letters)]
        return [_with_transport(route, on_ambulance=True) for route in routes]
    # Only what a modifier by itself says depends on the rest of the text.
    by_itself = any(code.mention.system is CodeSystem.MODIFIER for code in spans)
    on_ambulance = by_itself and (names_ambulance(text) or any(is_ambulance_code(code.mention.code) for code in spans))
    return [_with_transport(code, on_ambulance=on_ambulance) for code in spans]


def with_point(written: str) -> str:
    """An ICD-10 code that is written without its point ("e119") as NCHS writes it (``E11.9``)."""
    code = written.upper()
    return f"{code[:3]}.{code[3:]}".rstrip(".")


def _codes(text: str) -> Iterator[CodeSpan]:
    position, introduced = 0, list(_introduced(text))
    yield from introduced
    taken = {code.start for code in introduced}
    while match := _SCAN.search(text, position):
        position = match.end()
        if match.start() in taken:
            continue
        if code := _recognize(text, match):
            position = code.end
            yield code
        elif match["alpha"]:
            position = match.start() + 1  # "a 2000 E0601": what is not a code may hide one


def _introduced(text: str) -> Iterator[CodeSpan]:
    """Codes that a word beside them makes an NDC or an ICD-10 code, where their digits would not ("dx E119")."""
    if only := _ONLY_NDC.fullmatch(text):
        yield _span(text, only[1], CodeSystem.NDC, *only.span(1))
    for match in _NDC_AFTER_WORD.finditer(text):
        yield _span(text, match[1], CodeSystem.NDC, *match.span(1))
    for pattern in (_ICD_AFTER_WORD, _ICD_BEFORE_WORD):
        for match in pattern.finditer(text):
            yield _span(text, with_point(match[1]), CodeSystem.ICD10, *match.span(1))


def _recognize(text: str, match: re.Match[str]) -> CodeSpan | None:
    """The code of a match of ``_SCAN``; ``None`` for a number of another kind."""
    if match["ndc"]:
        return _span(text, match["ndc"].upper().removeprefix("N4").strip(" *"), CodeSystem.NDC, *match.span())
    if match["icd"]:
        return _span(text, match["icd"].upper(), CodeSystem.ICD10, *match.span())
    return _letter_and_digits(text, match) if match["alpha"] else _cpt(text, match)


def _letter_and_digits(text: str, match: re.Match[str]) -> CodeSpan | None:
    """HCPCS or CDT, or an ICD-10 code that looks like them; ``None`` if it is not a code."""
    if " " in (match["gap"] or "") + match["digits"] and _is_number(text, match):
        return None
    letter = match["letter"].upper()
    code = letter + match["digits"].replace(" ", "")
    glued = (match["glued"] or match["counted"] or "").upper()
    if glued and _ICD_ENDING.search(glued):
        return _span(text, code + glued, CodeSystem.ICD10, *match.span())
    if letter == "D":
        return _span(text, code, CodeSystem.CDT, match.start(), match.end())
    if letter not in HCPCS_LETTERS or _OF_A_PATIENT.search(text[max(0, match.start() - _NOT_CPT_READ) : match.start()]):
        return None
    modifiers, end = attached_modifiers(text, match.end(), match["letter"] + code[1:])
    if glued:
        in_capitals = text[match.end() - len(glued) : match.end()].isupper()
        pair = is_ambulance_code(code) and in_capitals and transport_modifier((glued,))
        on_code = (pair,) if pair else glued_modifiers(glued, words_after(code) if in_capitals else frozenset())
        modifiers = on_code + modifiers
    return _counted(text, code, CodeSystem.HCPCS, match.start(), end, modifiers)


def _is_number(text: str, match: re.Match[str]) -> bool:
    """Whether a letter and digits with a space between are a word and a number: "a 2019 claim", "vitamin c 1000 mg"."""
    if match["letter"] == "a" and _YEAR.fullmatch(match["digits"].replace(" ", "")):
        return True
    if match["letter"] == "a" and _FORM.match(text, match.end() - 4):
        return True
    before = text[max(0, match.start() - _NOT_A_CODE_READ) : match.start()]
    if not before.endswith("'"):
        before = before.rstrip(" ")
    return bool(_NOT_A_CODE_AFTER.search(before) or BEFORE_UNIT.match(text, match.end()))


def _cpt(text: str, match: re.Match[str]) -> CodeSpan | None:
    before = text[max(0, match.start() - _NOT_CPT_READ) : match.start()]
    if _NOT_CPT_AFTER.search(before) or BEFORE_UNIT.match(text, match.end()):
        return None
    modifiers, end = attached_modifiers(text, match.end(), match["cpt"])
    return _counted(text, match["cpt"].upper(), CodeSystem.CPT, match.start(), end, modifiers)


def _counted(text: str, code: str, system: CodeSystem, start: int, end: int, modifiers: tuple[str, ...]) -> CodeSpan:
    """A procedure with its modifiers and the count written with it, which ends the span."""
    if modifiers and ends_in_diagnoses(text, start, end):
        modifiers, end = modifiers[:-1], end - 3
    count = count_of(text, start, end, with_modifiers=bool(modifiers))
    if count is None:
        return _span(text, code, system, start, end, modifiers)
    # "A4253 x2 KX", "A4253x2KX": in capitals, and in daily use; "j9035 x 40 jz": in small letters what can't be a word.
    more, after = attached_modifiers(text, count.end, text[start : start + len(code)]) if count.end > end else ((), end)
    more = more if all(map(is_common, more)) else ()
    if glued := GLUED_TO_COUNT.match(text, count.end):
        more, after = tuple(glued[0][i : i + 2] for i in range(0, len(glued[0]), 2)), glued.end()
    if more and (text[count.end : after].isupper() or UNMISTAKABLE.issuperset(text[count.end : after].lower().split())):
        modifiers, count = modifiers + more, count._replace(end=after)
    return _span(text, code, system, start, count.end, modifiers, count.units)


def _with_named_modifiers(text: str, codes: list[CodeSpan]) -> list[CodeSpan]:
    """``codes`` with the modifiers that the text names as such; they belong to its only code, if it has one."""
    if not _LETTER.search(blank_out(text, ((code.start, code.end) for code in codes))):
        return codes
    taken = {offset for code in codes for offset in range(code.start, code.end)}
    modifiers = named_modifiers(text, taken)
    procedures = [code for code in codes if code.mention.system in {CodeSystem.HCPCS, CodeSystem.CPT}]
    if (
        not modifiers
        and len(codes) == 1
        and is_ambulance_code(codes[0].mention.code)
        and not codes[0].mention.modifiers
    ):
        rest = blank_out(text, [(codes[0].start, codes[0].end)])
        modifiers = [ModifierSpan(route, codes[0].start, codes[0].start) for route in route_on_a_code(rest)]
    if len(procedures) == 1:
        modifiers = [*modifiers, *scattered_modifiers(text, taken | offsets(modifiers))]
    if not modifiers:
        return codes
    if len(procedures) != 1:
        return sorted([*codes, *(_modifier(text, one) for one in modifiers)], key=lambda code: code.start)
    (only,) = procedures
    joined = dict.fromkeys((*only.mention.modifiers, *(one.modifier for one in modifiers)))
    mention = only.mention.model_copy(update={"modifiers": tuple(joined)})
    return [code._replace(mention=mention) if code is only else code for code in codes]


def _with_transport(code: CodeSpan, *, on_ambulance: bool) -> CodeSpan:
    """``code`` with the modifier marked that is origin and destination of an ambulance.

    It is on the code of an ambulance, or by itself where the text speaks of an ambulance.
    """
    mention = code.mention
    transport = None
    if mention.system is CodeSystem.MODIFIER:
        transport = transport_modifier((mention.code,)) if on_ambulance else None
    elif mention.modifiers and mention.system is CodeSystem.HCPCS and is_ambulance_code(mention.code):
        transport = transport_modifier(mention.modifiers)
    return code._replace(mention=mention.model_copy(update={"transport": transport})) if transport else code


def _modifier(text: str, span: ModifierSpan) -> CodeSpan:
    system = CodeSystem.CPT if is_cpt(span.modifier) else CodeSystem.MODIFIER
    return _span(text, span.modifier, system, span.start, span.end)


def _span(
    text: str,
    code: str,
    system: CodeSystem,
    start: int,
    end: int,
    modifiers: tuple[str, ...] = (),
    units: float | None = None,
) -> CodeSpan:
    unique = tuple(dict.fromkeys(modifiers))
    mention = CodeMention(code=code, system=system, modifiers=unique, written=text[start:end], units=units)
    return CodeSpan(mention, start, end)
