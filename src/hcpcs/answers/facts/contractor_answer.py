"""Who is the DME MAC of a state? The table of areas says it; no file has to be loaded."""

from __future__ import annotations

from hcpcs.answers.facts.fact_answer import FactAnswer, fact_evidence
from hcpcs.records.billing.areas import areas


def answer_contractor(area: str | None) -> FactAnswer:
    """The DME MAC of an area; empty where no area is named."""
    known = areas().get(area or "")
    if known is None:
        return FactAnswer()
    head = f"The DME MAC for {known.name} is {known.contractor} (jurisdiction {known.jurisdiction})."
    return FactAnswer(head, (fact_evidence("The A/B MAC of a state is not in this data.", ""),))
