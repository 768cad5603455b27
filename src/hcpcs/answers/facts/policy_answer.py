"""Which coverage policy? The LCDs and articles that list a code, and documents by number.

Where no file that lists codes is loaded, the table of the DME MACs' policies names them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence, EvidenceKind
from hcpcs.answers.facts.fact_answer import FactAnswer, absence_sentence, fact_evidence, names_of, proof_of
from hcpcs.answers.rendering.sentences import join_words
from hcpcs.companions.edition import Absence, Edition, EditionKind, Fact, FactLookUp
from hcpcs.questions.question import AskedDetail
from hcpcs.records.billing.areas import area_name
from hcpcs.records.field_spec import long_date
from hcpcs.records.manuals.coverage_manual import cim_sections_now
from hcpcs.records.manuals.dme_policies import AS_OF, DmePolicy, policies_of, policies_of_family, policy_numbered
from hcpcs.records.record import Statement

VERSIONS: Final = 3
"""Maximum versions of a document that an answer names."""
DOCUMENTS: Final = 4
"""Maximum documents that an answer names; its facts have all of them."""
_CODE_KINDS: Final = (EditionKind.LCD_CODES, EditionKind.ARTICLE_CODES)
_DOCUMENT_KINDS: Final = {"L": EditionKind.LCDS, "A": EditionKind.ARTICLES}
NATIONAL: Final = "NCD"
"""How the number of a National Coverage Determination begins."""
_TYPES: Final = {"L": "LCD", "A": "Article"}
_EVERY_DRUG: Final = "J"
"""The prefix of most drugs: of those the table of policies has only the immunosuppressants (J75)."""
_CHOOSE_STATE: Final = "Name the state to get the documents of its contractor."


class _Document(NamedTuple):
    """A document that lists a code: its number, the facts of its versions, and whether it serves the area asked about.

    ``current`` are the versions in force on the day asked about. Without the document itself (only its codes are
    loaded) there are no versions.
    """

    number: str
    versions: tuple[Fact, ...]
    current: tuple[Fact, ...]
    serves: bool


def answer_policies(context: AnswerContext, statements: Sequence[Statement]) -> FactAnswer:
    """The documents whose numbers are asked about, then those that list each code."""
    parts = [_by_number(context, number) for number in context.question.policy_numbers]
    if AskedDetail.NATIONAL in context.question.details:
        parts += [part for one in statements if (part := _national(one)).headline]
    parts += _by_codes(context, [statement.record.code for statement in statements])
    if not parts:
        parts = [_of_family(context)]
    return FactAnswer(
        " ".join(part.headline for part in parts if part.headline),
        tuple(dict.fromkeys(one for part in parts for one in part.evidence)),
        tuple(dict.fromkeys(fact for part in parts if part.headline for fact in part.facts)),
    )


def _national(statement: Statement) -> FactAnswer:
    """The National Coverage Determination that a record cites, by the section of the manual that it was."""
    record = statement.record
    now = cim_sections_now(record.cim_references)
    if not now:
        return FactAnswer()
    return FactAnswer(f"{record.code}: {now}, by the manual section that its record cites.")


def policy_evidence(code: str) -> tuple[Evidence, ...]:
    """The policies of the DME MACs on a code, which have its limits and what must be documented."""
    return tuple(
        Evidence(
            kind=EvidenceKind.WHERE_TO_LOOK,
            text=f"{policy.name}, as of {AS_OF}: {policy.link}",
            code=code,
            label=f"The DME MACs' policy on {code}",
            link=policy.link,
        )
        for policy in policies_of(code)
    )


def _by_number(context: AnswerContext, text: str) -> FactAnswer:
    """A document by its number, or by the title that PDAC has for it."""
    if text.startswith(NATIONAL):
        return FactAnswer()  # the files list the documents of contractors
    look_up = _document(context, text)
    if not look_up.facts and (policy := policy_numbered(text)) is not None:
        return _of_table(text, policy)
    if look_up.absence is Absence.NOT_LOADED:
        return FactAnswer()
    if not look_up.facts or look_up.edition is None:
        return FactAnswer(absence_sentence(look_up, text))
    numbers = dict.fromkeys(f"{fact.qualifiers.type} {fact.value}{_ended(context, fact)}" for fact in look_up.facts[:1])
    others = dict.fromkeys(f"{fact.qualifiers.type} {fact.value}" for fact in look_up.facts)
    named = [*numbers, *(one for one in others if not any(known.startswith(one) for known in numbers))]
    policy = policy_numbered(text) if AskedDetail.ARTICLE in context.question.details else None
    article = f" Its policy article is {policy.article}, as of {AS_OF}." if policy and text == policy.lcd else ""
    evidence = [_version(fact) for fact in look_up.facts[:VERSIONS]]
    proof = proof_of(look_up.facts, look_up.edition, context.day)
    return FactAnswer(
        f"{', '.join(named)}: {look_up.facts[0].qualifiers.title}.{article}", (*evidence, proof), look_up.facts
    )


def _of_table(number: str, policy: DmePolicy) -> FactAnswer:
    """A determination of the DME MACs, or its policy article, by the number in our table of them."""
    document = f"the DME MACs' LCD {policy.title}, as of {AS_OF}"
    if number == policy.lcd:
        headline = f"{number} is {document}; its policy article is {policy.article}."
        text = policy.link
    else:
        headline = f"{number} is the policy article for LCD {policy.lcd}: {document}."
        text = policy.article_link
    published = Evidence(kind=EvidenceKind.WHERE_TO_LOOK, text=text, label=number, link=text)
    return FactAnswer(headline, (fact_evidence(f"{policy.codes}.", "", label="Codes"), published))


def _of_family(context: AnswerContext) -> FactAnswer:
    """The determinations of the DME MACs on a family of codes: "LCD for orthotics"; empty where there is none."""
    family, prefix = context.question.family, context.question.prefix
    prefixes = family.prefixes if family is not None else tuple(filter(None, (prefix,)))
    policies = () if _EVERY_DRUG in prefixes else policies_of_family(prefixes)
    if not policies:
        return FactAnswer()
    noun = family.noun if family is not None else f"{prefix} codes"
    named = [f"{policy.title} ({policy.lcd})" for policy in policies]
    first = join_words([*named[:DOCUMENTS], *([f"{len(named) - DOCUMENTS} more"] if len(named) > DOCUMENTS else [])])
    headline = f"LCDs of the DME MACs on {noun}, the same in every state, as of {AS_OF}: {first}."
    others = (fact_evidence(f"{'; '.join(named[DOCUMENTS:])}.", "", label="The others"),) if named[DOCUMENTS:] else ()
    return FactAnswer(headline, others)


def _by_codes(context: AnswerContext, codes: Sequence[str]) -> list[FactAnswer]:
    """The documents on each code; codes on which the DME MACs have the same policies are answered together."""
    shared: dict[tuple[DmePolicy, ...], list[str]] = {}
    parts: list[FactAnswer] = []
    for code in codes:
        listings = [context.facts_of(kind, code) for kind in _CODE_KINDS]
        policies = policies_of(code)
        if policies and all(one.absence is Absence.NOT_LOADED for one in listings):
            shared.setdefault(policies, []).append(code)
        else:
            parts.append(_by_code(context, code, listings))
    return [*(_of_dme_macs(context, alike, policies) for policies, alike in shared.items()), *parts]


def _by_code(context: AnswerContext, code: str, listings: Sequence[FactLookUp]) -> FactAnswer:
    """The LCDs and articles that list a code, else the policy that PDAC names for it."""
    loaded = [one for one in listings if one.absence is not Absence.NOT_LOADED]
    listed = [one for one in loaded if one.facts]
    named = context.facts_of(EditionKind.CODING_VERIFICATION, code)
    titles = dict.fromkeys(fact.qualifiers.policy for fact in named.facts)
    if not listed:
        by_title = [part for title in titles if (part := _by_number(context, title)).headline]
        if by_title:
            return FactAnswer(
                " ".join(part.headline for part in by_title),
                tuple(one for part in by_title for one in part.evidence),
                (*named.facts, *(fact for part in by_title for fact in part.facts)),
            )
        labels = names_of(one.edition for one in loaded if one.edition is not None)
        return FactAnswer(f"{code} is not on the {join_words(labels, 'or')}.") if labels else FactAnswer()
    documents = [document for one in listed for document in _documents(context, one)]
    proofs = [proof_of(one.facts, one.edition, context.day) for one in listed if one.edition is not None]
    return _listed(context, code, documents, [fact for one in listed for fact in one.facts], proofs)


def _of_dme_macs(context: AnswerContext, codes: Sequence[str], policies: Sequence[DmePolicy]) -> FactAnswer:
    """The policies of the DME MACs on codes, with the versions of the documents that are loaded."""
    documents = [part for policy in policies if (part := _by_number(context, policy.lcd)).facts]
    published = [
        Evidence(kind=EvidenceKind.WHERE_TO_LOOK, text=policy.link, label=f"LCD {policy.lcd}", link=policy.link)
        for policy in policies
    ]
    source = fact_evidence(f"the DME MACs' LCDs of {AS_OF}, the same in every state.", codes[0], label="From")
    return FactAnswer(
        f"{join_words(codes)}: {'; '.join(policy.name for policy in policies)}.",
        (source, *(tuple(one for part in documents for one in part.evidence) or published)),
        tuple(fact for part in documents for fact in part.facts),
    )


def _documents(context: AnswerContext, listing: FactLookUp) -> Iterable[_Document]:
    """The documents of a listing, without those whose version in force doesn't list the code any more."""
    area = context.question.area
    versions: dict[str, set[str]] = {}
    for fact in listing.facts:
        versions.setdefault(str(fact.value), set()).add(fact.qualifiers.version)
    for number, listing_versions in versions.items():
        look_up = _document(context, number)
        known = tuple(fact for fact in look_up.facts if fact.value == number)
        current = tuple(fact for fact in known if fact.holds_on(context.day))
        exported = look_up.kind is not EditionKind.POLICIES
        if exported and current and not any(fact.qualifiers.version in listing_versions for fact in current):
            continue
        serves = True
        if exported and area is not None and known:
            serving = _document(context, number, area).facts
            serves = bool(serving)
            known = serving or known
        yield _Document(number, known, tuple(fact for fact in known if fact.holds_on(context.day)), serves)


def _listed(
    context: AnswerContext, code: str, documents: Sequence[_Document], listings: Sequence[Fact], proofs: list[Evidence]
) -> FactAnswer:
    """The documents that list a code: those in force first, of the type asked about first."""
    area = context.question.area
    wants_article = AskedDetail.ARTICLE in context.question.details
    serving = [one for one in documents if one.serves]
    serving.sort(key=lambda one: (bool(one.versions) and not one.current, one.number.startswith("L") is wants_article))
    where = "" if area is None else f" in {area_name(area)}"
    if not serving:
        named = join_words([f"{_TYPES[one.number[0]]} {one.number}" for one in documents[:DOCUMENTS]])
        head = f"No loaded document of a contractor for {area_name(area or '')} lists {code}. Elsewhere: {named}."
        return FactAnswer(head, tuple(proofs), tuple(listings))
    names = [_name(context, one) for one in serving[:DOCUMENTS]]
    if len(serving) > DOCUMENTS:
        names.append(f"{len(serving) - DOCUMENTS} more")
    evidence = [_version(fact) for one in serving[:DOCUMENTS] for fact in (one.current or one.versions)[:VERSIONS]]
    if area is None and len(serving) > DOCUMENTS:
        evidence.append(fact_evidence(_CHOOSE_STATE, ""))
    editions = dict.fromkeys(edition for one in serving for edition in _editions(context, one))
    for edition in editions:
        stated = [fact for one in serving[:DOCUMENTS] for fact in one.versions if fact.edition == edition.label]
        evidence.append(proof_of(stated, edition, context.day))
    facts = (*listings, *(fact for one in serving for fact in one.versions))
    return FactAnswer(f"{code}{where}: {'; '.join(names)}.", (*evidence, *proofs), facts)


def _name(context: AnswerContext, document: _Document) -> str:
    """``LCD L33718, Positive Airway Pressure (PAP) Devices (CGS Administrators, LLC (DME MAC, J-B))``."""
    name = f"{_TYPES[document.number[0]]} {document.number}"
    if not document.versions:
        return name
    fact = (document.current or document.versions)[0]
    terms = fact.qualifiers
    contractors = f", {terms.contractors}" if context.question.area is not None and terms.contractors else ""
    policies = [_policy(context, number) for number in terms.related if number.startswith("L")]
    belongs = f" (for {join_words(policies)})" if policies and document.number.startswith("A") else ""
    return f"{name}{_ended(context, fact)}, {terms.title}{contractors}{belongs}"


def _policy(context: AnswerContext, number: str) -> str:
    """``LCD L39995, Infliximab``: the LCD to which an article belongs, with its title where it is loaded."""
    facts = _document(context, number).facts
    return f"LCD {number}, {facts[0].qualifiers.title}" if facts else f"LCD {number}"


def _ended(context: AnswerContext, fact: Fact) -> str:
    """The sentence that a document was retired, or isn't in force yet, on the day asked about."""
    if fact.last_day is not None and fact.last_day < context.day:
        return f" (retired {long_date(fact.last_day)})"
    if fact.first_day is not None and fact.first_day > context.day:
        return f" (from {long_date(fact.first_day)})"
    return ""


def _document(context: AnswerContext, text: str, area: str | None = None) -> FactLookUp:
    """A document by its number or title: from the export of the database, else from the list of its documents."""
    first = text[:1].upper() if text[1:].isdigit() else ""
    kinds = [_DOCUMENT_KINDS[first]] if first in _DOCUMENT_KINDS else list(_DOCUMENT_KINDS.values())
    look_ups = [context.facts_of(kind, text, area=area) for kind in (*kinds, EditionKind.POLICIES)]
    return next(
        (one for one in look_ups if one.facts),
        next((one for one in look_ups if one.absence is not Absence.NOT_LOADED), look_ups[-1]),
    )


def _editions(context: AnswerContext, document: _Document) -> list[Edition]:
    labels = {fact.edition for fact in document.versions}
    return [edition for edition in context.companions.editions if edition.label in labels]


def _version(fact: Fact) -> Evidence:
    terms = fact.qualifiers
    since = f", effective {long_date(fact.first_day)}" if fact.first_day else ""
    until = f", retired {long_date(fact.last_day)}" if fact.last_day else ""
    related = f" Related: {join_words(list(terms.related))}." if terms.related else ""
    contractors = f", {terms.contractors}" if terms.contractors else ""
    text = f"version {terms.version or '?'}{since}{until}{contractors}: {terms.link}{'.' if related else ''}{related}"
    return Evidence(kind=EvidenceKind.FACT, text=text, label=str(fact.value), link=terms.link)
