"""What is said where the libraries of the calendar are not installed."""

from __future__ import annotations

from planwriter.diagnostic import Diagnostic, UsageError


def lacking(library: str) -> UsageError:
    """The error for a library that is not there, with the line that installs it."""
    return UsageError(
        Diagnostic("calendar-no-library", f"没有安装 {library}，算不出农历日期和放假安排", expected=library,
                   hint="运行：pip install 'planwriter[calendar]'")
    )  # fmt: skip
