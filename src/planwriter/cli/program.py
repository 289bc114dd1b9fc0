"""One run of the program: streams, language, the command, and what it comes to, also when all else fails."""

from __future__ import annotations

import contextlib
import gc
import io
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from planwriter.cli.interruption import Interruption
from planwriter.cli.language import prepare_streams, speak_chinese
from planwriter.cli.outcome import Outcome, answered, deliver, let_go, tell
from planwriter.cli.plain import plain_command
from planwriter.diagnostic import Diagnostic
from planwriter.files import reason

if TYPE_CHECKING:  # the plainest command is read without it
    import click

FAULT, UNWRITABLE = 70, 5


def run(arguments: Sequence[str] | None, interruption: Interruption) -> int:
    """Run a command and print what it comes to; the exit status. An interruption passes through."""
    prepare_streams()
    try:
        return _deliver(_outcome(arguments))
    except Exception as fault:
        if interruption.began(fault):
            raise
        return _deliver(_fault(fault, as_json=_wants_json(arguments)))


def _outcome(arguments: Sequence[str] | None) -> Outcome:
    plain = plain_command(sys.argv[1:] if arguments is None else arguments)
    return _commanded(arguments) if plain is None else answered(plain)


def _commanded(arguments: Sequence[str] | None) -> Outcome:
    import click

    from planwriter.cli.commands import planwriter

    if arguments is None:  # what was loaded stays; a command may run for hours
        gc.freeze()
        gc.enable()
    speak_chinese()

    # what click prints by itself, help, version and completion, is delivered like everything else
    screen, page = sys.stdout, io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n")
    try:
        with contextlib.redirect_stdout(page):
            came_of_it = planwriter.main(arguments, prog_name="planwriter", standalone_mode=False, obj=screen)
    except click.ClickException as misuse:
        return _misuse(misuse, as_json=_wants_json(arguments))
    except SystemExit as completed:
        came_of_it = completed.code
    if isinstance(came_of_it, Outcome):
        return came_of_it
    page.seek(0)
    return Outcome(int(came_of_it or 0), output=page.read())


def _deliver(outcome: Outcome) -> int:
    try:
        return deliver(outcome)
    except BrokenPipeError:  # the reader has seen enough, as with `| head`
        let_go(sys.stdout)
    except OSError as refusal:
        let_go(sys.stdout)
        tell([f"错误：结果写不到标准输出：{reason(refusal)}。"])
    return UNWRITABLE


def _misuse(misuse: click.ClickException, *, as_json: bool) -> Outcome:
    import click

    if isinstance(misuse, click.MissingParameter):
        misuse = click.UsageError(f"{misuse.format_message().rstrip('.')}。", misuse.ctx)
    if as_json:
        found = Diagnostic("cli-usage", misuse.format_message(), hint="planwriter --help")
        return Outcome(misuse.exit_code, (found,), as_json=True)
    page = io.StringIO()
    misuse.show(page)
    return Outcome(misuse.exit_code, said=(page.getvalue().rstrip("\n"),))


def _fault(fault: Exception, *, as_json: bool) -> Outcome:
    from planwriter.cli.fault_log import write_fault_log

    log = write_fault_log(fault)
    message = f"程序出了意外，经过记在日志 {log} 里" if log else "程序出了意外，日志也没能写成"
    hint = "请把日志发给维护者；里面没有表单的内容。" if log else "请把所用的命令告诉维护者。"
    return Outcome(FAULT, (Diagnostic("unexpected-fault", message, hint=hint),), facts={"log": log}, as_json=as_json)


def _wants_json(arguments: Sequence[str] | None) -> bool:
    return "--json" in (sys.argv[1:] if arguments is None else arguments)
