"""Addresses of places on other machines: s3://桶/前缀, zip://*.yaml::报送.zip; what fsspec has for them."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from planwriter.diagnostic import Diagnostic, FileError, Place, UsageError

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)(?:://|::)")
_SECRET = re.compile(r"(//[^/@:]*):[^/@]*@")


def is_address(named: object) -> bool:
    """Whether this is an address such as ``s3://桶/前缀``; ``C:\\报送`` is a path."""
    return isinstance(named, str) and _SCHEME.match(named) is not None


def scheme_of(address: str) -> str:
    """The first word of an address, which says of what kind it is."""
    found = _SCHEME.match(address)
    return found.group(1).lower() if found else ""


def shown(address: str) -> str:
    """The address as it may be told and noted: without a password."""
    return _SECRET.sub(r"\1@", address)


def local_path(address: str) -> Path | None:
    """The folder or file of this machine that a ``file://`` address means."""
    if scheme_of(address) not in ("file", "local"):
        return None
    from urllib.request import url2pathname

    return Path(url2pathname("/" + address.partition("://")[2].lstrip("/")))


def opened(address: str) -> tuple[Any, str]:
    """The file system of an address and the path in it.

    Raises UsageError where fsspec or its package for this kind of address is missing, FileError where the place
    cannot be reached. Keys and endpoints come from fsspec's own settings (files and environment), never from here.
    """
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise UsageError(_no_package(address, "planwriter[batch]")) from None
    with reached(address):
        try:
            file_system, path = url_to_fs(address)
        except ImportError as fault:
            raise UsageError(_no_package(address, _package_in(str(fault)))) from None
        except ValueError:
            raise UsageError(_unknown(address)) from None
    return file_system, str(path)


@contextlib.contextmanager
def reached(address: str) -> Iterator[None]:
    """Turn what a place far away refuses within into a FileError; every library has exceptions of its own."""
    try:
        yield
    except (FileError, UsageError):
        raise
    except Exception as fault:
        raise FileError(refusal(address, fault)) from fault


def refusal(address: str, fault: BaseException) -> Diagnostic:
    """What a place far away refused, in the words of its kind."""
    place, found = Place(shown(address)), type(fault).__name__
    if isinstance(fault, FileNotFoundError):
        return Diagnostic("batch-far-missing", "那里没有这个文件、文件夹或桶", place=place, found=found,
                          hint="检查地址；存储桶要先建好")  # fmt: skip
    if isinstance(fault, PermissionError) or "Credentials" in found:
        return Diagnostic("batch-far-denied", "没有权限访问这个地址", place=place, found=found,
                          hint="检查密钥（环境变量或配置文件）和这个地址的权限")  # fmt: skip
    return Diagnostic("batch-far-fault", "这个地址连不上，或者读写出错", place=place, found=found,
                      hint="检查网络和地址，再加 --resume 运行一次，做完的不会重做")  # fmt: skip


def _package_in(said: str) -> str:
    """The package that fsspec asks for (``Install s3fs to access S3``)."""
    found = re.search(r"[Ii]nstall ([\w.-]+)|module named '([\w.-]+)'", said)
    return next(filter(None, found.groups()), "") if found else ""


def _no_package(address: str, package: str) -> Diagnostic:
    return Diagnostic("batch-address-package", "这种地址要另装一个程序包才能用", place=Place(shown(address)),
                      expected=package, hint=f"先运行 pip install '{package}'")  # fmt: skip


def _unknown(address: str) -> Diagnostic:
    return Diagnostic("batch-address-unknown", "不认识这种地址", place=Place(shown(address)), found=scheme_of(address),
                      hint="写成 s3://桶/前缀、oss://桶/前缀、file:///文件夹 这样")  # fmt: skip


def plain(named: str | os.PathLike[str]) -> str | Path:
    """An address as it is, everything else as a path; a ``file://`` address is a path, too."""
    if isinstance(named, str) and is_address(named):
        return local_path(named) or named
    return Path(named)
