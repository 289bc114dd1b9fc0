"""The command for many units at once, and what it shows while it runs."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from planwriter.cli.options import (
    PATH,
    PATH_OR_ADDRESS,
    argument,
    option,
    profile_file_option,
    profile_option,
    reported,
    untrusted_option,
)
from planwriter.cli.outcome import Outcome
from planwriter.cli.pages import ChineseCommand

if TYPE_CHECKING:  # the room of batches is opened by the command alone
    from planwriter.batch.running import Progress, Unit
    from planwriter.batch.whole import Summary

SOME_FAILED = 4
_TICK = 0.2


@click.command(
    "batch",
    cls=ChineseCommand,
    options_metavar="[选项]",
    short_help="把许多份表单、或一份名册，一次写成许多份文档。",
    help="把许多份表单，或名册里的每一行，一次写成许多份文档。一份有错不影响别的；"
    "中途断电、中断以后加 --resume 接着做，做完的不会重做。"
    "名册每行一个单位，套用 --base 指定的共用表单：表单里的 {{列名}} 换成这一行的内容，"
    "列名写成“月度安排[3].活动”这样，就替换那一项。",
)
@argument(
    "sources",
    "来源…",
    "表单文件、文件夹、带 * 的文件名、压缩包（.zip）；名册（.xlsx、.xls、.csv）；每行一个对象的 .jsonl。"
    "可以写几个，也可以是地址，例如 s3://桶/报送。",
    type=PATH_OR_ADDRESS,
    nargs=-1,
    required=True,
)
@option(
    "-o",
    "--output",
    metavar="文件夹",
    type=PATH_OR_ADDRESS,
    required=True,
    help="文档存到哪个文件夹，没有就新建；也可以是地址，例如 s3://桶/2027年。",
)
@option("--base", metavar="表单", type=PATH_OR_ADDRESS, help="名册每一行套用的共用表单。")
@option(
    "--name",
    metavar="写法",
    help="文档怎样起名，例如 {镇}/{单位简称}{期间}{文种}.docx：花括号里写列名，或 单位简称、期间、文种、标题、"
    "序号、文件名、模板；斜线前面的是文件夹。重名的加上 (2)、(3)。",
)
@option(
    "--template",
    "templates",
    metavar="模板",
    multiple=True,
    help="用哪个模板，写几次就每份各写成几种；名册里有“模板”一列时以那一列为准。",
)
@profile_option
@profile_file_option
@option(
    "--jobs", "workers", metavar="个数", type=click.IntRange(1), help="同时用几个进程，不写就和处理器的核数一样多。"
)
@option("--dask", metavar="地址", help="交给 dask 集群的各台机器去写，地址是调度器的，例如 tcp://10.0.0.1:8786。")
@option(
    "--manifest",
    metavar="文件夹",
    type=PATH,
    help="批量的清单存在哪个文件夹；不写就在输出文件夹里，输出是地址时在当前文件夹里另建一个。",
)
@option("--resume", is_flag=True, help="接着上次做：只做还没做的、来源改过的和上次没写成的。空文件夹也可以用。")
@option("--zip", "zipped", is_flag=True, help="再按第一层文件夹各打一个压缩包。")
@option("--merge", "merged", is_flag=True, help="再把全部文档合成一份“合订.docx”，每份另起一页。")
@option("--report", is_flag=True, help="给有错误、有待填的每个单位写一页退回单，放在“退回”文件夹里。")
@option(
    "--list",
    "listed",
    metavar="格式",
    multiple=True,
    type=click.Choice(["csv", "xlsx", "json"]),
    help="再写一份“清单”，每个单位一行：文件、结果、问题；格式是 csv、xlsx 或 json。",
)
@option("--small", is_flag=True, help="文档压得小一些，写得慢一些。")
@option("--strict", is_flag=True, help="还有没填的项目的，不生成文档。")
@untrusted_option
@option("--force", is_flag=True, help="从头做起，文件夹里同名的文件也用新的覆盖。")
@reported
def batch(sources: tuple[Path | str, ...], output: Path | str, untrusted_template: bool, **choices: Any) -> Outcome:
    """Documents for many units."""
    from planwriter.batch.whole import batch as make

    context = click.get_current_context()
    if context.params["as_json"]:
        choices["on_unit"] = _lines(context.obj)
    line = ProgressLine(sys.stderr)
    try:
        summary = make(sources, output, untrusted=untrusted_template, on_event=line.show, **choices)
    finally:
        line.clear()
    return _outcome(summary, output)


def _outcome(summary: Summary, output: Path | str) -> Outcome:
    told = [*summary.told, *(one for unit in summary.failures for one in unit.diagnostics)]
    facts = {"output": str(output), "written": summary.written, "kept": summary.kept, "failed": summary.failed,
             "with_gaps": summary.gaps, "files": [str(path) for path in summary.files]}  # fmt: skip
    return Outcome(SOME_FAILED if summary.failed else 0, tuple(told), said=tuple(_said(summary, output)), facts=facts,
                   one_line=True)  # fmt: skip


def _said(summary: Summary, output: Path | str) -> list[str]:
    kept = f"，{summary.kept} 份以前已写成" if summary.kept else ""
    failed = f"，{summary.failed} 份没有写成" if summary.failed else ""
    said = [f"已写成 {summary.written} 份，在 {output}{kept}{failed}。"]
    if (more := summary.failed - len(summary.failures)) > 0:
        said.append(f"上面只列出前 {len(summary.failures)} 份的问题，还有 {more} 份；加 --list csv 可以得到全部。")
    if summary.gaps:
        said.append(f"{summary.gaps} 份里还有待填的项目。")
    if summary.doubtful and not summary.failed:
        said.append(f"{summary.doubtful} 份有提醒，加 --list csv 可以看到。")
    return [*said, *(f"已写成 {path}" for path in summary.files[:10]), *_more_files(summary)]


def _more_files(summary: Summary) -> list[str]:
    return [f"……共 {len(summary.files)} 个文件"] if len(summary.files) > 10 else []


def _lines(screen: TextIO) -> Callable[[Unit], None]:
    """Every settled unit as a line of JSON, at once."""

    def show(unit: Unit) -> None:
        one = unit.entry
        plain = {"unit": one.unit, "source": one.source, "at": one.at, "template": one.template, "output": one.output,
                 "status": "kept" if unit.kept else one.status, "gaps": one.gaps,
                 "diagnostics": [told.to_dict() for told in unit.diagnostics]}  # fmt: skip
        screen.write(json.dumps(plain, ensure_ascii=False) + "\n")

    return show


class ProgressLine:
    """One line of a terminal with bar, number, rate and the time that is left; nothing where there is no terminal."""

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream if stream is not None and stream.isatty() else None
        self._next = 0.0

    def show(self, now: Progress) -> None:
        """Show how far the run is, not more often than can be read."""
        if self._stream is None or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _TICK
        self._put(words(now))

    def clear(self) -> None:
        """Leave the line empty for what follows."""
        if self._stream is not None and self._next:
            self._put("")

    def _put(self, text: str) -> None:
        assert self._stream is not None
        try:
            self._stream.write(f"\r\x1b[K{text}")
            self._stream.flush()
        except OSError:  # nobody looks any more
            self._stream = None


def words(now: Progress) -> str:
    """Progress in words, such as ``█████░░░░░ 120/240 份，每秒 812 份，还要 1 秒``."""
    rate = (now.written + now.failed) / now.seconds if now.seconds > 0 else 0.0
    failed = f"，{now.failed} 份没有写成" if now.failed else ""
    if not now.total:
        return f"{now.finished} 份，每秒 {rate:.0f} 份{failed}"
    full = min(20, 20 * now.finished // now.total)
    rest = f"，还要 {max(0, now.total - now.finished) / rate:.0f} 秒" if rate else ""
    return f"{'█' * full}{'░' * (20 - full)} {now.finished}/{now.total} 份，每秒 {rate:.0f} 份{rest}{failed}"
