"""The rule of tests/conftest.py: a skipped test fails the session where CI is ``true``, and only there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

RULE = Path(__file__).parent.parent / "conftest.py"
PASSING = "def test_a(): pass\n"
FAILING = "def test_a(): assert False\n"
SKIPPING = {
    "called": "import pytest\ndef test_a(): pytest.skip('no office')\n",
    "marked": "import pytest\n@pytest.mark.skipif(True, reason='no office')\ndef test_a(): pass\n",
    "whole": "import pytest\npytest.skip('no office', allow_module_level=True)\n",
}


def session(folder: Path, tests: Mapping[str, str], ci: str | None, *options: str) -> tuple[int, str]:
    """Exit status and output of a session under the rule; a passing test is always among the tests."""
    shutil.copy(RULE, folder / "conftest.py")
    for name, content in {"passing": PASSING, **tests}.items():
        (folder / f"test_{name}.py").write_text(content, "utf-8")
    environment = {k: v for k, v in os.environ.items() if k != "CI" and not k.startswith("PYTEST")}
    environment |= {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", **({} if ci is None else {"CI": ci})}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(folder), *options]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def test_a_skipped_test_fails_the_session_in_ci_and_is_named_with_its_reason(tmp_path: Path) -> None:
    status, said = session(tmp_path, SKIPPING, "true")
    assert status == pytest.ExitCode.TESTS_FAILED
    named = said.partition("skipped, which CI does not allow")[2]
    assert all(f"test_{kind}.py" in named for kind in SKIPPING)
    assert named.count("no office") == len(SKIPPING)


def test_a_test_skipped_by_a_worker_fails_the_session_too(tmp_path: Path) -> None:
    status, said = session(tmp_path, SKIPPING, "true", "-p", "xdist", "-n", "1")
    assert status == pytest.ExitCode.TESTS_FAILED
    assert "test_called.py::test_a" in said.partition("does not allow")[2]


@pytest.mark.parametrize("ci", [None, "false"])
def test_elsewhere_a_skipped_test_fails_nothing(ci: str | None, tmp_path: Path) -> None:
    status, said = session(tmp_path, SKIPPING, ci)
    assert status == pytest.ExitCode.OK
    assert "does not allow" not in said


def test_in_ci_a_session_without_skips_passes(tmp_path: Path) -> None:
    assert session(tmp_path, {}, "true")[0] == pytest.ExitCode.OK


def test_a_failure_stays_a_failure_beside_a_skip(tmp_path: Path) -> None:
    status, said = session(tmp_path, {**SKIPPING, "failing": FAILING}, "true")
    assert status == pytest.ExitCode.TESTS_FAILED
    assert "1 failed" in said and "does not allow" in said
