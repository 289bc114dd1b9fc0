import subprocess
import sys
from itertools import accumulate, pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planwriter.chinese.titles import break_title
from planwriter.width import cells

BROKEN = [
    "青山县妇女联合会|关于印发2027年工作计划的通知",
    "青山县人民医院工会女职工委员会|2027年工作计划",
    "2027年工会女工工作计划",
    "青山街道妇女儿童工作委员会|2026年工作总结",
    "青山镇妇女联合会2026年上半年工作总结",
    "青山中学工会女职工委员会|2026—2027学年度第一学期工作计划",
    "青山县妇女联合会关于报送|2026年工作总结和2027年工作计划的报告",
    "青山县妇女联合会关于表彰第十二届|“巾帼建功”先进集体和先进个人的决定",
    "青山县卫生健康局工会委员会|关于2027年度职工疗休养工作安排的请示",
    "关于做好青山县2027年|“三八”国际妇女节系列活动的通知",
    "青山县人民政府办公室|关于进一步加强和改进新形势下|留守儿童关爱保护工作的实施意见",
    "青山市高新技术产业开发区|社会事业发展局妇女儿童工作委员会办公室|2027年第一季度工作计划",
    "青山县人民政府办公室转发县民政局|关于清理整顿社会团体意见的通知",
]


@pytest.mark.parametrize("lines", BROKEN)
def test_a_title_is_broken_by_sense(lines: str) -> None:
    assert break_title(lines.replace("|", "")) == lines.split("|")


def test_a_break_typed_by_the_clerk_wins() -> None:
    assert break_title("青山县 \n妇女联合会工作计划\n") == ["青山县", "妇女联合会工作计划"]


def test_a_protected_name_stays_on_one_line() -> None:
    title = "青山县妇女联合会关于学习宣传青山绿水红杜鹃志愿服务队先进事迹的决定"
    name = "青山绿水红杜鹃志愿服务队"
    for width in (14.0, 16.0, 20.0):
        assert any(name in line for line in break_title(title, protected=[name], width=width))


def test_a_quoted_name_and_a_number_with_its_unit_stay_whole() -> None:
    lines = break_title("青山县妇女联合会关于落实《妇女儿童发展纲要》12项重点任务情况的报告")
    assert any("《妇女儿童发展纲要》" in line for line in lines)
    assert any("12项" in line for line in lines)


def test_a_narrow_line_is_kept_to() -> None:
    lines = break_title("青山县妇女联合会关于印发2027年工作计划的通知", width=12)
    assert max(map(cells, lines)) <= 12


@pytest.mark.parametrize(
    "text",
    [
        "一" * 60,
        "中" * 130,
        "A" * 90,
        "青山县" + "Supercalifragilistic" * 4 + "工作计划",
        "《" + "长" * 50 + "》的通知",
    ],
)
def test_a_title_without_structure_still_fits_its_lines(text: str) -> None:
    lines = break_title(text)
    assert "".join(lines) == text
    assert max(map(cells, lines)) <= 20


def test_no_title_is_no_line() -> None:
    assert break_title("") == []


PIECES = st.sampled_from(
    [
        "青山县",
        "妇女联合会",
        "工会",
        "女职工委员会",
        "关于",
        "印发",
        "转发",
        "2027年",
        "2026—2027学年",
        "第一学期",
        "12项",
        "工作计划",
        "的",
        "和",
        "、",
        "《权益保障法》",
        "“平安家庭”",
        "（试行）",
        "实施方案",
        "的通知",
        "留守儿童",
        "AI",
        "é",
        "👩\u200d💻",
        "——",
        "（",
        "》",
        "第",
    ]
)
TITLES = st.lists(PIECES, max_size=16).map("".join) | st.text(st.characters(exclude_characters="\n"), max_size=70)


@settings(deadline=None, max_examples=200)
@given(TITLES, st.sampled_from([10.0, 16.0, 20.0]), st.lists(PIECES, max_size=2))
def test_any_title_is_kept_and_every_line_fits(text: str, width: float, protected: list[str]) -> None:
    lines = break_title(text, protected=protected, width=width)
    assert "".join(lines) == text
    assert all(lines)
    assert all(cells(line) <= width for line in lines)
    assert break_title(text, protected=protected, width=width) == lines


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "青山县",
                "妇女儿童",
                "加强",
                "服务",
                "权益",
                "家庭",
                "工作",
                "的",
                "和",
                "推进",
                "《权益保障法》",
                "（试行）",
                "、",
            ]
        ),
        max_size=14,
    )
)
def test_no_line_begins_or_ends_where_it_must_not(pieces: list[str]) -> None:
    text = "青山县妇女联合会" + "".join(pieces) + "工作计划"
    lines = break_title(text)
    if len(lines) <= 3 and "的的" not in text and "和和" not in text and "、、" not in text:
        assert not [line for line in lines[1:] if line[0] in "的和、）》"]
        assert not [line for line in lines[:-1] if line[-1] in "和（《"]


def test_a_school_year_behind_a_latin_word_stays_whole() -> None:
    lines = break_title("青山中学关于开展AI教育2026—2027学年度第一学期教研活动的通知")
    assert any("AI" in line for line in lines)
    assert any("2026—2027学年度第一学期" in line for line in lines)


ORGANS = [
    "云溪县|妇女联合会",
    "云溪县|总工会|女职工委员会",
    "云溪县|人民医院|护理部",
    "云溪市|第三中学|工会委员会",
    "临江街道|党工委",
    "白石镇|松岭村|村民委员会",
    "共青团|云溪县|委员会",
    "云溪市|卫生健康局|工会",
    "云溪县|妇女儿童工作委员会|办公室",
    "云溪市|高新技术|产业|开发区|实验小学|少先队工作委员会",
    "云溪县|妇女联合会| |云溪县|总工会",
    "云溪县|教育局|、|共青团|云溪县|委员会",
]
PERIODS = [
    "2027年",
    "2027年度",
    "2027年第一季度",
    "2026—2027学年度第一学期",
    "2027年3月至11月",
    "2027年3月1日至6月30日",
    "2026—2030年",
]
MATTERS = [
    "工作计划",
    "工作要点",
    "护理质量|与|安全管理|工作计划",
    "困难职工|帮扶|工作|实施方案",
    "家庭教育|指导|服务|工作方案",
    "女职工|权益保护|和|职工之家|建设|工作总结",
    "青年志愿者|志愿服务|行动方案",
    "农村人居环境|整治|提升|工作安排",
    "师德师风建设|和|教师|队伍|培训计划",
]
PATTERNS = [
    "{organ}|{period}|{matter}",
    "{organ}|关于|印发|{period}|{matter}|的通知",
    "{organ}|关于|印发|《|{organ}|{period}|{matter}|》|的通知",
    "关于|印发|《|{period}|{matter}|》|的通知",
    "{organ}|关于|报送|{period}|{matter}|的报告",
    "{organ}|关于|审批|《|{period}|{matter}|》|的请示",
]
NOT_FIRST = tuple(" 的了和与及、》”）")
NOT_LAST = ("关于", "《", "“", "（")


def legal_places(words: list[str]) -> list[int]:
    """Where a title made of ``words`` may be broken: between words, not before 的 …, not behind 关于 …"""
    title = "".join(words)
    ends = list(accumulate(map(len, words)))
    return [
        at
        for at in ends[:-1]
        if at <= len(title) - 4 and not title.startswith(NOT_FIRST, at) and not title[:at].endswith(NOT_LAST)
    ]


def fewest_lines(words: list[str], width: float) -> int:
    title, lines, start = "".join(words), 1, 0
    for before, after in pairwise([*legal_places(words), len(title)]):
        if cells(title[start:after]) > width:
            lines, start = lines + 1, before
    return lines


def faults(words: list[str], lines: list[str], width: float) -> list[str]:
    """What is wrong with the lines of a title made of ``words``."""
    title, legal = "".join(words), {*legal_places(words)}
    found = [f"cut at {at}" for at in [*accumulate(map(len, lines))][:-1] if at not in legal]
    found += ["changed"] if "".join(lines) != title else []
    found += [f"too wide: {line}" for line in lines if cells(line) > width]
    found += ["too many lines"] if len(lines) > max(3, fewest_lines(words, width)) else []
    found += ["short last line"] if len(lines[-1]) < 4 else []
    return found


@pytest.mark.parametrize("pattern", PATTERNS)
def test_every_usual_title_is_broken_between_words(pattern: str) -> None:
    bad = []
    for organ, period, matter in product(ORGANS, PERIODS, MATTERS):
        words = [word for word in pattern.format(organ=organ, period=period, matter=matter).split("|") if word]
        lines = break_title("".join(words), width=19.5)
        if found := faults(words, lines, 19.5):
            bad.append((lines, found))
    assert bad == []


def test_a_long_quotation_is_broken_between_words_before_a_fourth_line_is_opened() -> None:
    title = "云溪县妇女联合会关于印发《云溪县妇女联合会2027年工作计划》的通知"
    assert break_title(title, width=19.5) == [
        "云溪县妇女联合会",
        "关于印发《云溪县妇女联合会",
        "2027年工作计划》的通知",
    ]
    title = "关于印发《2027年度护理质量与安全管理工作计划》的通知"
    assert break_title(title, width=19.5) == ["关于印发《2027年度护理质量与安全管理", "工作计划》的通知"]


def test_a_protected_organ_gives_way_like_any_other() -> None:
    words = (
        "云溪县|妇女联合会|关于|印发|《|云溪县|妇女联合会|2026—2027学年度第一学期|困难职工|帮扶|工作|实施方案|》|的通知"
    )
    lines = break_title(words.replace("|", ""), protected=["云溪县妇女联合会"], width=19.5)
    assert faults(words.split("|"), lines, 19.5) == []
    assert len(lines) == 3


@pytest.mark.parametrize(
    "date", ["2027年3月1日至6月30日", "2026年12月1日至2027年1月8日", "2026年秋季学期", "2027年1—6月"]
)
def test_a_period_is_never_cut(date: str) -> None:
    for organ in ("云溪县妇女联合会", "云溪县人民医院护理部", "云溪市第三中学工会委员会"):
        lines = break_title(f"{organ}{date}困难职工帮扶工作实施方案", width=19.5)
        assert any(date in line for line in lines)


def test_a_title_longer_than_four_lines_is_broken_between_words_too() -> None:
    words = ["云溪县", "妇女联合会", "关于", "印发", *(["家庭教育", "志愿服务", "、"] * 8), "工作计划", "的通知"]
    lines = break_title("".join(words), width=19.5)
    assert len(lines) > 4
    assert faults(words, lines, 19.5) == []


def test_a_title_of_one_line_loads_no_segmenter() -> None:
    code = (
        "import sys\nfrom planwriter.chinese.titles import break_title\n"
        "for title, loaded in (('青山县妇女联合会2027年工作计划', False), ('青山县' * 9, True)):\n"
        "    break_title(title)\n    assert ('budoux' in sys.modules) is loaded, title"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_number_within_nested_quotations_is_not_cut() -> None:
    lines = break_title("青山县妇联关于转发《市妇联关于印发〈2027年全市妇女工作要点〉的通知》的通知", width=19.5)
    assert any("2027年" in line for line in lines)
    assert len(lines) == 3
