"""What is loaded, as JSON: releases, editions of companion files, and the fields of a record."""

from __future__ import annotations

from datetime import date

from hcpcs.companions.edition import Edition
from hcpcs.companions.edition_kinds import edition_kinds, has_newer
from hcpcs.records.fields import FIELDS
from hcpcs.records.record import Release
from hcpcs.records.terms.vocabularies import vocabularies

Json = dict[str, object]


def release_json(release: Release) -> Json:
    """A release as one JSON object: name, id, first day in effect, numbers of records, SHA-256 and file name."""
    return {
        "release": release.label,
        "id": release.id,
        "effective": release.effective.isoformat(),
        "procedures": release.procedures,
        "modifiers": release.modifiers,
        "terminated": release.terminated,
        "digest": release.digest,
        "file": release.file,
    }


def edition_json(edition: Edition, today: date) -> Json:
    """An edition as one JSON object.

    ``age_days`` counts from its first day, ``outdated`` says that its quarter is over, ``next_due`` is the first day of
    the next edition where CMS publishes quarterly.
    """
    return {
        "kind": edition.kind.value,
        "edition": edition.label,
        "from": _iso(edition.from_day),
        "to": _iso(edition.to_day),
        "file": edition.file,
        "digest": edition.digest,
        "rows": edition.rows,
        "dropped": edition.dropped,
        "age_days": None if edition.from_day is None else (today - edition.from_day).days,
        "outdated": has_newer(edition, today),
        "next_due": _iso(edition.next_due),
        "source": edition_kinds()[edition.kind].source,
    }


def fields_json() -> list[Json]:
    """Every field of a record: name, label, group, what it means, its form, and the meanings of coded values."""
    return [
        {
            "name": spec.name,
            "label": spec.label,
            "group": spec.group.value,
            "definition": spec.definition,
            "form": spec.form,
            "values": None if spec.vocabulary is None else dict(vocabularies()[spec.vocabulary].values),
        }
        for spec in FIELDS
    ]


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
