"""Options and arguments that several commands share, and what is said of a file that was written."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from planwriter.cli.outcome import Outcome, answered
from planwriter.cli.pages import Explained

PATH = click.Path(path_type=Path)


class _PathOrAddress(click.Path):
    """A path of this machine, or an address such as ``s3://桶/前缀`` as it is."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        is_address = isinstance(value, str) and ("://" in value or "::" in value)
        return value if is_address else super().convert(value, param, ctx)


PATH_OR_ADDRESS = _PathOrAddress(path_type=Path)
STANDARD_INPUT = STANDARD_OUTPUT = Path("-")


def option(*declarations: str, help: str, metavar: str | None = None, **attributes: Any) -> Callable[..., Any]:
    """An option with its Chinese help; ``metavar`` is what stands for its value there."""
    return click.option(*declarations, help=help, metavar=metavar, **attributes)


def argument(name: str, metavar: str, explanation: str, **attributes: Any) -> Callable[..., Any]:
    """An argument whose Chinese explanation stands in the help page."""
    return click.argument(name, cls=Explained, metavar=metavar, explanation=explanation, **attributes)


def reported(action: Callable[..., Outcome]) -> Callable[..., Outcome]:
    """Give a command ``--json``, and turn what it refuses into an outcome."""

    @click.option(
        "--json", "as_json", is_flag=True, help="把结果和所有问题作为一个 JSON 对象写到标准输出，供别的程序读取。"
    )
    @functools.wraps(action)
    def run(*arguments: Any, as_json: bool, **options: Any) -> Outcome:
        return answered(lambda: action(*arguments, **options))._replace(as_json=as_json)

    return run


force_option = option("--force", is_flag=True, help="输出文件已经存在时，用新的覆盖它；不加这一项就不会动已有的文件。")
profile_option = option(
    "--profile",
    metavar="名称[,名称]",
    help="选用版式，例如 windows 用 Windows 自带的字体，times 让数字和字母用 Times New Roman；几个名称用逗号隔开。",
)
profile_file_option = option(
    "--profile-file",
    metavar="文件",
    type=PATH,
    help="单位自己的版式文件（YAML），里面的名称可以写在 --profile 里；只有一种时不用写名称。",
)
untrusted_option = option(
    "--untrusted-template", is_flag=True, help="模板来历不明时加上这一项：只许用最简单的标记，并限制模板的大小。"
)


def saved(path: Path) -> Outcome:
    """What is said of a file that was written."""
    return Outcome(said=(f"已写成 {path}",), facts={"output": str(path)})
