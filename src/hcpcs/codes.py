"""What a string is: HCPCS Level II code, modifier, CPT, CDT, ICD-10 or NDC; normalised, with its modifiers.

Form alone decides: whether a code exists is the catalogue's to say. Sources of the forms: HCPCS Level II is a
letter and four digits (CMS), CDT the letter D and four digits (ADA), CPT five digits or four and a letter (AMA),
ICD-10-CM a letter, a digit, a third character and up to four more after a point (NCHS), NDC three hyphened groups
of 10 or 11 digits (FDA).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Final, NamedTuple

from hcpcs.lookalikes import confusions as confusions
from hcpcs.records import Frozen
from hcpcs.wording import plain


class CodeSystem(StrEnum):
    """The code systems that people mix with HCPCS Level II; the desk describes only HCPCS and its modifiers."""

    HCPCS = "HCPCS Level II"
    MODIFIER = "HCPCS modifier"
    CPT = "CPT"
    CDT = "CDT"
    ICD10 = "ICD-10"
    NDC = "NDC"


class CodeMention(Frozen):
    """A code found in a text: normalised (``S9353``), with the modifiers attached to it, and as written.

    Not ``well_formed`` is what was plainly meant as an HCPCS code and has not the form of one (``SO353``,
    ``S935``): no such code can exist, and ``confusions(code)`` are those that may have been meant.
    """

    code: str
    system: CodeSystem
    modifiers: tuple[str, ...] = ()
    written: str = ""
    well_formed: bool = True


class Found(NamedTuple):
    """A mention and where it stands in the plain text."""

    mention: CodeMention
    start: int
    end: int


_HCPCS_LETTERS: Final = frozenset("ABCEGHJKLMPQRSTUV")
_UNITS = (
    r"m?[lg]s?|mcg|ug|ccs?|iu|units?|usp|gm?s?|grams?|milli\w+|micro\w+|meq|mci|kg|lbs?|pounds?|oz|ounces?|inch(?:es)?|"
    r"cm|mm|ft|feet|hours?|hrs?|minutes?|mins?|days?|miles?|watts?|calories|kcal|%|percent|count|ct|sq|square"
)
_BEFORE_UNIT = re.compile(rf"\s*-?(?:{_UNITS})(?![a-z])", re.IGNORECASE)
_YEAR = re.compile(r"(?:19[5-9]|20[0-4])\d")

_SCAN: Final = re.compile(
    r"""
    (?P<ndc> (?<![\w-]) (?: \d{5}-\d{4}-\d{1,2} | \d{4}-\d{4}-\d{2} | \d{5}-\d{3}-\d{2} | N4[ ]?\d{11} ) (?![\w-]) )
  | (?P<icd> (?<![\w.]) [A-Z]\d[0-9A-Z] \. [0-9A-Z]{1,4} (?![0-9A-Z]|\.\d) )
  | (?P<alpha> (?<![0-9A-Z]) (?P<letter>[A-Z]) (?P<gap> [ ]?[-#._][ ]? | [ ] )?
        (?P<digits> \d{4} | \d{2}[ ]\d{2} | \d[ ]\d[ ]\d[ ]\d )
        (?: (?P<glued> (?:[A-Z][A-Z0-9]){1,4} ) (?![0-9A-Z]) | (?: '?s(?![0-9A-Z]) )? (?![0-9A-Z]|[.,]\d) ) )
  | (?P<cpt> (?<![0-9A-Z$]) (?<!\d[-.,/:]) (?: 0[01]\d{3} | [1-9]\d{4} | \d{4}F | 0\d{3}[UM] | [01]\d{3}T )
        (?![0-9A-Z]|[.,/:]\d|-\d{3}) )
    """,
    re.IGNORECASE | re.VERBOSE,
)

_ATTACHED: Final = re.compile(
    r"(?P<gap>\s?[-/+:_]\s?|\s?[,&]\s?|\s)(?:(?:with|w/|and|mods?\.?|modifiers?)[ :]{1,2})*"
    r"(?P<modifier>[a-z][a-z0-9]|\d{2}|\d[a-z])(?![a-z0-9'*]|-\d|\s?%|\.\d)",
    re.IGNORECASE,
)
_TWO = r"([a-z][a-z0-9]|\d{2}|\d[a-z])"
_MODIFIER_AFTER: Final = re.compile(
    rf"(?<![a-z0-9])(?:mods?\.?|modifiers?)[ :#]{{1,2}}(?:code[ :])?{_TWO}(?![a-z0-9'-])", re.IGNORECASE
)
_MODIFIER_BEFORE: Final = re.compile(rf"(?<![a-z0-9-]){_TWO}[ -](?:mods?|modifiers?)(?![a-z])", re.IGNORECASE)
_NEXT_MODIFIER: Final = re.compile(rf"(?:\s?[,/+&-]\s?|\s(?:and|or|vs\.?)\s|\s){_TWO}(?![a-z0-9'-])", re.IGNORECASE)

_WORDS_OF_TWO: Final = frozenset(
    "ai am an as at be by co do ed eg em en et ex fo go ha he hi id ie if im in is it ive la ma me mr ms my nd no "
    "nt of oh ok on or os pm qs re rd so st th tl to um up ur us uk vs we wo ya ye yo ad ag de du el en es et le un "
    "rx dx tx hx sx cx mg ml cc lb oz ft hr iu cm mm kg gm wk yr mo mi ea dr va ny fl nj md pa ca pt".split()
)
"""Words and abbreviations of two letters that are not meant as a modifier when they follow a code in a sentence."""

_COMMON_MODIFIERS: Final = frozenset(
    "nu rr ue kx ga gy gz gx lt rt kh ki kj bp br bu ms ra rb cr ey gk gl kf ks jw jz jg tb tc sc sl gt gq td te "
    "tf tg th gn gp q0 q1 q5 q6 xe xp xs xu k0 k1 k2 k3 k4 au av aw ax ay az qe qf qg qa qb qr".split()
)
_CPT_MODIFIERS: Final = frozenset(
    "22 23 24 25 26 27 32 33 47 50 51 52 53 54 55 56 57 58 59 62 63 66 73 74 76 77 78 79 80 81 82 90 91 92 93 95 "
    "96 97 99".split()
)
_NOT_A_CODE_AFTER: Final = re.compile(
    r"(?:\b(?:vitamins?|factors?|types?|hepatitis|groups?|plans?|grades?|class|sizes?|levels?|schedules?|note)|'|\$)$",
    re.IGNORECASE,
)
_NOT_CPT_AFTER: Final = re.compile(
    r"(?:\b(?i:zip|zip ?code|box|claim|account|acct|invoice|order|member|mrn|patient|npi|room|suite|ext|extension|"
    r"phone|fax|id|icn|dcn|ref|reference|ticket)(?: (?i:number|num|no\.?|code|id))?[ :#]*|\$ ?|"
    r"\b[A-Z][a-z]+,? [A-Z]{2} )$"
)
_ICD_CONTEXT: Final = re.compile(
    r"\b(?:icd(?:[ -]?10)?(?:[ -]?cm)?|dx|diagnosis|diag)(?: codes?)?[ :#]*(?:is )?$", re.IGNORECASE
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


def scan(text: str) -> list[Found]:
    """The codes of a plain text with their places; modifiers that follow a code are attached to it."""
    found = list(_codes(text))
    return _with_named_modifiers(text, found)


def _codes(text: str) -> Iterator[Found]:
    position = 0
    if bare := _NDC_CONTEXT.search(text):
        group = 1 if bare[1] else 2
        yield _found(text, bare[group], CodeSystem.NDC, bare.start(group), bare.end(group))
        position = bare.end()
    while match := _SCAN.search(text, position):
        position = match.end()
        kind = match.lastgroup
        if match["ndc"]:
            yield _found(text, match["ndc"].upper().removeprefix("N4").strip(), CodeSystem.NDC, *match.span())
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
            modifiers, end = _attached(text, match.end(), match["cpt"])
            yield _found(text, match["cpt"].upper(), CodeSystem.CPT, match.start(), end, modifiers)
            position = end


def _alphanumeric(text: str, match: re.Match[str]) -> Found | None:
    """A letter and four digits: HCPCS, CDT, or ICD-10 where a diagnosis is spoken of; ``None`` if it is no code."""
    letter, digits = match["letter"].upper(), match["digits"].replace(" ", "")
    before = text[max(0, match.start() - 24) : match.start()]
    if " " in (match["gap"] or "") + match["digits"]:
        article = letter == "A" and match["letter"] == "a" and _YEAR.fullmatch(digits)
        if article or _NOT_A_CODE_AFTER.search(before.rstrip(" ") if before[-1:] != "'" else before):
            return None
        if _BEFORE_UNIT.match(text, match.end()):
            return None
    code, glued = letter + digits, (match["glued"] or "").upper()
    if glued and _ICD_LOOK_ALIKE.search(glued):
        return _found(text, code + glued, CodeSystem.ICD10, *match.span())
    if _ICD_CONTEXT.search(before):
        return _found(text, f"{code[:3]}.{code[3:]}{glued}", CodeSystem.ICD10, *match.span())
    if letter == "D":
        return _found(text, code, CodeSystem.CDT, match.start(), match.end())
    if letter not in _HCPCS_LETTERS:
        return None
    glued_modifiers = tuple(glued[i : i + 2] for i in range(0, len(glued), 2))
    modifiers, end = _attached(text, match.end(), match["letter"])
    return _found(text, code, CodeSystem.HCPCS, match.start(), end, glued_modifiers + modifiers)


def _attached(text: str, position: int, written: str) -> tuple[tuple[str, ...], int]:
    """The modifiers that follow a code at ``position``, and where they end."""
    modifiers: list[str] = []
    while len(modifiers) < 8 and (match := _ATTACHED.match(text, position)):
        modifier, gap = match["modifier"], match["gap"].strip()
        named = match.end("gap") != match.start("modifier")
        if not (named or _is_modifier(modifier, gap, written, text)):
            break
        if modifier.isdigit() and (_BEFORE_UNIT.match(text, match.end()) or not (named or modifiers or gap == "-")):
            break
        modifiers.append(modifier.upper())
        position = match.end()
    return tuple(modifiers), position


def _is_modifier(modifier: str, gap: str, written: str, text: str) -> bool:
    """Whether two characters after a code are a modifier, by how they are joined to it and how they are written."""
    lower = modifier.lower()
    if gap in {"-", "/", "+", ":", "_"}:
        return modifier not in {"no", "is", "or", "vs"} and (not modifier.isdigit() or modifier in _CPT_MODIFIERS)
    if lower in _WORDS_OF_TWO:
        return False
    if modifier.isupper() or modifier.isdigit() or (modifier[0].isupper() and modifier[1].isdigit()):
        return modifier not in _CPT_MODIFIERS or gap == "-"
    return lower in _COMMON_MODIFIERS and (written.islower() or text.isupper() or gap == "")


def _with_named_modifiers(text: str, found: list[Found]) -> list[Found]:
    """``found`` with modifiers that the text names as such ("modifier RR with E0601")."""
    if "mod" not in text.lower():
        return found
    taken = {place for one in found for place in range(one.start, one.end)}
    named: list[Found] = []
    for match in _MODIFIER_AFTER.finditer(text):
        last = not text[match.end() :].strip(" ?.!")
        if match.start(1) in taken or not (_named(match[1], text) or last):
            continue
        named.append(_modifier(text, *match.span(1)))
        position = match.end()
        while (more := _NEXT_MODIFIER.match(text, position)) and _listed(more[1], text):
            named.append(_modifier(text, *more.span(1)))
            position = more.end()
    taken.update(place for one in named for place in range(one.start, one.end))
    named.extend(
        _modifier(text, *match.span(1))
        for match in _MODIFIER_BEFORE.finditer(text)
        if match.start(1) not in taken and _named(match[1], text)
    )
    procedures = [one for one in found if one.mention.system in {CodeSystem.HCPCS, CodeSystem.CPT}]
    if len(procedures) != 1 or not named:
        return sorted(found + named, key=lambda one: one.start)
    (only,) = procedures
    modifiers = only.mention.modifiers + tuple(one.mention.code for one in named)
    joined = only._replace(mention=only.mention.model_copy(update={"modifiers": tuple(dict.fromkeys(modifiers))}))
    return [joined if one is only else one for one in found]


def _named(modifier: str, text: str) -> bool:
    """Whether what stands beside the word "modifier" is one, and not a word of the sentence."""
    return modifier.lower() not in _WORDS_OF_TWO or (modifier.isupper() and not text.isupper())


def _listed(modifier: str, text: str) -> bool:
    """Whether what follows a named modifier is one more."""
    return _named(modifier, text) and (modifier.isupper() or modifier.lower() in _COMMON_MODIFIERS)


def _modifier(text: str, start: int, end: int) -> Found:
    modifier = text[start:end].upper()
    system = CodeSystem.MODIFIER if modifier[0].isalpha() else CodeSystem.CPT
    return Found(CodeMention(code=modifier, system=system, written=text[start:end]), start, end)


def _found(text: str, code: str, system: CodeSystem, start: int, end: int, modifiers: tuple[str, ...] = ()) -> Found:
    unique = tuple(dict.fromkeys(modifiers))
    return Found(CodeMention(code=code, system=system, modifiers=unique, written=text[start:end]), start, end)
