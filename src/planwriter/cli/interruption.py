"""Ctrl-C, also when a library has turned it into something else."""

from __future__ import annotations


def was_interrupted(stop: BaseException | None) -> bool:
    """Whether Ctrl-C began it: libraries turn an interruption into errors of their own, above all while importing."""
    seen: set[int] = set()
    waiting = [stop]
    while waiting:
        link = waiting.pop()
        if isinstance(link, KeyboardInterrupt):
            return True
        if link is not None and id(link) not in seen:
            seen.add(id(link))
            waiting += [link.__cause__, link.__context__]
    return False
