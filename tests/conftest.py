"""In continuous integration nothing may be skipped: there, what is not tested is not known."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# A run of CI judges the change, not the luck of the draw: new examples are looked for everywhere else.
settings.register_profile("free", deadline=None)
settings.register_profile("same", deadline=None, derandomize=True)
settings.load_profile("same" if os.environ.get("CI") == "true" else "free")

IN_CI = "CI"


def _skipped(config: pytest.Config) -> list[str]:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    reports = reporter.stats.get("skipped", []) if reporter is not None else []
    return [f"{report.nodeid}: {_reason(report.longrepr)}" for report in reports]


def _reason(told: object) -> str:
    return str(told[2]) if isinstance(told, tuple) else str(told)


def _forbidden() -> bool:
    return os.environ.get(IN_CI) == "true"


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A skipped test fails the session where the environment variable CI is ``true``."""
    if _forbidden() and exitstatus == pytest.ExitCode.OK and _skipped(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Names what failed the session by being skipped."""
    if _forbidden() and (found := _skipped(config)):
        terminalreporter.section("skipped, which CI does not allow", red=True)
        for line in found:
            terminalreporter.write_line(line)
