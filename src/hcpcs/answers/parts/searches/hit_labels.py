"""The hits that a headline names, each with the words of its description that tell it from the others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from hcpcs.answers.rendering.sentences import join_words
from hcpcs.search_port import Hit

LABEL_LENGTH: Final = 60
"""Maximum characters of the words beside a code."""
_PARENTHESES: Final = re.compile(r"\s*\([^()]*\)")
_CLAUSE_END: Final = re.compile(r"[,;:]\s")
# Openings that name nothing: "Injection, ketorolac tromethamine, per 15 mg".
_OPENINGS: Final = frozenset({"injection", "infusion", "alcohol and/or drug services"})


def labeled_codes(hits: Sequence[Hit], *, more: int = 0) -> str:
    """The codes of hits, each with its label, and how many more there are, if any.

    ``A4450 (Tape, non-waterproof) and A4452 (...)``; ``A4450 (Tape), A4452 (...) and 3 more``.
    """
    labels = labels_of([hit.long_description for hit in hits])
    labeled = [f"{hit.code} ({label})" for hit, label in zip(hits, labels, strict=True)]
    return join_words([*labeled, f"{more:,} more"] if more > 0 else labeled)


def labels_of(descriptions: Sequence[str]) -> list[str]:
    """The words of each description that tell it from the others, at most ``LABEL_LENGTH`` characters."""
    clauses = [_clauses(description) for description in descriptions]
    return [_label(clauses, index) for index in range(len(clauses))]


def _clauses(description: str) -> list[str]:
    clauses = [part.strip(" .") for part in _CLAUSE_END.split(_PARENTHESES.sub("", description))]
    clauses = [clause for clause in clauses if clause]
    if len(clauses) > 1 and clauses[0].casefold() in _OPENINGS:
        del clauses[0]
    return clauses


def _label(clauses: Sequence[Sequence[str]], index: int) -> str:
    """The first clause of a description, and the first that no other description has if that one is shared."""
    own = clauses[index]
    others = [set(map(str.casefold, each)) for number, each in enumerate(clauses) if number != index]
    shared = any(own[0].casefold() in each for each in others)
    deciding = next((clause for clause in own[1:] if not any(clause.casefold() in each for each in others)), "")
    text = f"{own[0]}, {deciding}" if shared and deciding else own[0]
    if len(text) <= LABEL_LENGTH:
        return text
    return text[:LABEL_LENGTH].rpartition(" ")[0].rstrip(",;: ") + "…"
