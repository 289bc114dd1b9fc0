"""Ctrl-C, also when a library has swallowed it or turned it into something else."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable

INTERRUPTED = 130


class Interruption:
    """Whether this run was interrupted."""

    def __init__(self) -> None:
        self.noticed = False

    def listen(self) -> None:
        """Remember the signal from now on, besides raising KeyboardInterrupt: callbacks of libraries can lose that."""
        self._answer(self._note)

    def leave_when_it_comes(self) -> None:
        """Everything is delivered: from now on leave without the interpreter's own last words."""
        self._answer(_leave)

    def began(self, stop: BaseException) -> bool:
        """Whether an exception comes of it, however libraries have wrapped it, above all while importing."""
        return self.noticed or any(isinstance(link, KeyboardInterrupt) for link in _chain(stop))

    def _note(self, *_: object) -> None:
        self.noticed = True
        raise KeyboardInterrupt

    def _answer(self, answer: Callable[..., None]) -> None:
        import signal

        if signal.getsignal(signal.SIGINT) in (signal.default_int_handler, self._note):  # not where it is ignored
            with contextlib.suppress(ValueError):  # in another thread than the first
                signal.signal(signal.SIGINT, answer)


def _chain(stop: BaseException) -> list[BaseException]:
    links = [stop]
    for link in links:
        links += [one for one in (link.__cause__, link.__context__) if one is not None and one not in links]
    return links


def _leave(*_: object) -> None:
    os._exit(INTERRUPTED)
