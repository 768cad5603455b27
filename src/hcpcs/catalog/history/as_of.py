"""What is known about a code on one day, and how: from the releases up to that day, corrected by later ones.

A claim is judged by what was in force on its date of service. The release in effect then says most of it; but a code
added or ended between two releases is known only from the later one, and a reused code must not lend its new meaning
to an old claim.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import pairwise

from hcpcs.catalog.history.known_code import KnownCode
from hcpcs.catalog.history.versions import Version, missing_after
from hcpcs.records.record import CodeRecord, Frozen, Release, Statement, Status

State = Callable[[CodeRecord, Release], Statement]
"""Makes the statement of a record by a release."""


class CodeOnDay(Frozen):
    """What is known about a code on the statement's day.

    ``in_effect`` is the newest release in effect on that day; ``None`` for a day before the oldest one, for which
    only the dates within the record are known. ``at_the_time`` is what was stated then, if a later release corrects it
    (an end date that was published later). ``removed_in`` is the first release that lacks the code after it had this
    meaning, ``None`` if there is none. ``next_meaning`` is the first version in which the code has another meaning,
    from its added date on; ``former_meaning`` the last version of the meaning before.
    """

    statement: Statement
    in_effect: Release | None
    at_the_time: Statement | None
    removed_in: Release | None
    next_meaning: Version | None
    former_meaning: Version | None

    @property
    def removed(self) -> bool:
        """Whether CMS had removed the code by that day, whatever its own dates say."""
        return self.removed_in is not None and self.removed_in.effective <= self.statement.day


def read_on(day: date, known: KnownCode, state: State) -> CodeOnDay:
    """What is known on a day about a code with at least one version; ``state`` makes statements on that day."""
    versions, meanings, releases = known
    begun = [number for number, meaning in enumerate(meanings) if _began(meaning) <= day]
    number = begun[-1] if begun else 0
    meaning = meanings[number]
    stated = [n for n, version in enumerate(meaning) if version.first.effective <= day] or [0]
    added = [n for n in stated if _may_have_begun(meaning[n].record, day)]
    newest = (added or stated)[-1]
    at_the_time = meaning[newest]
    version = _changed_since(_better_known(at_the_time, meaning[newest + 1 :], day), meaning, day)
    past = [release for release in releases if release.effective <= day]
    in_effect = past[-1] if past else None
    stating = _stating(version, past)
    proof = stating[-1] if stating else version.first
    then = () if stating else _stating(at_the_time, past)
    removed_in = missing_after(meaning[-1], versions, releases)
    return CodeOnDay(
        statement=_with_removal(state(version.record, proof), removed_in),
        in_effect=in_effect,
        at_the_time=state(at_the_time.record, then[-1]) if then else None,
        removed_in=removed_in,
        next_meaning=meanings[number + 1][0] if number + 1 < len(meanings) else None,
        former_meaning=meanings[number - 1][-1] if number else None,
    )


def read_newest(known: KnownCode, state: State) -> Statement:
    """The newest statement of a code with at least one version; ``state`` makes statements."""
    last = known.versions[-1]
    return _with_removal(state(last.record, last.last), missing_after(last, known.versions, known.releases))


def removal_days(codes: Iterable[KnownCode]) -> dict[str, date]:
    """Those of some codes that CMS took out of its file, with the first day of the first release that lacks them."""
    removed = ((one, missing_after(one.versions[-1], one.versions, one.releases)) for one in codes)
    return {one.versions[-1].record.code: release.effective for one, release in removed if release is not None}


def _with_removal(statement: Statement, removed_in: Release | None) -> Statement:
    """A statement of a code that the release ``removed_in`` no longer has; as it is where that is ``None``."""
    return statement if removed_in is None else statement.model_copy(update={"removed_on": removed_in.effective})


def _began(meaning: Sequence[Version]) -> date:
    """The earliest added date that any release states for this meaning."""
    days = (version.record.added_date for version in meaning)
    return min((day for day in days if day is not None), default=date.min)


def _stating(version: Version, releases: Sequence[Release]) -> tuple[Release, ...]:
    return tuple(release for release in releases if version.first.id <= release.id <= version.last.id)


def _may_have_begun(record: CodeRecord, day: date) -> bool:
    return record.added_date is None or record.added_date <= day


def _better_known(stated: Version, later: Sequence[Version], day: date) -> Version:
    """The version that decides whether the code was valid on ``day``: the one stated then, or a later one.

    A later release corrects the added date of a code, states an end that has passed in the meantime, or withdraws an
    end that was only announced. It does not undo an end that took effect: a code that was reactivated afterwards stays
    ended in between.
    """
    status = stated.record.status(day)
    if status is Status.NOT_YET:
        for number, version in enumerate(later):
            if version.record.added_date is not None and version.record.added_date <= day:
                return _better_known(version, later[number + 1 :], day)
        return stated
    if status is Status.ACTUAL:
        return _stating_an_end_before(day, stated, later)
    announced = _announced(stated)
    for version in later:
        record = version.record
        if record.status(day) is Status.ACTUAL:
            if record.action_code == "R" and record.action_effective_date is not None:
                return version if record.action_effective_date <= day else stated
            return version if announced else stated
        announced = announced and _announced(version)
    return stated


def _stating_an_end_before(day: date, stated: Version, later: Sequence[Version]) -> Version:
    """The later version by which the code had ended before ``day``, else ``stated``.

    Of consecutive end dates each corrects the one before; a blank after an end means that the code stayed in use.
    """
    ended = stated.record.termination_date is not None
    for version in later:
        if version.record.termination_date is not None:
            ended = True
            if version.record.status(day) is Status.TERMINATED:
                return version
        elif ended:
            break
    return stated


def _changed_since(stated: Version, meaning: Sequence[Version], day: date) -> Version:
    """The last version after ``stated`` that CMS dates up to ``day``, and after the release that states the one before.

    CMS dates every change: what modifier TB says since January 1, 2025 is first stated by the release of October 2025.
    It changes nothing of whether the code was valid.
    """
    status = stated.record.status(day)
    following = meaning[meaning.index(stated) :]
    for before, version in reversed([*pairwise(following)]):
        changed = version.record.action_effective_date
        if changed is not None and before.last.effective < changed <= day and version.record.status(day) is status:
            return version
    return stated


def _announced(version: Version) -> bool:
    """Whether every release that states the end stated it before it took effect."""
    end = version.record.termination_date
    return end is not None and version.last.effective <= end
