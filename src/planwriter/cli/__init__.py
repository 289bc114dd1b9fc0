"""The command line: arguments, printing and exit status; every decision is taken below, in ``actions``."""

from planwriter.cli.entry import main

__all__ = ["main"]
