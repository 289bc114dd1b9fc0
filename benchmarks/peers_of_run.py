"""Peers installed for one run into a throwaway folder, each a process that fills documents when asked."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment

HERE = Path(__file__).parent / "peers"
_TAG = re.compile(r"\{%p (.*?) %\}|\{\{(p?) (.*?) \}\}")
_PARAGRAPH = re.compile(r"<w:p>(?:(?!</w:p>).)*?</w:p>", re.S)


class Peer:
    """A process that fills the template it was given; ``output`` holds its first document."""

    def __init__(self, command: list[str], output: Path) -> None:
        self.output = output
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        if self._process.stdout is None or self._process.stdout.readline().strip() != "ready":
            raise OSError(f"{command[0]} did not start")

    def times(self, count: int) -> list[float]:
        """Milliseconds of each of ``count`` documents."""
        assert self._process.stdin is not None and self._process.stdout is not None
        print(count, file=self._process.stdin, flush=True)
        return [float(one) for one in json.loads(self._process.stdout.readline())]

    def stop(self) -> None:
        self._process.communicate()


def docxtemplater(folder: Path, parts: Mapping[str, bytes], pack: Any, context: Mapping[str, Any]) -> Peer | None:
    """docxtemplater with the template rewritten in its own syntax; ``None`` where node or npm is missing."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    install = [
        npm,
        "install",
        "--no-audit",
        "--no-fund",
        "--silent",
        "--prefix",
        str(folder),
        "docxtemplater",
        "pizzip",
    ]
    subprocess.run(install, check=True, timeout=120)
    rewritten, data = in_its_syntax(parts, context)
    (folder / "its.docx").write_bytes(pack(rewritten))
    (folder / "its.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    files = [folder / "node_modules", folder / "its.docx", folder / "its.json", folder / "its_output.docx"]
    return Peer([node, str(HERE / "docxtemplater.cjs"), *map(str, files)], files[-1])


def rust_docxtpl(folder: Path, template: bytes, context: Mapping[str, Any]) -> Peer | None:
    """The re-implementation of docxtpl in Rust, in a venv of its own; ``None`` where it cannot be installed."""
    subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True)
    python = folder / "venv" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    got = subprocess.run([str(python), "-m", "pip", "install", "-q", "rust-docxtpl"], capture_output=True, timeout=240)
    if got.returncode:
        return None
    (folder / "own.docx").write_bytes(template)
    (folder / "own.json").write_text(json.dumps(_told(context), ensure_ascii=False), encoding="utf-8")
    files = [folder / "own.docx", folder / "own.json", folder / "own_output.docx"]
    return Peer([str(python), str(HERE / "rust_docxtpl.py"), *map(str, files)], files[-1])


def _told(value: Any) -> Any:
    """Plain JSON, markup told apart from text."""
    if hasattr(value, "__html__"):
        return {"markup": str(value)}
    if isinstance(value, Mapping):
        return {key: _told(one) for key, one in value.items()}
    return [_told(one) for one in value] if isinstance(value, list) else value


def in_its_syntax(parts: Mapping[str, bytes], context: Mapping[str, Any]) -> tuple[dict[str, bytes], dict[str, Any]]:
    """The template with docxtemplater's tags, and the context with the conditions it cannot compute itself."""
    rewriter = _Rewriter()
    body = parts["word/document.xml"].decode()
    made = {**parts, "word/document.xml": _PARAGRAPH.sub(rewriter.paragraph, body).encode()}
    made["docProps/core.xml"] = re.sub(rb"\{\{ (.*?) \}\}", rb"{\1}", parts["docProps/core.xml"])
    return made, rewriter.data(context)


class _Rewriter:
    def __init__(self) -> None:
        self.conditions: dict[str, str] = {}
        self.open: list[str] = []

    def paragraph(self, found: re.Match[str]) -> str:
        tag = _TAG.search(found[0])
        if tag is None or tag[1] is None:
            return _TAG.sub(lambda m: f"{{{'@' if m[2] else ''}{m[3].rpartition('.')[2]}}}", found[0])
        return "".join(found[0].replace(tag[0], one) for one in self._block(tag[1]))

    def _block(self, body: str) -> list[str]:
        word, _, rest = body.partition(" ")
        if word == "for":
            self.open.append(rest.partition(" in ")[2].rpartition(".")[2])
            return [f"{{#{self.open[-1]}}}"]
        last = [f"{{/{self.open.pop()}}}"] if word != "if" else []
        if word in ("if", "elif"):
            self.open.append(self.conditions.setdefault(rest, f"c{len(self.conditions)}"))
            return [*last, f"{{#{self.open[-1]}}}"]
        if word == "else":
            self.open.append(last[0][2:-1])
            return [*last, f"{{^{self.open[-1]}}}"]
        return last

    def data(self, context: Mapping[str, Any]) -> dict[str, Any]:
        judges = {name: Environment().compile_expression(words) for words, name in self.conditions.items()}

        def told(value: Any, name: str) -> Any:
            if isinstance(value, Mapping):
                own = {
                    key: told(one, "块" if key == "正文" else "附" if key == "附件" else "")
                    for key, one in value.items()
                }
                scope = {name: value} if name else dict(value)
                return own | {
                    c: bool(judge(**scope)) for c, judge in judges.items() if _about(c, name, self.conditions)
                }
            if isinstance(value, list):
                return [told(one, name) for one in value]
            return str(value) if isinstance(value, str) or hasattr(value, "__html__") else value

        made: dict[str, Any] = told(context, "")
        return made


def _about(condition: str, name: str, conditions: Mapping[str, str]) -> bool:
    words = next(words for words, one in conditions.items() if one == condition)
    return words.startswith(f"{name}.") if name else "." not in words
