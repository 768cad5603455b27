"""The words that name a family of items, as patterns: one truth for the codes of a family and for its NOC codes."""

from __future__ import annotations

from typing import Final

CHEMOTHERAPY: Final = r"chemo\w*|antineoplastics?|cancer drugs?|oncology drugs?"
DRUGS: Final = r"drugs?|injections?|injectables?|medications?|meds?"
SKIN_SUBSTITUTES: Final = r"skin substitutes?|skin subs?"
CAR_T: Final = r"car[- ]?t(?:[- ]cells?)?(?: therap(?:y|ies))?"
DME: Final = r"dme|durable medical equipment"
ORTHOTICS: Final = r"orthotics?|orthos[ei]s|braces?"
PROSTHETICS: Final = r"prosthetics?|prosthes[ei]s"
SUPPLIES: Final = r"supply|supplies"
RADIOPHARMACEUTICALS: Final = r"radiopharmaceuticals?"
HEARING: Final = r"hearing(?: aids?)?"
