"""``/hcpcs watch``, ``unwatch`` and ``watching``: what this channel is told of when CMS publishes a new release.

Each answer is plain words, for the asker alone.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Collection, Iterable
from typing import Final

from hcpcs.catalog.catalog import Catalog
from hcpcs_bot.slack.ids import COMMAND
from hcpcs_bot.slack.ports import Asking, Subcommand
from hcpcs_bot.slack.user_hash import user_hash
from hcpcs_bot.watches.delivery import SearchingDesk
from hcpcs_bot.watches.matching import HIT_LIMIT, word_search
from hcpcs_bot.watches.store import WATCH_LIMIT, AddedWatches, WatchedChannel, WatchStore
from hcpcs_bot.watches.watch import About, Watch, WordSearch
from hcpcs_bot.watches.watch_parser import EXAMPLES, WatchError, parse_watches

EVERYTHING: Final = (Watch(about=About.ALL),)
MEMBER: Final = "The app posts only where it is a member: /invite it if it is not here yet."


class WatchRoom:
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
        """The subcommands by the word that calls them."""
        return {"watch": self.watch, "unwatch": self.unwatch, "watching": self.watching}

    async def watch(self, asking: Asking, text: str) -> str:
        """Adds what ``text`` says to what the channel watches."""
        if not text:
            return f"Say what to watch: {EXAMPLES}.\n{await self.watching(asking, '')}"
        try:
            asked = parse_watches(text)
        except WatchError as error:
            return str(error)
        desk = self._desk()
        return await asyncio.to_thread(self._add, asking, asked, desk.catalog, word_search(desk.index))

    def _add(self, asking: Asking, asked: tuple[Watch, ...], catalog: Catalog, search: WordSearch) -> str:
        result = self._watches.add(
            _place(asking),
            asked,
            last_release="" if catalog.starter else catalog.newest.id,
            created_by=user_hash(self._key, asking.team, asking.user),
            now=self._clock(),
        )
        lines = [f"Now watched here: {described(watch, catalog, search)}" for watch in result.added]
        lines += [f"{watch.phrase} is watched here already." for watch in result.existing]
        lines += _full(result)
        if result.added:
            lines.append(f"When CMS publishes a new release, what touches it is posted here, once. {MEMBER}")
            lines.append(f"{result.total} of {WATCH_LIMIT} watches. For all of them: {COMMAND} watching")
        return "\n".join(lines)

    async def unwatch(self, asking: Asking, text: str) -> str:
        """Removes what ``text`` says from what the channel watches; ``all`` removes everything."""
        if not text:
            return f"Say what to watch no more, or all.\n{await self.watching(asking, '')}"
        try:
            asked = parse_watches(text)
        except WatchError:
            return f"That is not watched here.\n{await self.watching(asking, '')}"
        if asked == EVERYTHING:
            removed = await asyncio.to_thread(self._watches.remove_all, _place(asking))
        else:
            removed = await asyncio.to_thread(self._watches.remove, _place(asking), asked)
        if not removed:
            return f"{_listed(asked)} is not watched here.\n{await self.watching(asking, '')}"
        left = await asyncio.to_thread(self._watches.of, _place(asking))
        return f"No longer watched here: {_listed(removed)}. {_still(left)}"

    async def watching(self, asking: Asking, _: str) -> str:
        """What the channel watches."""
        watches = await asyncio.to_thread(self._watches.of, _place(asking))
        if not watches:
            return f"Nothing is watched here. To begin: {COMMAND} watch S93*, {COMMAND} watch insulin pump"
        lines = [f"Watched here ({len(watches)} of {WATCH_LIMIT}):", *(f"• {watch.phrase}" for watch in watches)]
        return "\n".join([*lines, f"To end one: {COMMAND} unwatch {watches[0].phrase}"])


def described(watch: Watch, catalog: Catalog, search: WordSearch) -> str:
    """A watch with how many codes it covers now, so that a slip shows at once."""
    if watch.about is About.ALL or catalog.starter:
        return f"{watch.phrase}."
    release = catalog.newest.label
    count = len(covered(watch, catalog, search))
    if not count:
        what = "holds no such code" if watch.about is not About.WORDS else "has no description that says all of it"
        return f"{watch.phrase}. {release} {what}: you hear if one comes."
    if watch.about is About.CODE:
        return f"{watch.phrase}."
    number = f"{count:,}" if count < HIT_LIMIT or watch.about is not About.WORDS else f"{count:,} or more"
    return f"{watch.phrase} ({number} {'code' if count == 1 else 'codes'} in {release})."


def covered(watch: Watch, catalog: Catalog, search: WordSearch) -> Collection[str]:
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


def _place(asking: Asking) -> WatchedChannel:
    return WatchedChannel(asking.team, asking.channel)


def _listed(watches: Iterable[Watch]) -> str:
    return ", ".join(watch.phrase for watch in watches)


def _still(left: tuple[Watch, ...]) -> str:
    if not left:
        return "Nothing is watched here now."
    return f"{len(left)} {'watch is' if len(left) == 1 else 'watches are'} left: {COMMAND} watching"


def _full(added: AddedWatches) -> list[str]:
    if not added.over_limit:
        return []
    return [
        f"Not added: {_listed(added.over_limit)}. A channel has at most {WATCH_LIMIT} watches: end one first, or watch "
        "codes that start alike (S93*)."
    ]
