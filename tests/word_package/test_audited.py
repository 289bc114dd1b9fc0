"""The audit of documents made one after another: what is new is looked at, whatever passed before."""

from __future__ import annotations

import pytest

from planwriter.diagnostic import TemplateError
from planwriter.word import audit
from planwriter.word.package import Audited
from tests.word_package.building import p, parts_of

FIELD = "<w:r><w:instrText>DDEAUTO excel</w:instrText></w:r>"


def parts(body: str, **others: str) -> dict[str, bytes]:
    return {n: c if isinstance(c, bytes) else c.encode() for n, c in parts_of(body, **others).items()}


def codes(audited: Audited, made: dict[str, bytes]) -> list[str]:
    try:
        audited.audit(made)
    except TemplateError as refusal:
        return [one.code for one in refusal.diagnostics]
    return []


def test_a_part_that_changed_is_looked_at_again() -> None:
    audited = Audited("模板")
    assert codes(audited, parts(p("甲"))) == []
    assert codes(audited, parts(p("甲", FIELD))) == ["package-field"]
    assert codes(audited, parts(p("甲", FIELD))) == ["package-field"]
    assert codes(audited, parts(p("甲"))) == []


def test_a_declaration_that_came_in_is_refused() -> None:
    audited, made = Audited("模板"), parts(p("甲"))
    assert codes(audited, made) == []
    made["word/document.xml"] = made["word/document.xml"].replace(b"<w:document", b"<!DOCTYPE a><w:document", 1)
    assert codes(audited, made) == ["package-doctype"]


def test_a_new_relationship_to_an_old_part_is_refused() -> None:
    audited, made = Audited("模板"), parts(p("甲"))
    assert codes(audited, made) == []
    name = next(n for n in made if n.endswith("document.xml.rels"))
    arrow = b'<Relationship Id="rX" Type="http://x/attachedTemplate" Target="http://x/y" TargetMode="External"/>'
    made[name] = made[name].replace(b"</Relationships>", arrow + b"</Relationships>")
    assert codes(audited, made) == ["package-external"]


def test_an_old_part_of_another_type_is_looked_at_again() -> None:
    audited, made = Audited("模板"), parts(p("甲"))
    made["word/x.bin"] = b"-"
    types = made["[Content_Types].xml"]
    assert codes(audited, made) == []
    macro = b'<Override PartName="/word/x.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    made["[Content_Types].xml"] = types.replace(b"</Types>", macro)
    assert codes(audited, made) == ["package-active-content"]


def test_a_part_that_passed_is_not_parsed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    look = audit._audit_part
    monkeypatch.setattr(audit, "_audit_part", lambda name, *more: looked.append(name) or look(name, *more))
    audited = Audited("模板")
    audited.audit(parts(p("甲")))
    looked.clear()
    audited.audit(parts(p("乙")))
    assert looked == ["word/document.xml"]
