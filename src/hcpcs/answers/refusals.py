"""The answers that say no: not found, not HCPCS, not understood. None of them guesses, none substitutes."""

from __future__ import annotations

from typing import Final

from hcpcs.answers.answer import Draft, Outcome
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence, EvidenceKind, Notice, NoticeKind
from hcpcs.answers.lookup import LookupResult
from hcpcs.answers.out_of_scope import out_of_scope_notices
from hcpcs.answers.sentences import listed
from hcpcs.records.codes import CodeMention, CodeSystem
from hcpcs.records.confusable_codes import confusions
from hcpcs.records.contacts import CODING_CONTACTS

SUGGESTIONS_SHOWN: Final = 5

WHERE_TO_LOOK: Final[dict[CodeSystem, str]] = {
    CodeSystem.CPT: (
        "CPT (HCPCS Level I) codes and their texts are the American Medical Association's and licensed: "
        "look in a licensed CPT code book or the AMA's CPT look-up; for Medicare payment, in CMS's Physician Fee "
        "Schedule look-up."
    ),
    CodeSystem.CDT: (
        "CDT dental codes and their texts are the American Dental Association's and licensed: look in the ADA's "
        "CDT manual."
    ),
    CodeSystem.ICD10: (
        "ICD-10 codes state diagnoses and inpatient procedures: look in CMS's or CDC's ICD-10 files and browser."
    ),
    CodeSystem.NDC: (
        "An NDC names a drug package: look in FDA's NDC Directory; CMS's ASP NDC-HCPCS crosswalk links drug "
        "packages to the HCPCS codes that bill them."
    ),
}
"""Where codes of other systems are explained. This desk names them and never describes them."""

FULL_SET_NOTICE: Final = Notice(
    kind=NoticeKind.FULL_SET,
    text="Only the two starter codes are loaded here. For the full code set run `hcpcs update`, or "
    "`hcpcs load FILE` with CMS's Alpha-Numeric HCPCS file.",
)


def starter_notice(context: AnswerContext) -> tuple[Notice, ...]:
    """How to load the full set, where only the starter is loaded."""
    return (FULL_SET_NOTICE,) if context.catalog.starter else ()


def foreign_sentence(mention: CodeMention) -> str:
    """``99213 is a CPT code, not an HCPCS Level II code.``"""
    if mention.system is CodeSystem.CPT and len(mention.code) == 2:
        return f"{mention.code} has the form of a CPT modifier, not of an HCPCS modifier."
    article = "an" if mention.system.value[0] in "AEIONH" else "a"
    form = "" if mention.system is CodeSystem.NDC else " code"
    return f"{mention.code} has the form of {article} {mention.system.value}{form}, not of an HCPCS Level II code."


def foreign_notices(mentions: tuple[CodeMention, ...]) -> tuple[Notice, ...]:
    """Each foreign code named, then where each system is explained."""
    systems = dict.fromkeys(mention.system for mention in mentions)
    return (
        *(Notice(kind=NoticeKind.FOREIGN, text=foreign_sentence(mention), code=mention.code) for mention in mentions),
        *(Notice(kind=NoticeKind.WHERE_TO_LOOK, text=WHERE_TO_LOOK[system]) for system in systems),
    )


def near_codes(context: AnswerContext, code: str) -> tuple[str, ...]:
    """The existing codes that are one confusion away from ``code``, likeliest first."""
    existing = (candidate for candidate in confusions(code) if candidate in context.catalog)
    return tuple(dict.fromkeys(existing))[:SUGGESTIONS_SHOWN]


def missing_notices(context: AnswerContext, missing: tuple[str, ...]) -> tuple[Notice, ...]:
    """What to say of codes that were asked for beside others and are in no release loaded."""
    if not missing:
        return ()
    label = context.catalog.newest.label
    verb = "is" if len(missing) == 1 else "are"
    perhaps = [
        Notice(kind=NoticeKind.SUGGESTION, text=f"Instead of {code} perhaps meant: {listed(near, 'or')}.", code=code)
        for code in missing
        if (near := near_codes(context, code))
    ]
    hint = (FULL_SET_NOTICE,) if context.catalog.starter else ()
    text = f"{listed(missing)} {verb} not in {label}, and not part of this answer."
    return (Notice(kind=NoticeKind.MISSING, text=text), *perhaps, *hint)


def not_hcpcs(mentions: tuple[CodeMention, ...]) -> Draft:
    """Only codes of other systems were asked about."""
    first = mentions[0]
    systems = dict.fromkeys(mention.system for mention in mentions)
    return Draft(
        outcome=Outcome.NOT_HCPCS,
        codes=tuple(mention.code for mention in mentions),
        headline=foreign_sentence(first),
        evidence=(
            *(Evidence(kind=EvidenceKind.FOREIGN, text=foreign_sentence(mention)) for mention in mentions[1:]),
            *(Evidence(kind=EvidenceKind.WHERE_TO_LOOK, text=WHERE_TO_LOOK[system]) for system in systems),
        ),
        contacts=CODING_CONTACTS,
    )


def not_found(context: AnswerContext, missing: tuple[str, ...]) -> Draft:
    """Codes with the form of HCPCS codes that no loaded release states."""
    label = context.catalog.newest.label
    suggestions: dict[str, None] = {}
    evidence: list[Evidence] = []
    for code in missing:
        near = near_codes(context, code)
        suggestions.update(dict.fromkeys(near))
        for candidate in near:
            statement = context.catalog.current(candidate, context.today)
            if statement is not None:
                text = statement.record.short_description or statement.record.long_description
                ended = "" if statement.active else f" ({statement.status.value.lower()})"
                suggestion = f"Perhaps {candidate}: {text}{ended}"
                evidence.append(Evidence(kind=EvidenceKind.SUGGESTION, text=suggestion, code=candidate))
    if context.catalog.starter:
        headline = f"{listed(missing)} can't be looked up: only the starter's two codes are loaded."
        notices: tuple[Notice, ...] = (FULL_SET_NOTICE,)
    else:
        verb = "is" if len(missing) == 1 else "are"
        headline = f"{listed(missing)} {verb} not in {label}."
        text = "A code that is not in the file may be mistyped, newer than the release, or no HCPCS code at all."
        notices = (Notice(kind=NoticeKind.CAUTION, text=text),)
    return Draft(
        outcome=Outcome.NOT_FOUND,
        codes=missing,
        headline=headline,
        evidence=tuple(evidence),
        notices=notices,
        suggestions=tuple(suggestions),
        contacts=CODING_CONTACTS,
    )


def refuse(context: AnswerContext, lookup: LookupResult) -> Draft | None:
    """The refusal that the codes of a question call for, or ``None`` when there is a record to speak of."""
    if lookup.found:
        return None
    if lookup.missing:
        draft = not_found(context, lookup.missing)
        extra = foreign_notices(lookup.foreign)
        return draft.model_copy(update={"notices": draft.notices + extra}) if extra else draft
    if lookup.foreign:
        return not_hcpcs(lookup.foreign)
    return None


def side_notices(context: AnswerContext, lookup: LookupResult) -> tuple[Notice, ...]:
    """What to say of the codes of a question that could not be answered, beside those that could."""
    return (
        missing_notices(context, lookup.missing)
        + foreign_notices(lookup.foreign)
        + out_of_scope_notices(context.question.out_of_scope)
    )


def suggested(context: AnswerContext, lookup: LookupResult) -> tuple[str, ...]:
    """The existing codes that may have been meant by those that were not found."""
    return tuple(dict.fromkeys(near for code in lookup.missing for near in near_codes(context, code)))


def not_understood() -> Draft:
    """The text held nothing to answer: say so, and what can be asked."""
    return Draft(
        outcome=Outcome.NOT_UNDERSTOOD,
        headline="I did not understand that.",
        evidence=tuple(
            Evidence(kind=EvidenceKind.EXAMPLE, text=text)
            for text in (
                "Ask for a code: S9353",
                "Ask about coverage: is S9353 payable by Medicare?",
                "Search in words: home infusion insulin pump",
                "Or type: help",
            )
        ),
    )
