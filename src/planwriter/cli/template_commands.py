"""The commands about templates: list, export, check."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from planwriter.cli.options import (
    PATH,
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
from planwriter.diagnostic import Severity

TEMPLATE_REFUSED = 3


@click.group(
    cls=ChineseGroup,
    options_metavar="[选项]",
    subcommand_metavar="命令 [参数]…",
    short_help="查看、导出和检查模板。",
    help="查看内置模板，导出一份来改，或检查自己的模板能不能用。",
)
def template() -> None:
    """The group of commands about templates."""


@template.command("list", options_metavar="[选项]", short_help="列出内置模板。", help="列出内置模板的名称和用途。")
@reported
def list_templates() -> Outcome:
    """The built-in templates."""
    from planwriter import actions

    known = actions.template_names()
    lines = "".join(f"{name}\t{use}\n" for name, use in known)
    return Outcome(output=lines, facts={"templates": [{"name": name, "description": use} for name, use in known]})


@template.command(
    "export",
    options_metavar="[选项]",
    short_help="把内置模板存成文件，在 Word 里修改。",
    help="把内置模板存成 .docx 文件，可以在 Word 或 WPS 里修改，再用 write 的 --template 选用。",
)
@argument("name", "名称", "内置模板的名称，用 planwriter template list 可以看到。")
@option("-o", "--output", metavar="文件", type=PATH, required=True, help="模板存成哪个文件，例如 我的模板.docx。")
@profile_option
@profile_file_option
@force_option
@reported
def export_template(name: str, output: Path, force: bool, **looks: Any) -> Outcome:
    """A built-in template as a file."""
    from planwriter import actions

    return saved(actions.export_template(name, output, force=force, **looks))


@template.command(
    "check",
    options_metavar="[选项]",
    short_help="检查自己的模板能不能用。",
    help="检查自己的模板：标记写得对不对、名称有没有写错、有没有宏等不安全的内容，一次列出全部问题。",
)
@argument("path", "模板", "要检查的模板文件（.docx）。", type=PATH)
@untrusted_option
@reported
def check_template(path: Path, untrusted_template: bool) -> Outcome:
    """Whether a template can be used."""
    from planwriter import actions

    found = tuple(actions.check_template(path, untrusted=untrusted_template))
    bad = any(one.severity is Severity.ERROR for one in found)
    said = "这个模板还不能用。" if bad else "这个模板可以用。"
    facts = {"template": str(path), "usable": not bad}
    return Outcome(TEMPLATE_REFUSED if bad else 0, found, said=(said,), facts=facts)
