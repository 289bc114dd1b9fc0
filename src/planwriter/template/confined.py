"""The child process for untrusted templates: one task as JSON on stdin, one answer as JSON on stdout."""

from __future__ import annotations

import base64
import json
import sys
from typing import Any

from planwriter.diagnostic import Diagnostic, PlanwriterError


def limit_resources(memory: int, seconds: int) -> None:
    """Bound this process's memory (bytes) and processor time where the system offers it."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def answer(task: dict[str, Any]) -> dict[str, Any]:
    """Do the task's verb: ``compile``, ``check`` or ``fill``."""
    from planwriter.template.compiled import compile_here
    from planwriter.template.crossing import revived, revived_parts, revived_shape

    template = compile_here(base64.b64decode(task["source"]), name=task["name"])
    if task["verb"] == "check":
        return {"found": [d.to_dict() for d in template.check(revived_shape(task["shape"]))]}
    if task["verb"] == "fill":
        document = template.fill(
            revived(task["context"]),
            attach=revived_parts(task["attach"]),
            small=task["small"],
            laid_out=task["laid_out"],
        )
        return {"document": base64.b64encode(document).decode("ascii")}
    return {"names": sorted(template.names)}


def answered(task: dict[str, Any]) -> dict[str, Any]:
    """The answer, or the errors that took its place."""
    try:
        return answer(task)
    except PlanwriterError as fault:
        return {"errors": [d.to_dict() for d in fault.diagnostics]}
    except (MemoryError, RecursionError) as fault:
        worn = Diagnostic(
            "template-confined-stopped",
            f"不可信的模板在隔离进程里没有做完（{type(fault).__name__}）",
            hint="这份模板可能有意耗尽电脑的内存，请不要使用。",
        )
        return {"errors": [worn.to_dict()]}


def main() -> None:
    """Read the task, answer it."""
    from planwriter.template.confinement import CPU_LIMIT, MEMORY_LIMIT

    limit_resources(MEMORY_LIMIT, CPU_LIMIT)
    task = json.loads(sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(answered(task)).encode("ascii"))


if __name__ == "__main__":
    main()
