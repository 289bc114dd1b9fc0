"""The door of the room: a batch over one folder or address, as a context or as a plain stream of settled units."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from itertools import chain
from pathlib import Path
from typing import Any, Self

from planwriter import __version__
from planwriter.actions import check_template
from planwriter.actions.looks import is_builtin, profile_of
from planwriter.batch.announced import forget_all, left_standing
from planwriter.batch.executors import FEW, Workers
from planwriter.batch.extras import Extras
from planwriter.batch.jobs import Job
from planwriter.batch.manifest import Entry, Manifest
from planwriter.batch.names import alike
from planwriter.batch.naming import Naming
from planwriter.batch.parcels import Carrier
from planwriter.batch.planning import CHUNK, Planner
from planwriter.batch.running import OnEvent, Run, Unit
from planwriter.batch.shared_form import idle_columns
from planwriter.batch.sites import site_of
from planwriter.batch.work import Order, shared_form
from planwriter.diagnostic import Diagnostic, Place, Severity, TemplateError
from planwriter.files import read_bytes
from planwriter.standard import Profile


class Batch:
    """A batch over one folder, or one address such as ``s3://桶/前缀``: its units, then what is made of
    all of them, while the manifest is held.

    ``base`` is the shared form under the jobs that are rows, ``name`` the pattern of names, ``templates`` the
    templates of every unit. ``workers``: processes of our own (by default one a core; 1: this process); a program
    that uses more must be guarded by ``if __name__ == "__main__"``. ``executor``: any
    ``concurrent.futures.Executor`` in their place, on any machine; ``workers`` then says how many chunks it takes at
    once, and ``chunk`` units go together, by default as many as the link makes worth while. ``manifest`` is the folder
    that keeps the manifest, by default the output itself, for an address a folder of the current one.
    ``on_event`` is told the progress after every chunk, ``total`` is how many units there will be, if known.
    Entering raises FormError, UsageError, TemplateError, FileError, before anything is written.
    """

    def __init__(
        self, jobs: Iterable[Job], output: str | Path, *, base: str | Path | tuple[str, bytes] | None = None,
        name: str | None = None, templates: Sequence[str] = (), profile: str | Profile | None = None,
        profile_file: str | Path | None = None, strict: bool = False, small: bool = False, untrusted: bool = False,
        resume: bool = False, force: bool = False, workers: int | None = None, executor: Executor | None = None,
        on_event: OnEvent | None = None, total: int | None = None, chunk: int | None = None,
        manifest: str | Path | None = None,
    ) -> None:  # fmt: skip
        shared = _given_form(base)
        self.base = shared_form(*shared) if shared else None
        self.site = site_of(output, manifest, apart=executor is not None)
        self._order = Order(self.site.destination, profile_of(profile, profile_file), shared, strict, small, untrusted,
                            self.site.announced(apart=executor is not None))  # fmt: skip
        self._naming = Naming(name, several=len(templates) > 1)
        self._templates = tuple(templates)
        if executor is None:
            self._workers = Workers(workers if self.site.shared else 1, None)
            self._size: Callable[[], int] = lambda: chunk or CHUNK
        else:
            carrier = Carrier(executor, workers or FEW)
            self._workers = Workers(workers or FEW, carrier)
            self._size = lambda: chunk or carrier.pace.size
        self._jobs = jobs
        self._again, self.force = resume or force, force
        self._on_event, self._total = on_event, total
        self.told: tuple[Diagnostic, ...] = self.site.told + (self.base.told if self.base is not None else ())

    def __enter__(self) -> Self:
        _check_templates(self._templates, self._order.untrusted)
        self._jobs = self._checked(iter(self._jobs))
        folder = self.site.prepared()
        self.manifest = Manifest(folder, resume=self._again, version=__version__)
        self.site.sweep()
        if self._order.announced:
            standing = left_standing(self._order.announced, self._order.destination)
            self.manifest.remember((one, alike(one.output)) for one in standing)
            forget_all(self._order.announced)
        return self

    @property
    def profile(self) -> Profile:
        """The profile of every document."""
        return self._order.profile

    def __exit__(self, *fault: Any) -> None:
        self.manifest.__exit__(*fault)

    def units(self) -> Iterator[Unit]:
        """The settled units in the order of the jobs. Raises FileError when nothing more can be written."""
        planner = Planner(self._order, self.manifest, self._naming, self._templates, self.base,
                          resume=self._again, force=self.force)  # fmt: skip
        running = Run(self._order, self.manifest, self._workers, self._on_event, self._total)
        return running.units(planner.chunks(self._jobs, self._size))

    def left_over(self) -> Iterator[Entry]:
        """Documents of earlier runs that are still there and that no unit of this run has; none is ever removed."""
        return (one for one in self.manifest.left_over() if self.site.destination.has(one.output, one.size))

    def extras(self) -> Extras:
        """What writes further files to where the documents are."""
        return self.site.extras(self.manifest, force=self.force)

    def _checked(self, jobs: Iterator[Job]) -> Iterator[Job]:
        """The jobs; what their common columns show to be wrong is told before the first of them."""
        first = next(jobs, None)
        if first is None:
            return iter(())
        if first.row and isinstance(first.form, Mapping):
            columns = list(first.form)
            self._naming.check(columns)
            if self.base is not None and first.letters is not None:
                place = Place(first.source)
                self.told += tuple(idle_columns(self.base, columns, self._naming.fields, place))
        return self._with_their_files(chain((first,), jobs))

    def _with_their_files(self, jobs: Iterator[Job]) -> Iterator[Job]:
        for job in jobs:
            self.told += job.of_file
            yield job


def run(jobs: Iterable[Job], output: str | Path, **choices: Any) -> Generator[Unit, None, None]:
    """Write a document for every job into the folder ``output``; give the settled units in the order of the jobs.

    ``choices`` are those of :class:`Batch`, and so are the errors. Nothing is begun before the first unit is asked
    for; closing the generator ends the run in good order.
    """
    with Batch(jobs, output, **choices) as batch:
        yield from batch.units()


def _given_form(base: str | Path | tuple[str, bytes] | None) -> tuple[str, bytes] | None:
    return base if base is None or isinstance(base, tuple) else (Path(base).name, read_bytes(base))


def _check_templates(templates: Sequence[str], untrusted: bool) -> None:
    """Own templates are compiled before anything is written, so that a bad one is told once."""
    found = [one for path in templates if not is_builtin(path) for one in check_template(path, untrusted=untrusted)]
    if any(one.severity is Severity.ERROR for one in found):
        raise TemplateError(found)
