"""Everything in the repository that is generated from code: run this script after a change.

Each generator returns the content of one file; a test holds the files equal to what is generated.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_MESSAGES = ROOT / "src/planwriter/cli/locale/zh_CN/LC_MESSAGES"

_CLI_HEAD = """\
# 命令行

<!-- 由 docs/generate.py 从命令的说明生成，请勿手改。 -->

结果写到标准输出（UTF-8），提醒和错误写到标准错误。文件总是先写在旁边、写完再换上，已有的文件不加 `--force` 不会被覆盖；
表单和模板本身、文件夹、设备和管道，加了也不会。标准错误写不出去时，退出状态照旧说明事情办成没有。

| 退出状态 | 含义 |
|---|---|
| 0 | 完成 |
| 1 | 表单有错误 |
| 2 | 用法不对，或者输出文件已经存在 |
| 3 | 模板不能用 |
| 4 | 批量里有没写成的，其余都已写成 |
| 5 | 文件读不了或写不了 |
| 70 | 程序出了意外；日志的位置会显示出来，里面没有表单的内容 |
| 130 | 被中断 |

加上 `--json`，每个命令都只在标准输出写一个 JSON 对象（`batch` 每份写一行，最后一行说全部）：
`status` 是退出状态，`diagnostics` 是全部问题
（`code` 代码、`severity` 轻重、`message` 说明、`place` 位置、`found` 原来写的、`expected` 应当怎样、
`hint` 怎么改、`source` 依据），其余各项随命令而定。
"""

_COMPLETION = """
## 按 Tab 键补全命令

在终端的启动文件末尾加一行，再重新打开终端：

| 终端 | 启动文件 | 加的一行 |
|---|---|---|
| bash | `~/.bashrc` | `eval "$(_PLANWRITER_COMPLETE=bash_source planwriter)"` |
| zsh | `~/.zshrc` | `eval "$(_PLANWRITER_COMPLETE=zsh_source planwriter)"` |
| fish | `~/.config/fish/config.fish` | `_PLANWRITER_COMPLETE=fish_source planwriter \\| source` |
"""


def cli_md() -> bytes:
    """docs/cli.md, from the commands themselves."""
    import click

    from planwriter.cli.commands import planwriter

    def pages(command: click.Command, path: str) -> Iterator[str]:
        if isinstance(command, click.Group):
            for name, below in command.commands.items():
                yield from pages(below, f"{path} {name}")
        else:
            yield _command_page(command, path)

    return (_CLI_HEAD + "".join(pages(planwriter, "planwriter")) + _COMPLETION).encode()


def _command_page(command: object, path: str) -> str:
    import click

    assert isinstance(command, click.Command)
    with click.Context(command, info_name=path) as context:
        usage = " ".join(command.collect_usage_pieces(context))
        rows = "".join(f"| {_code(names)} | {_cell(words)} |\n" for names, words in _parameters(command, context))
    return f"\n## {path}\n\n{command.help}\n\n    {path} {usage}\n\n| 参数或选项 | 含义 |\n|---|---|\n{rows}"


def _parameters(command: object, context: object) -> Iterator[tuple[str, str]]:
    import click

    from planwriter.cli.pages import Explained

    assert isinstance(command, click.Command)
    assert isinstance(context, click.Context)
    for parameter in command.params:
        if isinstance(parameter, Explained):
            yield parameter.human_readable_name, parameter.explanation
        elif isinstance(parameter, click.Option):
            needed = "必须写。" if parameter.required else ""
            yield f"{', '.join(parameter.opts)} {parameter.metavar or ''}".strip(), needed + (parameter.help or "")


def _code(text: str) -> str:
    return f"`{text}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def messages_mo() -> bytes:
    """The compiled messages of click in Chinese, from messages.po; alike under every version of babel."""
    from babel.messages import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    class Undated(Catalog):
        mime_headers = [("Content-Type", "text/plain; charset=utf-8"), ("Plural-Forms", "nplurals=1; plural=0;")]  # noqa: RUF012

    with (_MESSAGES / "messages.po").open("rb") as source:
        read = read_po(source, locale="zh_CN", abort_invalid=True)
    undated = Undated(locale="zh_CN")
    for message in read:
        if message.id:
            undated[message.id] = message
    compiled = io.BytesIO()
    write_mo(compiled, undated)
    return compiled.getvalue()


def form_md() -> bytes:
    """docs/form.md, from the models."""
    from docs.generating import form_page

    return form_page.form_md()


def template_md() -> bytes:
    """docs/template.md, from the contract of the context, the roles and the sandbox."""
    from docs.generating import template_page

    return template_page.template_md()


def terms_md() -> bytes:
    """docs/terms.md, from the models and the standard's data."""
    from docs.generating import terms_page

    return terms_page.terms_md()


def errors_md() -> bytes:
    """docs/errors.md, from the source."""
    from docs.generating import errors_page

    return errors_page.errors_md()


def calendar_md() -> bytes:
    """docs/calendar.md, from the table of observances."""
    from docs.generating import calendar_page

    return calendar_page.calendar_md()


def modules_md() -> bytes:
    """docs/modules.md, from the modules' docstrings."""
    from docs.generating import modules_page

    return modules_page.modules_md()


def schema_json(dialect: str) -> bytes:
    """A JSON Schema of forms, from the models."""
    from planwriter.form.schema_file import schema_text

    return schema_text(dialect).encode()


def standard_md() -> bytes:
    """docs/standard.md, from the standard's data."""
    from docs.generating import standard_page

    return standard_page.standard_md()


GENERATED: dict[Path, Callable[[], bytes]] = {
    _MESSAGES / "messages.mo": messages_mo,
    ROOT / "docs/cli.md": cli_md,
    ROOT / "docs/form.md": form_md,
    ROOT / "docs/template.md": template_md,
    ROOT / "docs/terms.md": terms_md,
    ROOT / "docs/errors.md": errors_md,
    ROOT / "docs/modules.md": modules_md,
    ROOT / "docs/calendar.md": calendar_md,
    ROOT / "schemas/planwriter.schema.json": partial(schema_json, "2020-12"),
    ROOT / "schemas/planwriter.draft7.schema.json": partial(schema_json, "draft-07"),
    ROOT / "docs/standard.md": standard_md,
}
"""Every generated file with what makes it."""


def main() -> None:
    """Write every generated file that is stale."""
    for path, make in GENERATED.items():
        content = make()
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
