"""Fills one template N times on each line "N" of standard input; run by the interpreter of the peer's own venv."""

import io
import json
import sys
import time
from pathlib import Path

from docxtpl import DocxTemplate  # the peer keeps docxtpl's import name


class Markup(str):
    """Finished paragraphs, as docxtpl takes them."""

    def __html__(self) -> str:
        return self


def revived(value: object) -> object:
    if isinstance(value, dict):
        return Markup(value["markup"]) if set(value) == {"markup"} else {k: revived(v) for k, v in value.items()}
    return [revived(one) for one in value] if isinstance(value, list) else value


def main() -> None:
    template, context, output = map(Path, sys.argv[1:])
    source, text = template.read_bytes(), context.read_text(encoding="utf-8")

    def made() -> tuple[float, bytes]:
        data = revived(json.loads(text))
        begun = time.process_time()
        out, document = io.BytesIO(), DocxTemplate(io.BytesIO(source))
        document.render(data, autoescape=True)
        document.save(out)
        return (time.process_time() - begun) * 1000, out.getvalue()

    output.write_bytes(made()[1])
    print("ready", flush=True)
    for line in sys.stdin:
        print(json.dumps([made()[0] for _ in range(int(line))]), flush=True)


main()
