"""A dask cluster as an executor: its address in, an executor out that outlives the death of a worker."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from typing import Any

from planwriter.diagnostic import Diagnostic, FileError, Place, UsageError

_PATIENCE = 10
"""Seconds to wait for the scheduler and for its first worker."""


@contextlib.contextmanager
def dask_cluster(address: str) -> Iterator[tuple[Executor, int]]:
    """The executor of the cluster whose scheduler listens there, and how many chunks it does at once.

    Raises UsageError where dask.distributed is missing or the address is none, FileError where nobody answers.
    """
    try:
        from distributed import Client
    except ImportError:
        raise UsageError(_no_package(address)) from None
    try:
        client: Any = Client(address, timeout=_PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except ValueError:
        raise UsageError(_bad_address(address)) from None
    except (OSError, TimeoutError):
        raise FileError(_nobody(address)) from None
    with client:
        try:
            client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError:
            raise FileError(_no_workers(address)) from None
        yield _Cluster(client, address), sum(client.nthreads().values())


class _Cluster(Executor):
    """The client's own executor, with its faults in the words of ``concurrent.futures``."""

    lasting = True

    def __init__(self, client: Any, address: str) -> None:
        self._inner = client.get_executor(pure=False)
        self._address = address

    def submit(self, call: Any, /, *args: Any, **named: Any) -> Future[Any]:
        """Start a call on some worker; one whose worker dies is begun anew on another one."""
        outer: Future[Any] = Future()
        inner = self._inner.submit(call, *args, **named)
        outer.add_done_callback(lambda _: inner.cancel() if outer.cancelled() else None)
        inner.add_done_callback(lambda _: self._hand_on(inner, outer))
        return outer

    def _hand_on(self, inner: Future[Any], outer: Future[Any]) -> None:
        if outer.done():
            return
        if inner.cancelled():  # nobody here did it: the scheduler is gone
            outer.set_exception(FileError(_nobody(self._address)))
        elif (fault := inner.exception()) is None:
            outer.set_result(inner.result())
        else:
            outer.set_exception(_translated(fault))


def _translated(fault: BaseException) -> BaseException:
    """A chunk that ended several workers is a broken executor, so that its units are tried one by one."""
    from distributed import KilledWorker

    return BrokenExecutor(str(fault)) if isinstance(fault, KilledWorker) else fault


def _no_package(address: str) -> Diagnostic:
    return Diagnostic("batch-no-dask", "用 --dask 要另装程序包", place=Place(address), expected="distributed",
                      hint="先运行 pip install 'planwriter[dask]'，各台机器都要装")  # fmt: skip


def _bad_address(address: str) -> Diagnostic:
    return Diagnostic("batch-bad-cluster", "调度器的地址写得不对", place=Place(address), expected="tcp://主机:8786",
                      hint="照 dask scheduler 启动时显示的地址写")  # fmt: skip


def _nobody(address: str) -> Diagnostic:
    return Diagnostic("batch-no-cluster", "调度器没有应答", place=Place(address),
                      hint="检查 dask scheduler 是否在运行、地址和防火墙；做了一半的加 --resume 接着做")  # fmt: skip


def _no_workers(address: str) -> Diagnostic:
    return Diagnostic("batch-no-workers", "调度器下面没有工作机", place=Place(address),
                      hint="在各台机器上运行 dask worker，再试一次")  # fmt: skip
