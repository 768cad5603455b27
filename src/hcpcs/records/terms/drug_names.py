"""The names of drugs in descriptors: the substance, the suffix of a biologic, and whether it is a biosimilar."""

from __future__ import annotations

import re
from typing import Final

# "pegfilgrastim-bmez (ziextenzo), biosimilar"; not "pegfilgrastim, excludes biosimilar".
_BIOSIMILAR: Final = re.compile(r"(?<!excludes )\bbiosimilar\b", re.IGNORECASE)
# "Injection, ondansetron hydrochloride, per 1 mg", "Ondansetron 1 mg, oral".
_SUBSTANCE: Final = re.compile(r"(?:injection, )?(?P<name>[a-z-]{5,})\b", re.IGNORECASE)
# "ustekinumab-ttwe": the four letters by which the FDA's names tell a biosimilar or a newer biologic apart.
_SUFFIX: Final = re.compile(r"\b[a-z]{5,}-(?P<suffix>[a-z]{4})\b", re.IGNORECASE)

# "Injection, lidocaine hydrochloride, 1 mg": the stem of the names of local anesthetics. Source: World Health
# Organization, the use of stems in the selection of international nonproprietary names (INN).
_LOCAL_ANESTHETIC: Final = re.compile(r"caine\b", re.IGNORECASE)


def is_local_anesthetic(descriptor: str) -> bool:
    """Whether a descriptor is of a local anesthetic, whose amounts people say in ml of a strength ("marcaine 4")."""
    return _LOCAL_ANESTHETIC.search(descriptor) is not None


def is_biosimilar(descriptor: str) -> bool:
    """Whether a descriptor is of a biosimilar, and not only of a drug that excludes them."""
    return _BIOSIMILAR.search(descriptor) is not None


def substance_of(descriptor: str) -> str:
    """The first long word of a descriptor that does not say how it is given: ``ondansetron``; blank without one."""
    match = _SUBSTANCE.match(descriptor)
    return match["name"].lower() if match else ""


def suffix_of(descriptor: str) -> str:
    """The four letters after the name of a biologic: ``ttwe``; blank without them."""
    match = _SUFFIX.search(descriptor)
    return match["suffix"].lower() if match else ""
