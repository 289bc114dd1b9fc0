import subprocess
import sys

import pytest

MODULES = [
    "numerals",
    "text",
    "dates",
    "stretch",
    "period",
    "deadline",
    "when",
    "joining",
    "title_words",
    "titles",
]


@pytest.mark.parametrize("module", MODULES)
def test_importing_a_module_loads_no_heavy_library(module: str) -> None:
    code = f"import sys, planwriter.chinese.{module}\nprint(*sorted({{'cn2an', 'budoux', 'babel'}} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_common_words_need_no_numeral_library() -> None:
    code = (
        "import sys\n"
        "from planwriter.chinese.deadline import read_deadline\n"
        "from planwriter.chinese.when import read_when\n"
        "for words in ('十二月底前', '第三季度', '2027年6月30日', '三四月'):\n"
        "    read_deadline(words), read_when(words)\n"
        "print('cn2an' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
