"""Special formats, joint issue and seals: what the form says, what the document holds, what is refused."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

import planwriter
from planwriter.actions import compose
from planwriter.diagnostic import FormError, Severity, UsageError
from planwriter.standard import Mm
from planwriter.template.builtin import builtin_template
from planwriter.template.seal_pictures import seal_picture
from tests.documents import paragraphs, texts
from tests.layout.papers import DATE, NAMES, ORGAN, paper, png


def form(folder: Path, **changed: Any) -> Path:
    """A form beside a seal, with pictures in and outside its folder."""
    (folder / "forms").mkdir(exist_ok=True)
    (folder / "forms" / "seal.png").write_bytes(png(60, 60))
    (folder / "outside.png").write_bytes(png(60, 60))
    path = folder / "forms" / "paper.yaml"
    path.write_text(json.dumps(paper(**changed), ensure_ascii=False), encoding="utf-8")
    return path


def codes(**changed: Any) -> list[str]:
    """The codes of everything said about a paper."""
    return [d.code for d in planwriter.read_form(paper(**changed)).diagnostics]


def media(document: bytes) -> list[str]:
    """The pictures inside a document."""
    with zipfile.ZipFile(BytesIO(document)) as package:
        return [name for name in package.namelist() if "media" in name]


def test_the_picture_of_a_seal_travels_in_the_document(tmp_path: Path) -> None:
    made = planwriter.write(form(tmp_path, 印章="seal.png"))
    assert media(made) == ["word/media/seal1.png"]
    with zipfile.ZipFile(BytesIO(made)) as package:
        assert b'r:embed="rIdPlanwriterSeal1"' in package.read("word/document.xml")
        assert b'Id="rIdPlanwriterSeal1"' in package.read("word/_rels/document.xml.rels")
        assert b"image/png" in package.read("[Content_Types].xml")
    assert made == planwriter.write(form(tmp_path, 印章="seal.png"))


def test_a_seal_stands_in_a_template_of_ones_own_also_from_a_stranger(tmp_path: Path) -> None:
    path, template = form(tmp_path, 格式="函", 印章="seal.png"), builtin_template("letter")
    assert media(planwriter.write(path, template=template))
    assert media(planwriter.write(path, template=template, untrusted_template=True))


@pytest.mark.parametrize("name", ["../outside.png", "../forms/../outside.png"])
def test_a_form_may_not_reach_for_pictures_outside_its_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(FormError) as caught:
        planwriter.write(form(tmp_path, 印章=name))
    assert [d.code for d in caught.value.diagnostics] == ["form-seal-outside"]


def test_an_absolute_path_is_outside_too(tmp_path: Path) -> None:
    with pytest.raises(FormError, match="不在表单所在的文件夹里"):
        planwriter.write(form(tmp_path, 印章=str(tmp_path / "outside.png")))


def test_a_missing_picture_is_told_and_text_is_no_picture(tmp_path: Path) -> None:
    path = form(tmp_path, 印章="seel.png")
    with pytest.raises(FormError, match=r"印章图片“seel\.png”读不了：文件不存在") as missing:
        planwriter.write(path)
    (told,) = missing.value.diagnostics
    line = next(n for n, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if "seel.png" in text)
    assert (told.code, told.place and (told.place.file, told.place.line)) == ("form-no-seal", (path.name, line))
    assert told.place and told.place.column
    path = form(tmp_path, 印章="seal.png")
    (path.parent / "seal.png").write_text("no picture", encoding="utf-8")
    with pytest.raises(FormError) as caught:
        planwriter.write(path)
    assert [d.code for d in caught.value.diagnostics] == ["form-bad-seal"]


def test_every_picture_of_no_use_is_told_at_once_at_its_place(tmp_path: Path) -> None:
    path = tmp_path / "通知.yaml"
    path.write_text(
        "单位: 甲校\n公文:\n  正文: 照办。\n  印章图片:\n    - 无.png\n    - 通知.yaml\n    - ../外.png\n",
        encoding="utf-8",
    )
    with pytest.raises(FormError) as caught:
        planwriter.write(path)
    told = [(d.code, d.place and (d.place.line, d.place.column)) for d in caught.value.diagnostics]
    assert told == [("form-no-seal", (5, 7)), ("form-bad-seal", (6, 7)), ("form-seal-outside", (7, 7))]
    data = {"单位": "甲校", "公文": {"正文": "照办。", "印章": "无.png"}}
    with pytest.raises(FormError) as plain:
        planwriter.write(data)
    assert str(plain.value.diagnostics[0].place) == "公文.印章"


@pytest.mark.parametrize(
    ("pixels", "per_metre", "size"),
    [((420, 420), 0, (42, 42)), ((400, 400), 10000, (40, 40)), ((400, 400), 100000, (42, 42)), ((80, 40), 0, (42, 21))],
)
def test_a_seal_is_as_large_as_it_says_and_never_distorted(
    pixels: tuple[int, int], per_metre: int, size: tuple[int, int]
) -> None:
    stamp = seal_picture(1, "章.png", png(*pixels, per_metre=per_metre)).stamp
    assert (stamp.width.mm, stamp.height.mm) == pytest.approx(size, abs=0.2)
    smaller = stamp.within(Mm(20).pt, Mm(20).pt)
    assert smaller.width / smaller.height == pytest.approx(stamp.width / stamp.height)


def test_formats_leave_no_gap_where_they_have_no_element() -> None:
    order = compose(paper(格式="命令", 发文字号="第7号", 标题=None, 主送机关=None, 签发人职务="县长"))
    minutes = compose(paper(格式="纪要", 发文字号=None, 标题=None, 主送机关=None, 成文日期=None, 出席="顾闻溪"))
    assert order.placeholders == minutes.placeholders == ()


def test_an_order_without_post_shows_the_gap() -> None:
    made = compose(paper(格式="命令", 发文字号="第7号", 标题=None, 主送机关=None))
    assert made.placeholders == ("【待填：签发人职务】",)


def test_the_name_of_a_signatory_stands_in_the_room_of_the_signature_seal() -> None:
    made = planwriter.write(paper(印章="签名章", 签发人="陆云溪", 签发人职务="馆长"))
    at = texts(made).index("馆长")
    assert texts(made)[at : at + 3] == ["馆长", "陆云溪", DATE]


def test_a_title_given_to_an_order_is_printed() -> None:
    made = planwriter.write(paper(格式="命令", 发文字号="第7号", 主送机关="各乡镇", 签发人职务="县长"))
    assert any(style == "PWTitle" for style, _ in paragraphs(made))
    assert "主送：各乡镇。" in texts(made)


def test_a_mark_that_is_given_stands_on_one_line_also_for_several_organs() -> None:
    made = paragraphs(planwriter.write(paper(发文机关=NAMES[:3], 发文机关标志=f"{ORGAN}文件")))
    assert [text for style, text in made if style == "PWMark"] == [f"{ORGAN}文件"]


def test_the_names_of_joint_issue_stand_in_the_mark_in_their_order() -> None:
    made = paragraphs(planwriter.write(paper(发文机关=NAMES[:3])))
    assert [text for style, text in made if style == "PWMark"] == [*NAMES[:3], "文件"]


def test_a_gap_among_the_names_of_joint_issue_is_highlighted() -> None:
    made = planwriter.write(paper(发文机关=["【待填：机关】", *NAMES[3:5]]))
    with zipfile.ZipFile(BytesIO(made)) as package:
        body = package.read("word/document.xml").decode()
    mark = body[body.index("<w:tbl>") : body.index("</w:tbl>")]
    assert "w:highlight" in mark
    assert "【待填：机关】</w:t>" in mark


@pytest.mark.parametrize(
    ("changed", "code", "severity"),
    [
        ({"发文字号": "第7号"}, "paper-number-shape", Severity.ERROR),
        ({"出席": "顾闻溪"}, "paper-attendance-unexpected", Severity.ERROR),
        ({"格式": "函", "印发机关": "办公室"}, "paper-letter-printing", Severity.WARNING),
        ({"印章图片": ["a.png", "b.png"]}, "paper-seal-count", Severity.WARNING),
        ({"印章": "不盖章", "印章图片": "a.png"}, "paper-seal-unexpected", Severity.WARNING),
        ({"格式": "纪要", "印章": "盖章"}, "paper-minutes-sealed", Severity.WARNING),
        ({"签发人职务": "馆长"}, "paper-post-unexpected", Severity.WARNING),
    ],
)
def test_an_element_that_does_not_fit_the_format_is_told(
    changed: dict[str, Any], code: str, severity: Severity
) -> None:
    told = planwriter.read_form(paper(**changed)).diagnostics
    assert [(d.code, d.severity) for d in told if d.code == code] == [(code, severity)]
    assert code not in codes()


def test_both_languages_name_the_new_fields() -> None:
    english = {
        "format": "minutes", "attended": ["顾闻溪"], "absent": "白杨", "observers": "沈知秋", "seal_pictures": [],
        "signatory_posts": [], "attachment_binding": "apart",
    }  # fmt: skip
    chinese = {
        "格式": "纪要", "出席人员": ["顾闻溪"], "请假": "白杨", "列席": "沈知秋", "印章图片": [], "签发人职务": [],
        "附件装订": "另行装订",
    }  # fmt: skip
    assert planwriter.read_form({"公文": english}).document == planwriter.read_form({"公文": chinese}).document


@pytest.mark.parametrize("name", ["letter", "order", "minutes"])
def test_a_plan_alone_has_no_special_format(name: str) -> None:
    with pytest.raises(UsageError, match=name):
        planwriter.write({"标题": "甲"}, template=name)
