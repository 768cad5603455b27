"""The forms of companion files, one module per form, and what each kind of edition states about a key."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from hcpcs.companions.companion_form import LEVEL_TWO, CompanionForm
from hcpcs.companions.edition import Edition, EditionKind, Fact, Selection
from hcpcs.companions.forms import (
    code_pairs,
    coding_verification,
    drug_products,
    face_to_face,
    payment_limits,
    prior_authorization,
    status_indicators,
    unclassified_limits,
    unit_limits,
)
from hcpcs.companions.forms.fees import fee_schedule, former_areas, rural_zips
from hcpcs.companions.forms.policies import coverage_export, policy_codes, policy_documents
from hcpcs.companions.ndc import ndc_keys
from hcpcs.companions.storage.packed_rows import EditionRow

FactsOfRow = Callable[[Edition, EditionRow, Selection], Iterator[Fact]]
"""The facts of one row of an edition that a selection wants."""

FORMS: Final[tuple[CompanionForm, ...]] = (
    fee_schedule.FORM,
    fee_schedule.FORM_OF_NUTRITION,
    former_areas.FORM,
    rural_zips.FORM,
    rural_zips.FORM_OF_AREAS,
    rural_zips.FORM_OF_RURAL,
    payment_limits.FORM,
    unclassified_limits.FORM,
    drug_products.FORM,
    unit_limits.FORM_OF_SETTINGS,
    unit_limits.FORM,
    status_indicators.FORM,
    code_pairs.FORM,
    code_pairs.FORM_OF_TEXT,
    code_pairs.FORM_OF_WORKBOOK,
    prior_authorization.FORM,
    face_to_face.FORM,
    coding_verification.FORM,
    policy_documents.FORM,
    policy_codes.FORM_OF_ARTICLES,
    policy_codes.FORM_OF_LCDS,
)
"""Every form, in the order in which a table is tried."""

FACTS: Final[Mapping[EditionKind, FactsOfRow]] = {
    EditionKind.DMEPOS: fee_schedule.fee_facts,
    EditionKind.PEN: fee_schedule.fee_facts,
    EditionKind.FORMER_CBA: former_areas.former_area_facts,
    EditionKind.RURAL_ZIP: rural_zips.zip_facts,
    EditionKind.CBA_ZIP: rural_zips.zip_facts,
    EditionKind.ASP: payment_limits.limit_facts,
    EditionKind.NOC_LIMITS: unclassified_limits.unclassified_facts,
    EditionKind.NDC: drug_products.product_facts,
    EditionKind.MUE_PRACTITIONER: unit_limits.unit_facts,
    EditionKind.MUE_OUTPATIENT_HOSPITAL: unit_limits.unit_facts,
    EditionKind.MUE_DME: unit_limits.unit_facts,
    EditionKind.OPPS: status_indicators.status_facts,
    EditionKind.PTP_PRACTITIONER: code_pairs.pair_facts,
    EditionKind.PTP_OUTPATIENT_HOSPITAL: code_pairs.pair_facts,
    EditionKind.PRIOR_AUTHORIZATION: prior_authorization.authorization_facts,
    EditionKind.FACE_TO_FACE: face_to_face.face_to_face_facts,
    EditionKind.CODING_VERIFICATION: coding_verification.verification_facts,
    EditionKind.POLICIES: policy_documents.document_facts,
    EditionKind.LCDS: coverage_export.document_facts,
    EditionKind.LCD_CODES: policy_codes.policy_code_facts,
    EditionKind.ARTICLES: coverage_export.document_facts,
    EditionKind.ARTICLE_CODES: policy_codes.policy_code_facts,
}
"""How the rows of each kind state facts."""


_DOCUMENTS: Final = frozenset({EditionKind.POLICIES, EditionKind.LCDS, EditionKind.ARTICLES})
"""The kinds whose rows are documents, which are also found by their titles."""


def keys_of(kind: EditionKind, text: str) -> tuple[str, ...]:
    """The keys of a text in editions of a kind: a code, a ZIP code, an NDC in any form, a document or its title."""
    key = text.strip().upper()
    if kind in (EditionKind.RURAL_ZIP, EditionKind.CBA_ZIP):
        return (key[:5].zfill(5),)
    if kind is EditionKind.NDC and not LEVEL_TWO.fullmatch(key):
        return ndc_keys(key)
    if kind is EditionKind.NOC_LIMITS:
        return (policy_documents.title_key(text),)
    if kind in _DOCUMENTS and not policy_documents.DISPLAYED.fullmatch(key):
        return (policy_documents.title_key(text),)
    return (key,)
