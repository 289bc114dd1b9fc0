"""Templates from strangers: no code, no bombs, nothing but plain data, in a process of their own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from docxtpl import RichText
from markupsafe import Markup

from planwriter.diagnostic import TemplateError
from planwriter.template import confined, confinement, sandbox
from planwriter.template.compiled import CompiledTemplate, compile_here
from planwriter.template.extra import ExtraPart
from planwriter.template.opening import compile_template
from planwriter.template.pictures import Picture
from planwriter.template.shape import Anything, Listing, Record, Text, Trusted
from tests.template_door.looking import paragraphs, parts, refusals
from tests.word_package.building import docx, p

CANARY = "PWNED"
PAYLOADS = {
    "cycler_popen": "cycler.__init__.__globals__.os.popen('echo PWNED').read()",
    "joiner_popen": "joiner.__init__.__globals__.os.popen('echo PWNED').read()",
    "namespace_popen": "namespace.__init__.__globals__.os.popen('echo PWNED').read()",
    "lipsum_popen": "lipsum.__globals__['os'].popen('echo PWNED').read()",
    "lipsum_attr": "(lipsum|attr('__globals__'))['os'].popen('echo PWNED').read()",
    "dict_class": "dict.__base__.__subclasses__()",
    "range_bomb": "range(10**9)|list",
    "self_init": "self.__init__.__globals__.__builtins__.__import__('os').popen('echo PWNED').read()",
    "self_name": "self._TemplateReference__context",
    "string_class": "''.__class__.__mro__[1].__subclasses__()",
    "string_class_item": "''['__class__']['__mro__']",
    "string_class_attr": "''|attr('__class__')|attr('__mro__')",
    "attr_joined": "名|attr(['__cl','ass__']|join)",
    "hex_escape": "''['\\x5f\\x5fclass\\x5f\\x5f']",
    "format_class": "'{0.__class__.__mro__}'.format(名)",
    "format_map": "'{名.__class__}'.format_map({'名': 名})",
    "format_indirect": "['{0.__class__}']|map('format', 名)|list",
    "format_method_indirect": "('{0.__class__.__init__.__globals__}'|attr('format'))(名)",
    "data_class": "名.__class__",
    "data_item_class": "组.名.__class__.__base__",
    "list_append": "列.append('x')",
    "dict_update": "组.update({'名': 'PWNED'})",
    "map_attribute": "[名]|map(attribute='__class__')|list",
    "groupby": "[名]|groupby('__class__')|list",
    "undefined_globals": "没有.__class__.__init__.__globals__",
    "loop_outer": "loop.__class__",
    "config": "config.items()",
    "request": "request.application.__globals__.__builtins__",
    "g_pop": "g.pop.__globals__.__builtins__",
    "url_for": "url_for.__globals__.os",
    "import_builtin": "__import__('os').system('echo PWNED')",
    "power_bomb": "7**(10**8)",
    "repeat_bomb": "'a'*3000000000",
    "list_repeat_bomb": "[0]*10**10",
    "center_bomb": "名|center(2*10**9)",
    "format_bomb": "'%2000000000d'|format(1)",
    "indent_bomb": "名|indent(10**9)",
    "batch_bomb": "列|batch(10**9, 'x')|list",
    "concat": "名 ~ 名",
    "add": "名 + 名",
    "modulo": "'%s' % 名",
    "floor": "9 // 2",
    "minus": "3 - 2",
    "negative": "-3",
    "call_method": "名.upper()",
    "slice_call": "列[::2].copy()",
    "lambda_map": "列|map('upper')|list",
    "safe": "名|safe",
    "dictionary": "{'a': 1}.a",
}
BLOCKS = {
    "set": "{% set x = 名 %}",
    "set_block": "{% set x %}a{% endset %}",
    "macro": "{% macro m() %}{{ caller }}{% endmacro %}",
    "call": "{% call 名() %}{% endcall %}",
    "filter": "{% filter upper %}a{% endfilter %}",
    "block": "{% block a %}{% endblock %}",
    "with": "{% with a = 名 %}{{ a }}{% endwith %}",
    "include": "{% include '/etc/passwd' %}",
    "import": "{% import 'os' as os %}",
    "from": "{% from 'os' import system %}",
    "extends": "{% extends 'x' %}",
    "autoescape": "{% autoescape false %}{{ 名 }}{% endautoescape %}",
    "recursive": "{% for x in 列 recursive %}{{ loop(列) }}{% endfor %}",
    "loop_cycle": "{% for x in 列 %}{{ loop.cycle('a', 'b') }}{% endfor %}",
    "loop_changed": "{% for x in 列 %}{% if loop.changed(x) %}a{% endif %}{% endfor %}",
}
PLACES: dict[str, Callable[[str], bytes]] = {
    "body": lambda tag: docx(p(tag)),
    "header": lambda tag: docx(p("x"), header=p(tag)),
    "footer": lambda tag: docx(p("x"), footer=p(tag)),
    "footnote": lambda tag: docx(p("x"), footnotes=f'<w:footnote w:id="1">{p(tag)}</w:footnote>'),
    "title": lambda tag: docx(p("x"), properties={"title": tag}),
    "attribute": lambda tag: docx(
        p(
            '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="a" descr="{}"/></wp:inline></w:drawing></w:r>'.format(
                tag.replace('"', "&quot;").replace("<", "&lt;")
            )
        )
    ),
}
CONTEXT: dict[str, Any] = {"名": "甲", "组": {"名": "乙"}, "列": ["一", "二"]}


def outcome(compiler: Callable[..., CompiledTemplate], source: bytes) -> bytes | None:
    """The document, or None when the template was refused."""
    try:
        return compiler(source, name="模板.docx").fill(CONTEXT)
    except TemplateError as fault:
        assert CANARY not in "".join(d.code for d in fault.diagnostics)
        return None


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("payload", PAYLOADS)
def test_an_untrusted_template_may_not_even_say_it(payload: str, place: str) -> None:
    assert outcome(compile_here, PLACES[place]("{{ " + PAYLOADS[payload] + " }}")) is None


@pytest.mark.parametrize("block", BLOCKS)
def test_an_untrusted_template_has_only_loops_and_conditions(block: str) -> None:
    assert outcome(compile_here, docx(p(BLOCKS[block]))) is None


BOMBS = {n for n in PAYLOADS if n.endswith("_bomb")}
HARMLESS_WHEN_TRUSTED = {
    "list_append",
    "concat",
    "add",
    "modulo",
    "floor",
    "minus",
    "negative",
    "call_method",
    "slice_call",
    "dictionary",
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("payload", sorted(set(PAYLOADS) - BOMBS - HARMLESS_WHEN_TRUSTED))
def test_a_trusted_template_cannot_reach_the_program_either(payload: str, place: str) -> None:
    document = outcome(compile_template, PLACES[place]("{{ " + PAYLOADS[payload] + " }}"))
    assert document is None


@pytest.mark.parametrize("payload", ["list_append", "dict_update"])
def test_no_template_changes_the_data(payload: str) -> None:
    context = {"名": "甲", "组": {"名": "乙"}, "列": ["一", "二"]}
    assert refusals(compile_template(docx(p("{{ " + PAYLOADS[payload] + " }}"))), context)
    assert context == CONTEXT


ALLOWED = {
    "text": ("{{ 名 }}", "甲"),
    "field": ("{{ 组.名 }}{{ 组['名'] }}", "乙乙"),
    "index": ("{{ 列[0] }}", "一"),
    "loop": ("{% for 项 in 列 %}{{ loop.index }}{{ 项 }}{% if not loop.last %}、{% endif %}{% endfor %}", "1一、2二"),
    "filters": ("{{ 列|join('和') }}{{ 列|length }}{{ 没有|default('无') }}{{ 列|first }}", "一和二2无一"),
    "tests": ("{% if 没有 is defined %}有{% elif 名 == '甲' and 列 %}甲{% else %}无{% endif %}", "甲"),
    "choice": ("{{ '是' if 名 in ['甲'] else '否' }}", "是"),
}


@pytest.mark.parametrize("kind", ALLOWED)
def test_an_untrusted_template_may_name_loop_and_choose(kind: str) -> None:
    tag, text = ALLOWED[kind]
    assert paragraphs(compile_here(docx(p(tag)), name="a").fill(CONTEXT)) == [text]


def test_docxtpls_own_column_tags_stay_allowed() -> None:
    from tests.word_package.building import table

    cell = '<w:tc><w:tcPr><w:tcW w:w="1" w:type="dxa"/><w:gridSpan w:val="2"/></w:tcPr>' + p("{% hm %}横") + "</w:tc>"
    source = docx(table(("{%tc for 字 in 列 %}", cell, "{%tc endfor %}")))
    assert b'w:gridSpan w:val="4"' in parts(compile_here(source, name="a").fill(CONTEXT))["word/document.xml"]


SOURCE = docx(p("{{ 名 }}") + p("{{p 段 }}") + p("{%p for 项 in 列 %}") + p("{{ 项 }}") + p("{%p endfor %}"))


def test_an_untrusted_template_is_filled_in_a_child_process() -> None:
    template = compile_template(SOURCE, name="模板.docx", untrusted=True)
    extra = ExtraPart("customXml/item1.xml", b"<a/>", None, "http://example.org/data")
    context = {"名": "甲 & {{ 乙 }}", "段": Markup("<w:p><w:r><w:t>段</w:t></w:r></w:p>"), "列": ["一", "二"]}
    document = template.fill(context, attach=[extra])
    assert paragraphs(document) == ["甲 & {{ 乙 }}", "段", "一", "二"]
    assert parts(document)["customXml/item1.xml"] == b"<a/>"
    assert document == compile_template(SOURCE, name="模板.docx").fill(context, attach=[extra])


def test_its_names_are_compared_in_the_child_too() -> None:
    template = compile_template(docx(p("{{ 单立 }}")), name="模板.docx", untrusted=True)
    shape = Record({"单位": (Text(), "单位"), "段": (Trusted(), ""), "列": (Listing(Anything()), "")})
    (found,) = template.check(shape)
    assert (found.code, found.hint) == ("template-unknown-name", "是不是“单位”？")
    assert found.place is not None and (found.place.file, found.place.paragraph) == ("模板.docx", 1)


def test_findings_of_the_child_come_back_whole() -> None:
    with pytest.raises(TemplateError) as caught:
        compile_template(docx(p("{{ 7**9 }}") + p("{{ 名.upper() }}")), name="模板.docx", untrusted=True)
    assert {d.code for d in caught.value.diagnostics} == {"template-forbidden-syntax"}
    assert [d.place.paragraph for d in caught.value.diagnostics if d.place] == [1, 2]


@pytest.mark.parametrize(
    "value",
    [pytest.param(10**5000, id="long"), RichText("x"), Picture(b"x"), 1.5, None, object(), {"$xml": "<w:p/>"}, b"x"],
)
def test_only_plain_data_reaches_an_untrusted_template(value: object) -> None:
    with pytest.raises(TemplateError) as caught:
        confinement.fill_confined(SOURCE, "模板.docx", {"组": {"值": [value]}})
    assert [(d.code, d.place.field) for d in caught.value.diagnostics if d.place] == [
        ("template-untrusted-value", "组.值[1]")
    ]


CHILD = "from planwriter.template.confined import limit_resources; limit_resources({}, {}); {}"


def in_limits(memory: int, seconds: int, act: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", CHILD.format(memory, seconds, act)],
        capture_output=True,
        env=confinement._surroundings(),
        timeout=60,
        check=False,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="no resource limits on Windows; the wall limit holds there")
def test_the_child_has_little_memory_little_time_and_no_files(tmp_path: Any) -> None:
    assert b"MemoryError" in in_limits(2**30, 10, "b'a' * (2 << 30)").stderr
    assert in_limits(2**30, 1, "exec('while True: pass')").returncode != 0
    target = tmp_path / "x"
    assert in_limits(2**30, 10, f"open({str(target)!r}, 'w').write('x' * 10000)").returncode != 0
    assert not target.exists() or target.stat().st_size == 0


def test_a_system_without_resource_limits_fills_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resource", None)  # as on Windows, where the wall limit alone holds
    confined.limit_resources(1, 1)
    assert b"done" in in_limits(2**30, 10, "import sys; sys.stdout.write('done')").stdout


def test_loops_that_fill_the_memory_are_stopped_before_they_do() -> None:
    loops = "{% for x in 列 %}" * 12 + "字" * 50 + "{% endfor %}" * 12
    found = refusals(compile_template(docx(p(loops)), untrusted=True), {"列": [str(n) for n in range(20)]})
    assert [d.code for d in found] == ["template-result-too-large"]


def test_a_child_that_hangs_is_ended_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(*_: object, **options: Any) -> None:
        raise subprocess.TimeoutExpired("x", options["timeout"])

    monkeypatch.setattr(subprocess, "run", hang)
    with pytest.raises(TemplateError, match=f"{confinement.WALL_LIMIT} 秒"):
        confinement.fill_confined(SOURCE, "模板.docx", {})


def test_a_child_that_dies_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], -9, b"", b""))
    with pytest.raises(TemplateError, match="内存或时间"):
        confinement.fill_confined(SOURCE, "模板.docx", {})


def test_what_is_forbidden_is_written_down_for_the_documentation() -> None:
    assert all(isinstance(line, str) and line for line in (*sandbox.FORBIDDEN, *sandbox.UNTRUSTED_FORBIDDEN))
    environment = sandbox.TagEnvironment()
    assert environment.globals == {}
    assert not set(sandbox.FORBIDDEN_FILTERS) & set(environment.filters)
    assert set(environment.filters) >= sandbox.UNTRUSTED_FILTERS
    assert set(environment.tests) >= sandbox.UNTRUSTED_TESTS
