"""The library as its users call it: forms to documents, templates of one's own, data that comes back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import planwriter
from planwriter.model.document import to_form
from planwriter.word.plan_part import read_plan_part
from tests.documents import paragraphs, texts
from tests.own_templates import template_of

EXAMPLES = Path(__file__).parent.parent / "examples"
FORM = {
    "单位": "澄溪县总工会",
    "期间": "2027年",
    "主要任务": [{"标题": "送清凉", "牵头单位": "办公室", "完成时限": "7月底前"}, "慰问一线职工。"],
}


def test_a_form_may_be_a_path_bytes_a_mapping_or_a_model() -> None:
    path = EXAMPLES / "village_plan.yaml"
    model = planwriter.read_form(path).document
    assert (
        planwriter.write(path)
        == planwriter.write(path.read_bytes())
        == planwriter.write(str(path))
        == planwriter.write(model)
    )


def test_a_plain_template_with_three_tags_works() -> None:
    own = template_of(["{{ 标题 }}", "单位：{{ 单位 }}", "日期：{{ 成文日期 }}"])
    assert texts(planwriter.write({**FORM, "成文日期": "2026年12月1日", "署名": "澄溪县总工会"}, template=own)) == [
        "澄溪县总工会2027年工作计划", "单位：澄溪县总工会", "日期：2026年12月1日",
    ]  # fmt: skip


def test_a_template_of_ones_own_may_list_tasks_in_a_table() -> None:
    own = template_of(
        ["{{ 标题 }}"],
        [
            ["任务", "单位", "时限"],
            ["{%tr for 项 in 任务 %}", "", ""],
            ["{{ 项.标题 }}{{ 项.内容 }}", "{{ 项.牵头单位 }}", "{{ 项.完成时限 }}"],
            ["{%tr endfor %}", "", ""],
        ],
    )
    assert texts(planwriter.write(FORM, template=own))[1:] == [
        "任务",
        "单位",
        "时限",
        "送清凉",
        "办公室",
        "7月底前",
        "慰问一线职工。",
    ]


@pytest.mark.parametrize(
    ("tag", "nearest"),
    [
        ("{{ 标体 }}", "标题"),
        ("{%p if 成文日其 %}甲{%p endif %}", "成文日期"),
        ("{%p for 项 in 安排 %}{{ 项.时见 }}{%p endfor %}", "时间"),
    ],
)
def test_a_misspelt_tag_is_named_with_its_nearest_neighbour_before_anything_is_written(
    tag: str, nearest: str, tmp_path: Path
) -> None:
    paragraphs_of_tag = [
        part if part.startswith("{") or part == "甲" else "{" + part
        for part in tag.replace("%}{", "%}\n{").replace("}{%p", "}\n{%p").replace("%}甲", "%}\n甲\n").split("\n")
        if part
    ]
    own = tmp_path / "own.docx"
    own.write_bytes(template_of(["{{ 单位 }}", *paragraphs_of_tag]))
    with pytest.raises(planwriter.PlanwriterError) as refused:
        planwriter.write_file(FORM, tmp_path / "out.docx", template=own)
    (told,) = refused.value.diagnostics
    assert told.hint is not None and nearest in told.hint
    assert not (tmp_path / "out.docx").exists()
    assert refused.value.exit_status == 3


def test_any_template_is_filled_with_a_context_of_ones_own() -> None:
    own = template_of(["{{ 名 }}", "{%p for 行 in 行们 %}", "{{ 行 }}", "{%p endfor %}"])
    assert texts(planwriter.fill(own, {"名": "A & B <c>", "行们": ["甲", "乙"]})) == ["A & B <c>", "甲", "乙"]
    with pytest.raises(planwriter.PlanwriterError, match="名"):
        planwriter.fill(own, {"名": None, "行们": []})


@pytest.mark.parametrize("form", sorted(EXAMPLES.glob("*.yaml")), ids=lambda p: p.stem)
def test_the_data_of_a_form_travels_in_its_document_and_gives_the_same_document_again(form: Path) -> None:
    made = planwriter.write(form)
    data = read_plan_part(made)
    assert data == to_form(planwriter.read_form(form).document)
    assert planwriter.write(data) == made


def test_every_paragraph_carries_its_role_as_style() -> None:
    made = planwriter.write(EXAMPLES / "women_annual_notice.yaml")
    assert all(style.startswith("PW") for style, _ in paragraphs(made))


def test_threads_do_not_mix_their_documents() -> None:
    forms = [{**FORM, "单位": f"第{n}单位", "引言": f"记号{n}号。"} for n in range(40)]
    alone = [planwriter.write(form) for form in forms]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(planwriter.write, forms)) == alone


@pytest.mark.parametrize("profile", ["ink", "windows", "founder", "mac", "times", "ink,windows,times", "full_pages"])
def test_a_profile_changes_the_look_and_no_word(profile: str) -> None:
    plain, looked = planwriter.write(FORM), planwriter.write(FORM, profile=profile)
    assert texts(plain) == texts(looked)
    assert plain != looked


def test_an_unknown_profile_is_named_with_its_nearest_neighbour() -> None:
    with pytest.raises(planwriter.PlanwriterError) as refused:
        planwriter.write(FORM, profile="windos")
    assert refused.value.exit_status == 2 and "windows" in str(refused.value)


def test_the_notice_template_needs_a_paper() -> None:
    with pytest.raises(planwriter.PlanwriterError) as refused:
        planwriter.write(FORM, template="notice")
    assert refused.value.diagnostics[0].code == "form-no-paper"


def test_the_sign_off_stands_once_on_the_paper_itself() -> None:
    paper = {
        **FORM,
        "署名": "澄溪县总工会",
        "成文日期": "2026年12月1日",
        "公文": {"发文字号": "澄工〔2026〕8号", "主送机关": "各工会", "正文": "请执行。"},
    }
    found = paragraphs(planwriter.write(paper))
    assert [style for style, _ in found if style in ("PWSignature", "PWIssueDate")] == ["PWSignature", "PWIssueDate"]
    assert next(n for n, (s, _) in enumerate(found) if s == "PWIssueDate") < next(
        n for n, (s, _) in enumerate(found) if s == "PWTitleNewPage"
    )


def test_a_plan_goes_out_as_issued_text_or_as_an_attachment_proper() -> None:
    head = {"发文字号": "澄工〔2026〕8号", "主送机关": "各工会", "正文": "请执行。", "标题": "关于做好工作的通知"}
    issued = paragraphs(planwriter.write({**FORM, "公文": {**head, "附件方式": "随文印发"}}))
    attached = paragraphs(planwriter.write({**FORM, "公文": {**head, "附件方式": "附件"}}))
    assert "PWAttachmentLabel" not in {s for s, _ in issued} and "PWAttachmentNote" not in {s for s, _ in issued}
    assert ("PWAttachmentLabel", "附件") in attached
    assert ("PWAttachmentNote", "附件：澄溪县总工会2027年工作计划") in attached


def test_a_run_in_heading_has_its_lead_in_its_face_and_its_text_in_the_body_face() -> None:
    form = {
        **FORM,
        "主要任务": [
            {"标题": "甲", "标题形式": "接排", "正文": "乙文。"},
            {"标题": "丙", "条目": [{"标题": "丁", "正文": "戊文。"}]},
        ],
    }
    shown = planwriter.show(planwriter.write(form)).paragraphs
    spans = {p.text: [(s.text, s.face) for s in p.spans] for p in shown}
    assert spans["（一）甲。乙文。"] == [("（一）甲。", "楷体_GB2312"), ("乙文。", "仿宋_GB2312")]
    assert [face for _, face in spans["1.丁。戊文。"]] in (["仿宋_GB2312"], ["仿宋_GB2312"] * 2)


@pytest.mark.parametrize(("format_", "mark"), [("函", "甲局"), ("命令", "甲局令"), ("纪要", "甲局会议纪要")])
def test_the_format_of_a_paper_chooses_its_template_and_mark(format_: str, mark: str) -> None:
    shown = planwriter.show(planwriter.write({**FORM, "公文": {"格式": format_, "发文机关": "甲局"}}))
    assert ("发文机关标志", mark) in [(p.role, p.text) for p in shown.paragraphs]


@pytest.mark.parametrize("wrong", [None, [1], 3])
def test_what_is_no_form_is_wrong_use(wrong: object, tmp_path: Path) -> None:
    for attempt in (
        planwriter.write,
        planwriter.read_form,
        lambda form: planwriter.write_file(form, tmp_path / "x.docx"),
    ):
        with pytest.raises(planwriter.PlanwriterError) as refused:
            attempt(wrong)
        assert (refused.value.exit_status, refused.value.diagnostics[0].code) == (2, "form-no-form")
    assert list(tmp_path.iterdir()) == []
