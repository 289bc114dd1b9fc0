"""Where the program starts and ends: streams, language, exit status, and what happens when all else fails."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence

import click

from planwriter.cli.language import prepare_streams, speak_chinese
from planwriter.cli.outcome import Outcome, deliver
from planwriter.diagnostic import Diagnostic
from planwriter.files import reason

INTERRUPTED, FAULT, UNWRITABLE = 130, 70, 5


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; ``arguments`` without the program's name, by default the process's own.

    Returns the exit status: 0 done, 1 findings of error severity or an invalid form, 2 wrong use,
    3 template refused, 5 a file cannot be read or written, 130 interrupted, 70 an unexpected fault.
    """
    prepare_streams()
    speak_chinese()
    try:
        return _deliver(_run(arguments))
    except (KeyboardInterrupt, click.Abort):
        click.echo("已中断。", err=True)
        return INTERRUPTED
    except Exception as fault:
        return _deliver(_fault(fault, as_json=_wants_json(arguments)))


def _run(arguments: Sequence[str] | None) -> Outcome:
    from planwriter.cli.commands import planwriter

    try:
        came_of_it = planwriter.main(arguments, prog_name="planwriter", standalone_mode=False)
    except click.ClickException as misuse:
        return _misuse(misuse, as_json=_wants_json(arguments))
    return came_of_it if isinstance(came_of_it, Outcome) else Outcome(int(came_of_it or 0))


def _deliver(outcome: Outcome) -> int:
    try:
        return deliver(outcome)
    except BrokenPipeError:  # the reader has seen enough, as with `| head`
        _let_go_of_output()
    except OSError as refusal:
        _let_go_of_output()
        click.echo(f"错误：结果写不到标准输出：{reason(refusal)}。", err=True)
    return UNWRITABLE


def _let_go_of_output() -> None:
    """Else the interpreter tries once more to write what is left, and complains."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _misuse(misuse: click.ClickException, *, as_json: bool) -> Outcome:
    if isinstance(misuse, click.MissingParameter):
        misuse = click.UsageError(f"{misuse.format_message().rstrip('.')}。", misuse.ctx)
    if as_json:
        found = Diagnostic("cli-usage", misuse.format_message(), hint="planwriter --help")
        return Outcome(misuse.exit_code, (found,), as_json=True)
    misuse.show()
    return Outcome(misuse.exit_code)


def _fault(fault: Exception, *, as_json: bool) -> Outcome:
    from planwriter.cli.fault_log import write_fault_log

    log = write_fault_log(fault)
    message = f"程序出了意外，经过记在日志 {log} 里" if log else "程序出了意外，日志也没能写成"
    hint = "请把日志发给维护者；里面没有表单的内容。" if log else "请把所用的命令告诉维护者。"
    return Outcome(FAULT, (Diagnostic("unexpected-fault", message, hint=hint),), facts={"log": log}, as_json=as_json)


def _wants_json(arguments: Sequence[str] | None) -> bool:
    return "--json" in (sys.argv[1:] if arguments is None else arguments)
