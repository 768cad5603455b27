"""``python -m bench [NAME] [OPTION...]``: runs one bench, or all of them."""

from __future__ import annotations

import sys
from importlib import import_module

BENCHES = {
    "loading": "loading the full release, index included: seconds and peak memory",
    "commands": "whole processes: processor time and peak memory of the commonest commands",
    "asking": "1,000 questions about codes, releases already open: milliseconds each",
    "annotating": "a file of claims: rows a second and memory; --home FOLDER for what is loaded there",
    "history": "a catalog of ten releases: size against one, opening, look-ups",
    "companions": "all companion files: loading, opening, look-ups, and code questions with and without them",
    "search": "search speed against other engines, cold open, memory; --growth N for N synthetic copies",
    "relevance": "how often search puts the right code first, against other engines",
    "http": "the query service against the same framework with a constant body, latency, and slow questions of others",
    "serving": "the served process with ten releases and all companion files: processor time to ready, memory",
    "event_loop": "what the event loop of the server runs: the longest callback; --home FOLDER for other releases",
    "slack": "signed slash commands through the whole app against Bolt with an empty listener",
}


def main(arguments: list[str]) -> int:
    """Runs the bench named first with the other arguments, or all of them if none is named."""
    names = list(BENCHES)
    if arguments:
        if arguments[0] not in BENCHES:
            print("\n".join(f"{name:12} {text}" for name, text in BENCHES.items()))
            return 2
        names = arguments[:1]
    for name in names:
        print(f"== {name}")
        import_module(f"bench.{name}").run(arguments[1:])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
