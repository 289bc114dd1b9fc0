"""How many units go to a worker together where workers are far away: sized to the link, by what is measured."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

AIM = 2.0
"""Seconds of work that a chunk should be at least half, at most twice: what a dead worker loses is not more."""
SHARE = 0.05
"""How much of its time a worker may wait for the link."""
MOST_BYTES = 4 * 2**20
"""Bytes of rows that travel together."""
MOST = 2048
FIRST = 8


@dataclass(slots=True)
class Pace:
    """Measures trips of chunks: seconds on the way, seconds of work, bytes. Safe between threads.

    The link is taken to be the shortest time that a chunk was away and not being worked on, since longer ones waited
    in a queue.
    """

    link: float = float("inf")
    seconds: float = 0.0
    units: int = 0
    carried: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def note(self, *, away: float, worked: float, units: int, carried: int) -> None:
        """A chunk of ``units`` came back: seconds it was ``away`` and ``worked`` on, bytes that were ``carried``."""
        with self._lock:
            self.link = min(self.link, max(0.0, away - worked))
            self.seconds += worked
            self.units += units
            self.carried += carried

    @property
    def size(self) -> int:
        """Units for the next chunk."""
        with self._lock:
            if not self.units:
                return FIRST
            unit = max(self.seconds / self.units, 1e-6)
            wanted = min(max(self.link / SHARE, AIM / 2), 2 * AIM) / unit
            return max(1, min(int(wanted), MOST, self.units * MOST_BYTES // max(self.carried, 1)))
