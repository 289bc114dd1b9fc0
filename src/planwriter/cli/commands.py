"""The commands. Each one calls one verb of ``planwriter.actions``, which is imported only then."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from planwriter import __version__
from planwriter.cli.batch_command import batch
from planwriter.cli.options import (
    PATH,
    STANDARD_INPUT,
    STANDARD_OUTPUT,
    argument,
    force_option,
    option,
    profile_file_option,
    profile_option,
    reported,
    saved,
    untrusted_option,
)
from planwriter.cli.outcome import Outcome
from planwriter.cli.pages import ChineseGroup
from planwriter.cli.template_commands import template
from planwriter.cli.writing import left_to_fill, write_document
from planwriter.diagnostic import Diagnostic, FileError, Place, UsageError

_SETTINGS = {"help_option_names": ["-h", "--help"]}
_INPUT_NAME = "标准输入"
_EPILOG = """\
例子：
  planwriter new 工作计划 -o 计划.yaml      得到一份空白表单，用记事本填写
  planwriter write 计划.yaml -o 计划.docx   把填好的表单写成 Word 文档

要按 Tab 键补全命令，在终端的启动文件末尾加一行，再重新打开终端。
bash 的启动文件是 ~/.bashrc：
  eval "$(_PLANWRITER_COMPLETE=bash_source planwriter)"
zsh 的启动文件是 ~/.zshrc：
  eval "$(_PLANWRITER_COMPLETE=zsh_source planwriter)"
fish 的启动文件是 ~/.config/fish/config.fish：
  _PLANWRITER_COMPLETE=fish_source planwriter | source

退出状态：0 完成；1 表单有错误；2 用法不对；3 模板不能用；4 批量里有没写成的；
5 文件读不了或写不了；130 被中断；70 程序出了意外。
"""


@click.group(
    cls=ChineseGroup,
    context_settings=_SETTINGS,
    epilog=_EPILOG,
    options_metavar="[选项]",
    subcommand_metavar="命令 [参数]…",
    help="从填好的表单生成符合 GB/T 9704-2012 的工作计划、总结等文档（.docx）。",
)
@click.version_option(__version__, message="planwriter %(version)s", help="显示版本号后退出。")
def planwriter() -> None:
    """The group of all commands."""


@planwriter.command(
    options_metavar="[选项]",
    short_help="得到一份空白表单。",
    help="得到一份空白表单，每一项都有中文说明。文本（.yaml）用记事本就能填写，也可以是 Excel、Word 表格或 JSON，"
    "由文件名的结尾决定。单位的名称等写在单位文件里，就不用每次再填；"
    "还可以按单位的领域排出月度安排，当作草稿来改。",
)
@argument(
    "kind",
    "[种类]",
    "要写的文件种类，例如 年度计划、月度计划、总结、要点、方案、通知、报告、请示；不写就是工作计划。"
    "写“单位”就得到空白的单位文件。",
    required=False,
)
@option(
    "-o",
    "--output",
    metavar="文件",
    type=PATH,
    help="表单存成哪个文件，例如 计划.yaml、计划.xlsx、计划.docx、计划.json；不写就显示出来。",
)
@option("--unit", metavar="文件", type=PATH, help="单位文件：全称、简称、内设机构、机关代字、抄送机关等从这里填上。")
@option("--period", metavar="期间", help="填上期间，例如 2027年、2027年上半年、2026—2027学年第一学期。")
@option(
    "--months", is_flag=True, help="按纪念日、法定节假日和调休排出月度安排，当作草稿来改；要装 planwriter[calendar]。"
)
@option(
    "--field", metavar="领域", help="按哪一类单位来排，例如 妇联、工会、学校、医院、社区、村；不写就按单位的名称判断。"
)
@option("--holidays", metavar="文件", type=PATH, help="放假安排文件（YAML），里面的年份以它为准。")
@option("--no-schema", is_flag=True, help="不在 YAML 表单旁边存 planwriter.schema.json（编辑器凭它提示和检查）。")
@option("--roster", is_flag=True, help="得到给许多单位用的总表，一行一个单位；只能是 Excel 文件，例如 总表.xlsx。")
@option("--full", is_flag=True, help="列出所有能填的项目，不写这一项就只列常用的。")
@force_option
@reported
def new(kind: str | None, output: Path | None, no_schema: bool, force: bool, **choices: Any) -> Outcome:
    """A blank form."""
    from planwriter import actions

    choices["today"] = date.today()
    if output is None or output == STANDARD_OUTPUT:
        made = actions.blank(kind, **choices)
        form = made.data.decode("utf-8")
        return Outcome(0, made.diagnostics, output=form, facts={"form": form})
    made = actions.write_new(kind, output, force=force, schema=not no_schema, **choices)
    return saved(output)._replace(diagnostics=made.diagnostics)


@planwriter.command(
    options_metavar="[选项]",
    short_help="把填好的表单写成 Word 文档。",
    help="把填好的表单写成符合公文格式的 Word 文档。表单有错误时不写，并一次列出全部错误；"
    "没有填的项目在文档里突出显示，并列出来。",
)
@argument("form", "表单", "填好的表单文件，例如 计划.yaml；写“-”就从标准输入读取。", type=PATH)
@option(
    "-o",
    "--output",
    metavar="文件",
    type=PATH,
    required=True,
    help="文档存成哪个文件，例如 计划.docx；写“-”就送到标准输出，供别的程序接着用。",
)
@option(
    "--template",
    metavar="模板",
    help="用哪个模板：内置模板的名称（如 plan、notice、letter），或者自己的 .docx 模板文件；不写就按表单选内置模板。",
)
@profile_option
@profile_file_option
@option("--pdf", is_flag=True, help="把页面也存成 PDF，放在文档旁边，例如 计划.pdf；要装有 Word、WPS 或 LibreOffice。")
@option("--png", is_flag=True, help="把每一面也存成图片，放在文档旁边，例如 计划-1.png。")
@option(
    "--finish/--no-finish",
    default=None,
    help="排成页面看一遍，并调整：版记排在双面，层次标题不落在面末，署名、日期不独占一面。"
    "有版记的文档，或者用了 --pdf、--png，自动这样做；--no-finish 就不做，写得快些。",
)
@option("--strict", is_flag=True, help="表单还有没填的项目时，不生成文档。")
@option("--comments", is_flag=True, help="在文档里每一处没填的地方加一条批注，说明缺什么；写定稿时不用。")
@untrusted_option
@force_option
@reported
def write(form: Path, output: Path, force: bool, pdf: bool, png: bool, finish: bool | None, **choices: Any) -> Outcome:
    """A document from a form."""
    from planwriter import actions

    if output == STANDARD_OUTPUT:
        _refuse_misplaced_output()
    given: Path | bytes = form
    if form == STANDARD_INPUT:
        given, choices["name"] = _read_standard_input(), _INPUT_NAME
    if output == STANDARD_OUTPUT:
        _refuse_pages_beside_nothing(pdf or png)
        made = actions.compose(given, finish=bool(finish), **choices)
        return Outcome(0, tuple(made.diagnostics), output=made.data, said=left_to_fill(made.placeholders))
    return write_document(given, output, force=force, pdf=pdf, png=png, finish=finish, **choices)


def _read_standard_input() -> bytes:
    from planwriter.files import read_stream

    if sys.stdin is None:
        place, hint = Place(file=_INPUT_NAME), "写出表单的文件名。"
        raise FileError(Diagnostic("file-no-input", "标准输入是关着的，读不到表单", place=place, hint=hint))
    return read_stream(sys.stdin.buffer, _INPUT_NAME)


def _refuse_pages_beside_nothing(asked: bool) -> None:
    if asked:
        raise UsageError(
            Diagnostic("cli-pages-nowhere", "文档送到标准输出时，没有地方放 PDF 和图片", hint="用 -o 写一个文件名。")
        )


def _refuse_misplaced_output() -> None:
    """A document is no text: it must not go to a screen (the context's object), nor share the output with JSON."""
    context = click.get_current_context()
    if context.params["as_json"]:
        raise UsageError(
            Diagnostic("cli-output-taken", "文档和 JSON 不能都写到标准输出", hint="用 -o 写一个文件名，或去掉 --json。")
        )
    if context.obj is not None and context.obj.isatty():
        raise UsageError(Diagnostic("cli-output-terminal", "文档不能显示在终端里", hint="用 -o 写一个文件名。"))


@planwriter.command(
    options_metavar="[选项]",
    short_help="逐段显示一份文档写了什么、用什么字体字号。",
    help="逐段显示一份 Word 文档：页面、每段的样式名称、字体、字号、大纲级别和文字。任何 .docx 都可以看。",
)
@argument("document", "文档", "要看的 Word 文档（.docx）。", type=PATH)
@reported
def show(document: Path) -> Outcome:
    """What a document says."""
    from planwriter import actions

    shown = actions.show(document)
    return Outcome(output=shown.to_text(), facts=shown.to_dict())


@planwriter.command(
    options_metavar="[选项]",
    short_help="看看这台电脑缺不缺字体。",
    help="看看版式要用的字体这台电脑装了没有、没装的显示成什么，程序库的版本，有没有转换程序；"
    "写上表单或文档，还列出里面不在 GB 2312 里的字。只看不改。字体和程序库齐全时退出状态是 0，否则是 1。",
)
@argument("source", "[文件]", "表单（.yaml）或 Word 文档（.docx）；不写就只看电脑。", type=PATH, required=False)
@profile_option
@profile_file_option
@reported
def doctor(source: Path | None, **looks: Any) -> Outcome:
    """What the machine lacks."""
    from planwriter import actions

    found = actions.doctor(source, **looks)
    return Outcome(0 if found.sound else 1, output=found.to_text(), facts=found.to_dict())


@planwriter.command(
    options_metavar="[选项]",
    short_help="输出表单的 JSON Schema。",
    help="输出表单的 JSON Schema，编辑器可以凭它提示每一项怎么填。",
)
@option("-o", "--output", metavar="文件", type=PATH, help="存成哪个文件，例如 表单.schema.json；不写就显示出来。")
@option("--draft7", is_flag=True, help="写成 draft-07，给只认旧版本的编辑器；不写就是 2020-12。")
@force_option
@reported
def schema(output: Path | None, draft7: bool, force: bool) -> Outcome:
    """The JSON Schema of forms."""
    from planwriter import actions
    from planwriter.files import write_whole

    described = actions.schema(draft7=draft7)
    text = json.dumps(described, ensure_ascii=False, indent=2) + "\n"
    if output is None or output == STANDARD_OUTPUT:
        return Outcome(output=text, facts={"schema": described})
    write_whole(output, text.encode("utf-8"), force=force)
    return saved(output)


planwriter.add_command(batch)
planwriter.add_command(template)
