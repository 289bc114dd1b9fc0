"""Chunks on their way to other machines: what all of them share travels to a worker once, and is kept there."""

from __future__ import annotations

import hashlib
import pickle
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from typing import Any

from planwriter import __version__
from planwriter.batch.pacing import Pace
from planwriter.batch.work import Chunk, Made, Order, Task
from planwriter.diagnostic import Diagnostic, FileError

MOST_KEPT = 64
"""Orders and templates that a worker keeps."""
_kept: OrderedDict[str, Any] = OrderedDict()
_keeping = threading.Lock()

Work = Callable[[Order, Chunk], list[Made]]


@dataclass(frozen=True, slots=True)
class Missing:
    """The answer of a worker that lacks something by these digests: it wants the parcel again with it."""

    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Parcel:
    """A chunk whose order and templates are named by their digests; ``carried`` has those that travel along."""

    version: str
    order: str
    tasks: tuple[Task, ...]
    templates: Mapping[str, str]
    carried: Mapping[str, bytes]


class Carrier(Executor):
    """Any executor, with chunks made light: the first ones carry everything, later ones what a worker asks for."""

    def __init__(self, executor: Executor, number: int) -> None:
        self._executor = executor
        self._heavy = number
        self._packed: dict[str, bytes] = {}
        self._keys: dict[int, tuple[Any, str]] = {}
        self.lasting = bool(getattr(executor, "lasting", False))
        self.pace = Pace()

    def submit(self, work: Any, /, *args: Any, **named: Any) -> Future[Any]:
        """Start ``work(order, chunk)`` on some worker."""
        order, chunk = args
        templates = {name: self._key(content) for name, content in chunk.templates.items()}
        parcel = Parcel(__version__, self._key(order), chunk.tasks, templates, {})
        if self._heavy > 0:
            self._heavy -= 1
            parcel = self._loaded(parcel, frozenset((parcel.order, *templates.values())))
        trip: Future[list[Made]] = Future()
        self._send(trip, work, parcel)
        return trip

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the executor to who owns it."""

    def _key(self, thing: Any) -> str:
        known = self._keys.get(id(thing))
        if known is not None and known[0] is thing:
            return known[1]
        packed = pickle.dumps(thing, protocol=5)
        key = hashlib.blake2b(packed, digest_size=16).hexdigest()
        self._packed[key] = packed
        self._keys[id(thing)] = (thing, key)
        return key

    def _loaded(self, parcel: Parcel, keys: frozenset[str]) -> Parcel:
        return replace(parcel, carried={key: self._packed[key] for key in sorted(keys)})

    def _send(self, trip: Future[list[Made]], work: Work, parcel: Parcel) -> None:
        sent, carried = time.perf_counter(), len(pickle.dumps(parcel.tasks, protocol=5))
        inner = self._executor.submit(unpacked, work, parcel)
        trip.add_done_callback(lambda _: inner.cancel() if trip.cancelled() else None)

        def arrived(_: Future[Any]) -> None:
            try:
                if inner.cancelled():
                    trip.cancel()
                elif isinstance(made := inner.result(), Missing):
                    self._send(trip, work, self._loaded(parcel, made.keys))
                elif not trip.cancelled():
                    worked, away = sum(one.seconds for one in made), time.perf_counter() - sent
                    self.pace.note(away=away, worked=worked, units=len(made), carried=carried)
                    trip.set_result(made)
            except BaseException as fault:
                if not trip.done():
                    trip.set_exception(fault)

        inner.add_done_callback(arrived)


def unpacked(work: Work, parcel: Parcel) -> list[Made] | Missing:
    """On the worker: the chunk put together from what is kept and what came along, then worked off."""
    if parcel.version != __version__:
        raise FileError(_other_version(parcel.version))
    _keep(parcel.carried)
    wanted = {parcel.order, *parcel.templates.values()}
    with _keeping:
        found = {key: _kept[key] for key in wanted if key in _kept}
        for key in found:
            _kept.move_to_end(key)
    if len(found) < len(wanted):
        return Missing(frozenset(wanted))
    templates = {name: found[key] for name, key in parcel.templates.items()}
    return work(found[parcel.order], Chunk(parcel.tasks, templates))


def _keep(carried: Mapping[str, bytes]) -> None:
    made = {key: pickle.loads(packed) for key, packed in carried.items() if key not in _kept}  # noqa: S301  from whom the code itself comes
    with _keeping:
        _kept.update(made)
        while len(_kept) > max(MOST_KEPT, len(carried)):
            _kept.popitem(last=False)


def _other_version(asked: str) -> Diagnostic:
    return Diagnostic("batch-worker-version", "工作机上的 planwriter 是另一个版本，写出来会不一样", found=__version__,
                      expected=asked, hint="各台机器装同一个版本，再加 --resume 运行一次")  # fmt: skip
