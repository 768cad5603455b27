"""What a string is: HCPCS Level II code, modifier, CPT, CDT, ICD-10 or NDC; normalised, with its modifiers.

Form alone decides: whether a code exists is the catalogue's to say. Sources of the forms: HCPCS Level II is a
letter and four digits (CMS), CDT the letter D and four digits (ADA), CPT five digits or four and a letter (AMA),
ICD-10-CM a letter, a digit, a third character and up to four more after a point (NCHS), NDC three hyphened groups
of 10 or 11 digits (FDA).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from hcpcs.questions.normalize import plain
from hcpcs.questions.recognizers.modifiers import ModifierSpan, attached, glued, is_cpt, named, scattered
from hcpcs.records.codes import HCPCS_LETTERS, CodeMention, CodeSystem
from hcpcs.records.units import NOT_AFTER_CODE


class CodeSpan(NamedTuple):
    """A mention and where it stands in the plain text."""

    mention: CodeMention
    start: int
    end: int


_BEFORE_UNIT: Final = re.compile(rf"\s*-?{NOT_AFTER_CODE}(?![a-z0-9])", re.IGNORECASE)
_YEAR = re.compile(r"(?:19[5-9]|20[0-4])\d")

_SCAN: Final = re.compile(
    r"""
    (?P<ndc> (?<![\w-]) (?: \d{5}-\d{4}-\d{1,2} | \d{4}-\d{4}-\d{2} | \d{5}-\d{3}-\d{2} | N4[ *]?\d{11} ) (?![\w-]) )
  | (?P<icd> (?<![\w.]) [A-Z]\d[0-9A-Z] \. [0-9A-Z]{1,4} (?![0-9A-Z]|\.\d) )
  | (?P<alpha> (?<![0-9A-Z]) (?P<letter>[A-Z]) (?P<gap> [ ]?[-#._][ ]? | [ ] )?
        (?P<digits> \d{4} | \d{2}[ ]\d{2} | \d{3}[ ]\d | \d[ ]\d[ ]\d[ ]\d )
        (?: (?P<glued> (?:[A-Z][A-Z0-9]){1,4} ) (?![0-9A-Z]) | (?: '?s(?![0-9A-Z]) )? (?![0-9A-Z]|[.,]\d) ) )
  | (?P<cpt> (?<![0-9A-Z$/=]) (?: (?<!\d[-.,:]) | (?<=(?<!\d)\d{5}-) )
        (?: 0[01]\d{3} | [1-9]\d{4} | \d{4}F | 0\d{3}[UM] | [01]\d{3}T )
        (?![0-9A-Z] | [.,/:]\d | -\d{3,4}(?!\d) | -\d{6}) )
    """,
    re.IGNORECASE | re.VERBOSE,
)

_NOT_A_CODE_AFTER: Final = re.compile(
    r"(?:\b(?:vitamins?|factors?|types?|hepatitis|groups?|plans?|grades?|class|sizes?|levels?|schedules?|note)|'|\$)$",
    re.IGNORECASE,
)
_NOT_CPT_AFTER: Final = re.compile(
    r"(?:\b(?i:zip|zip ?code|box|claim|account|acct|invoice|order|member|mrn|patient|npi|room|suite|ext|extension|"
    r"phone|fax|id|icn|dcn|ref|reference|ticket)(?: (?i:number|num|no\.?|code|id))?[ :#]*|\$ ?|"
    r"\b[A-Za-z]{3,},? (?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|"
    r"T[NX]|UT|V[AT]|W[AIVY]) )$"
)
_ICD_CONTEXT: Final = re.compile(
    r"\b(?:icd(?:[ -]?(?:9|10))?(?:[ -]?cm)?|dx|diagnosis|diag)(?: codes?)?[ :#]*(?:is )?"
    r"([A-TV-Z]\d[0-9A-Z][0-9A-Z]{0,4})(?![\w.])",
    re.IGNORECASE,
)
_ICD_BEFORE: Final = re.compile(
    r"(?<![\w.])([A-TV-Z]\d[0-9A-Z][0-9A-Z]{0,4}) (?:(?:is )?an? )?icd(?:[ -]?(?:9|10))?(?:[ -]?cm)?(?: codes?)?"
    r"(?=\W*$)",
    re.IGNORECASE,
)
_NDC_CONTEXT: Final = re.compile(
    r"\bndc(?: (?:number|code|no\.?))?[ :#]*(\d{10,11})(?!\d)|^\W*(\d{11})\W*$", re.IGNORECASE
)
_ICD_LOOK_ALIKE: Final = re.compile(r"X[ADS]$")


def find_codes(text: str) -> tuple[CodeMention, ...]:
    """Every code in a text of any content and length (a pasted claim, a message), in order, each once."""
    mentions = dict.fromkeys(found.mention for found in scan(plain(text)))
    seen: dict[tuple[str, tuple[str, ...]], CodeMention] = {}
    for mention in mentions:
        seen.setdefault((mention.code, mention.modifiers), mention)
    return tuple(seen.values())


def scan(text: str) -> list[CodeSpan]:
    """The codes of a plain text with their places; modifiers that follow a code are attached to it."""
    found = sorted(_codes(text), key=lambda one: one.start)
    return _with_named_modifiers(text, found)


def _codes(text: str) -> Iterator[CodeSpan]:
    position, introduced = 0, list(_introduced(text))
    yield from introduced
    taken = {one.start for one in introduced}
    while match := _SCAN.search(text, position):
        position = match.end()
        kind = match.lastgroup
        if match.start() in taken:
            continue
        if match["ndc"]:
            yield _found(text, match["ndc"].upper().removeprefix("N4").strip(" *"), CodeSystem.NDC, *match.span())
        elif match["icd"]:
            yield _found(text, match["icd"].upper(), CodeSystem.ICD10, *match.span())
        elif match["alpha"]:
            found = _alphanumeric(text, match)
            if found is None:
                position = match.start() + 1
                continue
            position = found.end
            yield found
        elif kind == "cpt" and not _NOT_CPT_AFTER.search(text[max(0, match.start() - 40) : match.start()]):
            if _BEFORE_UNIT.match(text, match.end()):
                continue
            modifiers, end = attached(text, match.end(), match["cpt"])
            yield _found(text, match["cpt"].upper(), CodeSystem.CPT, match.start(), end, modifiers)
            position = end


def _introduced(text: str) -> Iterator[CodeSpan]:
    """Codes that a word before them makes an NDC or an ICD-10 code, where their form would not ("dx E119")."""
    for match in _NDC_CONTEXT.finditer(text):
        group = 1 if match[1] else 2
        yield _found(text, match[group], CodeSystem.NDC, *match.span(group))
    for form in (_ICD_CONTEXT, _ICD_BEFORE):
        for match in form.finditer(text):
            yield _found(text, pointed(match[1]), CodeSystem.ICD10, *match.span(1))


def pointed(written: str) -> str:
    """An ICD-10 code that is written without its point ("e119") as NCHS writes it (``E11.9``)."""
    code = written.upper()
    return f"{code[:3]}.{code[3:]}".rstrip(".")


def _alphanumeric(text: str, match: re.Match[str]) -> CodeSpan | None:
    """A letter and four digits: HCPCS or CDT; ``None`` if it is no code."""
    letter, digits = match["letter"].upper(), match["digits"].replace(" ", "")
    before = text[max(0, match.start() - 24) : match.start()]
    if " " in (match["gap"] or "") + match["digits"]:
        article = letter == "A" and match["letter"] == "a" and _YEAR.fullmatch(digits)
        if article or _NOT_A_CODE_AFTER.search(before.rstrip(" ") if before[-1:] != "'" else before):
            return None
        if _BEFORE_UNIT.match(text, match.end()):
            return None
    code, more = letter + digits, (match["glued"] or "").upper()
    if more and _ICD_LOOK_ALIKE.search(more):
        return _found(text, code + more, CodeSystem.ICD10, *match.span())
    if letter == "D":
        return _found(text, code, CodeSystem.CDT, match.start(), match.end())
    if letter not in HCPCS_LETTERS:
        return None
    modifiers, end = attached(text, match.end(), match["letter"])
    return _found(text, code, CodeSystem.HCPCS, match.start(), end, glued(more) + modifiers)


def _with_named_modifiers(text: str, found: list[CodeSpan]) -> list[CodeSpan]:
    """``found`` with the modifiers that the text names as such; they belong to its only code, if it has one."""
    taken = {place for one in found for place in range(one.start, one.end)}
    modifiers = named(text, taken)
    procedures = [one for one in found if one.mention.system in {CodeSystem.HCPCS, CodeSystem.CPT}]
    if len(procedures) == 1:
        taken |= {place for one in modifiers for place in range(one.start, one.end)}
        modifiers = [*modifiers, *scattered(text, taken)]
    if not modifiers:
        return found
    if len(procedures) != 1:
        return sorted([*found, *(_modifier(text, one) for one in modifiers)], key=lambda one: one.start)
    (only,) = procedures
    joined = dict.fromkeys((*only.mention.modifiers, *(one.modifier for one in modifiers)))
    mention = only.mention.model_copy(update={"modifiers": tuple(joined)})
    return [one._replace(mention=mention) if one is only else one for one in found]


def _modifier(text: str, found: ModifierSpan) -> CodeSpan:
    system = CodeSystem.CPT if is_cpt(found.modifier) else CodeSystem.MODIFIER
    return _found(text, found.modifier, system, found.start, found.end)


def _found(text: str, code: str, system: CodeSystem, start: int, end: int, modifiers: tuple[str, ...] = ()) -> CodeSpan:
    unique = tuple(dict.fromkeys(modifiers))
    return CodeSpan(CodeMention(code=code, system=system, modifiers=unique, written=text[start:end]), start, end)
