"""What an update did, as lines for people and as JSON."""

from __future__ import annotations

from collections.abc import Iterator

from hcpcs.answers.rendering.loaded_json import release_json
from hcpcs.records.change_kinds import count_text
from hcpcs.records.fields import long_date
from hcpcs_bot.updates.load import LoadedFile
from hcpcs_bot.updates.update_report import (
    CompanionOutcome,
    CompanionReport,
    FullUpdateReport,
    UpdateOutcome,
    UpdateReport,
    UpdateWay,
)


def full_report_json(report: FullUpdateReport) -> dict[str, object]:
    """What an update did, as the one JSON object that ``hcpcs update --json`` prints.

    The keys of the release are there where it was asked for; with ``outcome`` ``failed`` it is the only one.
    """
    release: dict[str, object] = {"outcome": CompanionOutcome.FAILED.value} if report.failure else {}
    if report.release is not None and not report.failure:
        release = report_json(report.release)
    return {**release, "companions": [_companion_json(one) for one in report.companions], "failures": report.failures}


def report_json(report: UpdateReport) -> dict[str, object]:
    """What an update did about the release."""
    return {
        "outcome": report.outcome.value,
        "url": report.url,
        "offered": report.offered,
        "way": report.way.value,
        "page_failure": report.page_failure,
        "digest": report.sha256,
        "size": report.size,
        "former": release_json(report.former) if report.former else None,
        "newest": release_json(report.newest) if report.newest else None,
        "changes": {kind.value: count for kind, count in report.changes.items()},
        "reissued": report.reissued,
        "files": [_file_json(file) for file in report.files],
    }


def _companion_json(report: CompanionReport) -> dict[str, object]:
    stated = report.model_dump(mode="json", exclude={"files", "sha256"})
    return {**stated, "digest": report.sha256, "files": [_file_json(file) for file in report.files]}


def _file_json(file: LoadedFile) -> dict[str, object]:
    return file.model_dump(mode="json", exclude={"release", "editions"})


def full_report_lines(report: FullUpdateReport) -> list[str]:
    """What an update did, one sentence per line; failures are not among them."""
    lines = list(report_lines(report.release)) if report.release is not None and not report.failure else []
    return [*lines, *(line for one in report.companions for line in _companion_lines(one))]


def _companion_lines(report: CompanionReport) -> Iterator[str]:
    match report.outcome:
        case CompanionOutcome.LOADED:
            for file in report.files:
                yield f"Loaded {file.what}, from {report.url}"
                yield from (f"  {warning}" for warning in file.warnings)
        case CompanionOutcome.ALREADY_NEWEST:
            yield f"Already up to date: {report.loaded or report.offered} is loaded.{_overdue(report)}"
        case CompanionOutcome.WOULD_LOAD:
            yield f"Would load {report.offered or report.name}, {report.url}"
        case CompanionOutcome.BY_HAND:
            loaded = f" Loaded now: {report.loaded}." if report.loaded else ""
            name = report.offered or report.name
            yield f"Not fetched: {name}: {report.detail}, then run `hcpcs load FILE`. {report.url}{loaded}"
        case CompanionOutcome.FAILED:
            pass


def _overdue(report: CompanionReport) -> str:
    if report.due is None:
        return ""
    return f" Its quarter ended on {long_date(report.due)}, and CMS's page has no newer edition."


def report_lines(report: UpdateReport) -> Iterator[str]:
    """What an update did about the release, one sentence per line."""
    if report.way is UpdateWay.NAME:
        yield f"The page can't be read: {report.page_failure}."
        yield "So the file was looked for under the names that CMS has used for this quarter and the one before."
    yield from _outcome_lines(report)


def _outcome_lines(report: UpdateReport) -> list[str]:
    loaded = report.newest.label if report.newest else "only the two starter codes"
    if report.outcome is UpdateOutcome.ALREADY_NEWEST:
        return [f"Already up to date: {loaded} is loaded.", f"Checked: {_offered(report)}"]
    if report.outcome is UpdateOutcome.WOULD_LOAD:
        return [f"Would load {_offered(report)}", f"Loaded now: {loaded}. Nothing was changed."]
    lines = [file.summary for file in report.files]
    lines += [f"  {warning}" for file in report.files for warning in file.warnings]
    lines += [f"From {report.url}", f"SHA-256 {report.sha256}, {report.size:,} bytes"]
    if report.reissued:
        lines.append(f"CMS published this release again: {report.reissued:,} codes differ from what was loaded.")
    if report.former and report.newest and report.former.id != report.newest.id:
        lines += _changes(report, report.former.id, report.newest.id)
    return lines


def _offered(report: UpdateReport) -> str:
    return f"{report.offered}, {report.url}" if report.offered else report.url


def _changes(report: UpdateReport, before: str, after: str) -> list[str]:
    counts = ", ".join(count_text(count, kind) for kind, count in report.changes.items()) or "none"
    return [f"Changes from {before} to {after}: {counts}.", f"To list them: hcpcs changes {before} {after}"]
