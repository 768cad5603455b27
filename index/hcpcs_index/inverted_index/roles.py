"""Roles of records: an accessory of an item, or an item for a special purpose, instead of the plain item.

The roles come from the record's own long description and coverage. Each has the words that ask for it; unless the
query has one of them, the records with that role rank lower (see ``results.priors``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import IntFlag, auto
from typing import Final

from hcpcs.records.terms.drug_names import is_biosimilar
from hcpcs.records.terms.vocabularies import NOT_COVERED
from hcpcs_index.text.analysis import tokenize
from hcpcs_index.text.stemming import cached_stem
from hcpcs_index.weights import (
    ACCESSORY_PRIOR,
    DIALYSIS_PRIOR,
    NOT_COVERED_PRIOR,
    OPTION_PRIOR,
    SPECIAL_PRIOR,
    VERSION_PRIOR,
)


class Role(IntFlag):
    """What a record is instead of the plain item. A record may have several roles, or none."""

    ACCESSORY = auto()
    """A part, replacement, addition, modification or supply for another item."""
    DIALYSIS = auto()
    """For dialysis only, as test strips A4772 are."""
    SPECIAL = auto()
    """For children or heavy patients, custom made, compounded by a pharmacy, impregnated, or by an assistant."""
    NOT_COVERED = auto()
    """Medicare does not cover or does not pay for the record (coverage I, M or S)."""
    OPTION = auto()
    """A power wheelchair with power options or a seat elevator, beside the one without."""
    VERSION = auto()
    """One manufacturer's version of a drug that has a code of its own, or a biosimilar of it."""


FACTORS: Final[Mapping[Role, float]] = {
    Role.ACCESSORY: ACCESSORY_PRIOR,
    Role.DIALYSIS: DIALYSIS_PRIOR,
    Role.SPECIAL: SPECIAL_PRIOR,
    Role.NOT_COVERED: NOT_COVERED_PRIOR,
    Role.OPTION: OPTION_PRIOR,
    Role.VERSION: VERSION_PRIOR,
}
"""The factor for the score of a record with each role; a record with several roles has the product."""

# "Wheel attachment, rigid pick-up walker", "Water collection device, used with large volume nebulizer",
# "Addition to ctlso or scoliosis orthosis", "Wheelchair accessory, ...", "Battery, replacement for ...". Not "includes
# all components and accessories", which describes a whole item.
_ACCESSORY: Final = re.compile(
    r"^supplies\b|\b(?:accessory\b|replacements?\b|attachments?\b|additions?\b|repair\b|modification\b"
    r"|(?:for use|used) (?:only )?(?:with|in|by)\b|component,|supply (?:kit|allowance)\b|supplies (?:and|for|;))"
)
_DIALYSIS: Final = re.compile(r"\b(?:(?:hemo)?dialysis|esrd)\b")
# "pediatric", "extra heavy duty", "custom fabricated": an item for special needs, which a plain word doesn't mean. So
# is a drug that a pharmacy compounded ("albuterol"), but not a "non-compounded" one, and a therapist's assistant.
_SPECIAL: Final = re.compile(
    r"\b(?:pediatric\b|infants?\b|child(?:ren)?\b|bariatric\b|assistants?\b|(?:extra )?heavy[ -]duty\b|extra wide\b"
    r"|(?<!non-)(?:compounded|impregnated)\b"
    r"|custom(?:ized|ised)?[ -](?:fabricated|made|mold\w*|wheelchair|manual|motorized|built))"
)
_OPTION: Final = re.compile(r"\b(?:(?:single|multiple) power option|seat elevator)\b")
# "Injection, gemcitabine hydrochloride (accord), not therapeutically equivalent to j9201".
_NOT_EQUIVALENT: Final = re.compile(r"\bnot therapeutically equivalent\b")

_ASKED_BY: Final[Mapping[Role, str]] = {
    Role.ACCESSORY: (
        "accessory accessories attachment addition add on replacement replace repair modification component part parts "
        "supply supplies kit spare cover battery batteries charger tubing filter mask cushion rail rails tray basket "
        "arm leg rest belt strap tip wheel wheels caster pad hose valve reservoir adapter connector bracket"
    ),
    Role.DIALYSIS: "dialysis hemodialysis esrd renal kidney peritoneal dialyzer",
    Role.SPECIAL: (
        "custom compounded customized fabricated molded pediatric pediatrics child "
        "children kid kids infant baby newborn bariatric heavy duty extra wide weight obese impregnated "
        "paste zinc unna xeroform petrolatum vaseline assistant pta cota"
    ),
    Role.OPTION: "option options tilt recline single multiple elevator elevating",
    Role.VERSION: "biosimilar biosimilars equivalent",
}
ROLE_OF_STEM: Final[Mapping[str, int]] = {
    word.stem: int(role) for role, words in _ASKED_BY.items() for word in tokenize(words, cached_stem)
}
"""The role that each stem asks for. No words ask for what Medicare does not cover: filters do."""


def roles_of(long_description: str, coverage: str) -> Role:
    """The roles of a record with this long description and coverage code."""
    text = long_description.lower()
    role = Role(0)
    if _ACCESSORY.search(text):
        role |= Role.ACCESSORY
    if _DIALYSIS.search(text):
        role |= Role.DIALYSIS
    if _SPECIAL.search(text):
        role |= Role.SPECIAL
    if _OPTION.search(text):
        role |= Role.OPTION
    if is_biosimilar(text) or _NOT_EQUIVALENT.search(text):
        role |= Role.VERSION
    if coverage in NOT_COVERED:
        role |= Role.NOT_COVERED
    return role
