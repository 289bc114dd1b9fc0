"""Where a batch writes and where it keeps its manifest: one folder for both, or a store far away and a folder here."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from planwriter.batch.addresses import is_address, plain, shown
from planwriter.batch.destinations import ANY, Folder, Output, digest_of
from planwriter.batch.extras import Extras
from planwriter.batch.manifest import Manifest
from planwriter.batch.names import safe_piece
from planwriter.batch.stores import Store
from planwriter.diagnostic import Diagnostic, FileError, Severity


@dataclass(frozen=True, slots=True)
class Site:
    """The destination of a batch and the folder of this machine that holds its manifest."""

    destination: Folder | Store
    ledger: Folder

    @property
    def shared(self) -> bool:
        """Whether workers in other processes write to the same place."""
        return isinstance(self.destination, Folder) or self.destination.shared

    @property
    def told(self) -> tuple[Diagnostic, ...]:
        """Where the manifest is, if it is not with the documents."""
        return () if self.ledger is self.destination else (_manifest_here(self.ledger.path),)

    def announced(self, *, apart: bool) -> str:
        """The folder in which workers note what they are about to write; none where they are on other machines and
        the documents in a store."""
        if isinstance(self.destination, Folder):
            return self.destination.path
        return "" if apart else self.ledger.path

    def prepared(self) -> Path:
        """Make both ready; the folder of the manifest. Raises UsageError and FileError."""
        self.destination.prepared()
        return self.ledger.prepared()

    def sweep(self) -> None:
        """Remove what a killed run left half written; in a store there is nothing of the kind."""
        for one in {self.destination, self.ledger} if isinstance(self.destination, Folder) else {self.ledger}:
            one.sweep()

    def extras(self, manifest: Manifest, *, force: bool) -> Extras:
        """What writes further files there."""
        if isinstance(self.destination, Folder):
            return Extras(Path(self.destination.path), manifest, force=force)
        return FarExtras(self.destination, Path(self.ledger.path), manifest, force=force)


def site_of(
    output: str | os.PathLike[str], manifest: str | os.PathLike[str] | None = None, *, apart: bool = False
) -> Site:
    """The site of an output: a folder, or an address such as ``s3://桶/前缀``.

    The manifest lies in the folder itself, or in ``manifest``; for an address in a folder of the current one named
    after it. ``apart``: workers may stand in another folder, so the path is made absolute.
    """
    place = plain(output)
    if isinstance(place, str) and is_address(place):
        kept = manifest if manifest is not None else Path(usual_ledger(place))
        return Site(Store(place), Folder(str(kept)))
    folder = Folder(str(Path(place).absolute() if apart else place), apart)
    return Site(folder, folder if manifest is None else Folder(str(manifest)))


def usual_ledger(address: str) -> str:
    """The name of the folder that keeps the manifest of an address."""
    return safe_piece("清单-" + "-".join(shown(address).replace("://", "/").strip("/").split("/")))


class FarExtras(Extras):
    """Writes further files into a store: made whole in a folder here, then put."""

    def __init__(self, store: Store, folder: Path, manifest: Manifest, *, force: bool) -> None:
        super().__init__(folder, manifest, force=force)
        self.store = store

    def document(self, name: str) -> bytes:
        """The bytes of a document of the batch."""
        return self.store.read(name)

    def write(self, name: str, fill: Callable[[BinaryIO], object]) -> str:
        """Make a file of the store from what ``fill`` writes; its address. Raises FileError."""
        super().write(name, fill)
        return self.store.address_of(name)

    def _draft_of(self, target: Path) -> Path:
        return super()._draft_of(self.folder / target.name)

    def _publish(self, draft: Path, target: Path, name: str) -> None:
        content = draft.read_bytes()
        self._manifest.note_extra(name, digest_of(content))
        told = self.store.write([Output(name, content, ANY if self.force else "")])[0]
        exists = bool(told) and told[0].code == "batch-output-exists"
        if exists and self._manifest.is_extra(name, digest_of(self.store.read(name))):
            told = self.store.write([Output(name, content, ANY)])[0]
        if told:
            raise FileError(told)


def _manifest_here(folder: str) -> Diagnostic:
    return Diagnostic("batch-manifest-here", f"清单在这台机器的“{folder}”里，--resume 要用到它", Severity.NOTE,
                      hint="不要删去；换一台机器接着做，就把它拷过去，用 --manifest 指明")  # fmt: skip
