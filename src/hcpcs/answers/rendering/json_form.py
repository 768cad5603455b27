"""The JSON that all interfaces share: an answer, a record and a search as plain dictionaries."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hcpcs.answers.answer import Answer, RecordView
from hcpcs.companions.edition import Fact
from hcpcs.search_port import Hit, SearchResult

Json = dict[str, Any]


def record_json(record: RecordView) -> Json:
    """One object of ``hcpcs show --json``: code, kind, fields with meanings, whether active, and its source."""
    return {
        "code": record.code,
        "kind": record.kind.value,
        "fields": [{"name": f.name, "label": f.label, "value": f.value, "meaning": f.meaning} for f in record.fields],
        "active": record.active,
        "source": source_json(record),
    }


def source_json(owner: Answer | RecordView) -> Json:
    """What proves an answer or record: release label, file digest, day."""
    source = owner.source
    return {"release": source.release, "digest": source.digest, "day": source.day.isoformat()}


def hit_json(hit: Hit) -> Json:
    """One hit: code, score, short description, whether active, and why it was found."""
    return {
        "code": hit.code,
        "score": round(hit.score, 4),
        "short_description": hit.short_description,
        "active": hit.active,
        "ended": None if hit.ended is None else hit.ended.isoformat(),
        "why": [why.text for why in hit.why],
    }


def search_json(result: SearchResult) -> Json:
    """One object of ``hcpcs search --json``."""
    return {
        "query": result.query,
        "hits": [hit_json(hit) for hit in result.hits],
        "total": result.total,
        "confidence": result.confidence.value,
        "repairs": [{"written": r.written, "searched": r.searched} for r in result.repairs],
        "families": [{"prefix": f.prefix, "label": f.label} for f in result.families],
    }


def fact_json(fact: Fact) -> Json:
    """One fact of a companion file; amounts are strings of digits, so that none is rounded."""
    return {
        "subject": fact.subject.value,
        "code": fact.code,
        "value": str(fact.value) if isinstance(fact.value, Decimal) else fact.value,
        "unit": fact.unit,
        "qualifiers": fact.qualifiers.texts(),
        "edition": fact.edition,
        "from": None if fact.first_day is None else fact.first_day.isoformat(),
        "to": None if fact.last_day is None else fact.last_day.isoformat(),
        "file": fact.file,
        "row": fact.row,
    }


def answer_json(answer: Answer) -> Json:
    """One object of ``hcpcs ask --json``: the keys of the contract first, then what interfaces may also show."""
    return {
        "question": answer.question,
        "intent": answer.intent.value,
        "outcome": answer.outcome.value,
        "codes": list(answer.codes),
        "verdict": answer.verdict.value if answer.verdict else None,
        "text": answer.text,
        "records": [
            {
                **record_json(record),
                "status": record.status.value,
                "verdict": record.verdict.value if record.verdict else None,
                "not_otherwise_classified": record.not_otherwise_classified,
            }
            for record in answer.records
        ],
        "suggestions": list(answer.suggestions),
        "source": source_json(answer),
        "answer_id": answer.answer_id,
        "subject": answer.subject.value,
        "facts": [fact_json(fact) for fact in answer.facts],
        "headline": answer.headline,
        "evidence": [
            {"text": fact.sentence, "code": fact.code, "field": fact.field, "kind": fact.kind.value}
            for fact in answer.evidence
        ],
        "unused": list(answer.unused),
        "notices": [notice.text for notice in answer.notices],
        "hits": [hit_json(hit) for hit in answer.hits],
        "total": answer.total,
        "changes": [change.model_dump(mode="json") for change in answer.changes],
        "timeline": [entry.model_dump(mode="json") for entry in answer.timeline],
        "further_pages": list(answer.further_pages),
    }
