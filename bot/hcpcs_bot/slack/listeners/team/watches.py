"""``/hcpcs watch``, ``unwatch`` and ``watching``: the changes of a new release for which a channel gets a digest.

Each answer is plain text, for the asker only.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable
from typing import Final

from hcpcs.answers.rendering.sentences import join_words
from hcpcs.catalog.catalog import Catalog
from hcpcs.companions.edition import EditionGroup
from hcpcs.companions.edition_kinds import edition_kinds
from hcpcs.companions.storage.companion_store import Companions
from hcpcs.companions.storage.edition_differences import compared_kinds
from hcpcs_bot.slack.ids import BOT_NAME, COMMAND
from hcpcs_bot.slack.inbound.user_hash import user_hash
from hcpcs_bot.slack.ports import Asker, Subcommand
from hcpcs_bot.watches.delivery import SearchingDesk
from hcpcs_bot.watches.editions_digest import newest_days
from hcpcs_bot.watches.matching import HIT_LIMIT, word_search
from hcpcs_bot.watches.store import WATCH_LIMIT, AddedWatches, WatchedChannel, WatchStore
from hcpcs_bot.watches.watch import About, Watch, WordSearch
from hcpcs_bot.watches.watch_parser import EXAMPLES, WatchError, parse_watches

EVERYTHING: Final = (Watch(about=About.ALL),)
WHAT_FOLLOWS: Final = (
    "When a new release or edition affects it, I post one summary here. "
    f"If I'm not a member of this channel yet, run /invite @{BOT_NAME}."
)
NOTHING_WATCHED: Final = (
    f"This channel watches nothing yet. To start: {COMMAND} watch S93*, {COMMAND} watch insulin pump or "
    f"{COMMAND} watch amount of J1745"
)


class WatchCommands:
    """The three subcommands on one store. ``key`` makes the hashes under which people's ids are kept."""

    def __init__(
        self,
        watches: WatchStore,
        desk: Callable[[], SearchingDesk],
        key: bytes,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._watches = watches
        self._desk = desk
        self._key = key
        self._clock = clock

    def subcommands(self) -> dict[str, Subcommand]:
        """The subcommands by name."""
        return {"watch": self.watch, "unwatch": self.unwatch, "watching": self.watching}

    async def watch(self, asker: Asker, text: str) -> str:
        """Adds what ``text`` names to what the channel watches."""
        if not text:
            return f"Add what to watch: {EXAMPLES}.\n{await self.watching(asker, '')}"
        try:
            watches = parse_watches(text)
        except WatchError as error:
            return str(error)
        desk = self._desk()
        return await self._watches.run(self._add, asker, watches, desk)

    def _add(self, asker: Asker, watches: tuple[Watch, ...], desk: SearchingDesk) -> str:
        catalog = desk.catalog
        result = self._watches.add(
            _channel(asker),
            watches,
            last_release="" if catalog.starter else catalog.newest.id,
            created_by=user_hash(self._key, asker.team, asker.user),
            now=self._clock(),
            last_editions=newest_days(desk.companions),
        )
        lines = [f"This channel now watches {describe(watch, desk)}" for watch in result.added]
        lines += [f"This channel already watches {watch.phrase}." for watch in result.existing]
        lines += _over_limit(result)
        if result.added:
            lines.append(WHAT_FOLLOWS)
            lines.append(f"{result.total} of {WATCH_LIMIT} watches. See all of them: {COMMAND} watching")
        return "\n".join(lines)

    async def unwatch(self, asker: Asker, text: str) -> str:
        """Removes what ``text`` names from what the channel watches; ``all`` removes everything."""
        if not text:
            return f"Add what to stop watching, or all.\n{await self.watching(asker, '')}"
        try:
            watches = parse_watches(text)
        except WatchError:
            return f"This channel doesn't watch that.\n{await self.watching(asker, '')}"
        if watches == EVERYTHING:
            removed = await self._watches.run(self._watches.remove_all, _channel(asker))
        else:
            removed = await self._watches.run(self._watches.remove, _channel(asker), watches)
        if not removed:
            return f"This channel doesn't watch {_phrases(watches)}.\n{await self.watching(asker, '')}"
        remaining = await self._watches.run(self._watches.of, _channel(asker))
        return f"This channel no longer watches {_phrases(removed)}. {_remaining(len(remaining))}"

    async def watching(self, asker: Asker, _: str) -> str:
        """What the channel watches."""
        watches = await self._watches.run(self._watches.of, _channel(asker))
        if not watches:
            return NOTHING_WATCHED
        lines = [f"This channel watches ({len(watches)} of {WATCH_LIMIT}):", *(f"• {one.phrase}" for one in watches)]
        return "\n".join([*lines, f"To stop one: {COMMAND} unwatch {watches[0].phrase}"])


def describe(watch: Watch, desk: SearchingDesk) -> str:
    """A watch with how many codes it covers now, so that a mistake shows at once.

    Of companion files: which editions it is compared with, or that none is loaded.
    """
    catalog = desk.catalog
    files = f" {_files(watch, desk.companions)}" if watch.files else ""
    if watch.about is About.ALL or catalog.starter:
        return f"{watch.phrase}.{files}"
    release = catalog.newest.label
    count = len(covered_codes(watch, catalog, word_search(desk.index)))
    if not count and watch.about is About.WORDS:
        return f"{watch.phrase}. No description in {release} has all of these words; I'll post when one does.{files}"
    if not count:
        return f"{watch.phrase}. {release} has no such code; I'll post when one is added.{files}"
    if watch.about is About.CODE:
        return f"{watch.phrase}.{files}"
    number = f"{count:,}" if count < HIT_LIMIT or watch.about is not About.WORDS else f"{count:,} or more"
    return f"{watch.phrase} ({number} {'code' if count == 1 else 'codes'} in {release}).{files}"


def _files(watch: Watch, companions: Companions) -> str:
    """From which editions on the channel is told: "Compared with: ...", and what isn't loaded.

    Of files that belong together (the schedules of DMEPOS), those beside a loaded one are not missed.
    """
    newest = {edition.kind: edition for edition in companions.editions}
    groups = [compared_kinds(group) for group in EditionGroup if group in watch.files]
    loaded = [newest[kind].label for kinds in groups for kind in kinds if kind in newest]
    missing = [edition_kinds()[kinds[0]].name for kinds in groups if not newest.keys() & set(kinds)]
    sentences = [f"Compared with {join_words(loaded)}."] if loaded else []
    if missing:
        sentences.append(f"Not loaded yet: {join_words(missing)}.")
    return " ".join(sentences)


def covered_codes(watch: Watch, catalog: Catalog, search: WordSearch) -> Collection[str]:
    """The codes that a watch is about, of those loaded."""
    match watch.about:
        case About.ALL:
            return catalog.codes()
        case About.CODE:
            return [watch.pattern] if watch.pattern in catalog else []
        case About.PREFIX:
            return catalog.starting(watch.pattern)
        case About.RANGE:
            first, _, last = watch.pattern.partition("-")
            return catalog.between(first, last)
        case About.WORDS:
            return search(watch.pattern)


def _channel(asker: Asker) -> WatchedChannel:
    return WatchedChannel(asker.team, asker.channel)


def _phrases(watches: Iterable[Watch]) -> str:
    return ", ".join(watch.phrase for watch in watches)


def _remaining(count: int) -> str:
    if not count:
        return "It watches nothing now."
    return f"{count} {'watch' if count == 1 else 'watches'} left. See all of them: {COMMAND} watching"


def _over_limit(result: AddedWatches) -> list[str]:
    if not result.over_limit:
        return []
    return [
        f"Not added: {_phrases(result.over_limit)}. A channel can have at most {WATCH_LIMIT} watches: remove one "
        "first, or watch a prefix such as S93*."
    ]
