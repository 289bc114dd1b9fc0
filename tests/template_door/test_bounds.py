"""Templates that grow without bound are refused with a sentence, not with a fault."""

from __future__ import annotations

import pytest

from planwriter.diagnostic import TemplateError
from planwriter.template.opening import compile_template
from tests.own_templates import template_of

DEPTH = 6


@pytest.mark.parametrize("untrusted", [False, True])
def test_nested_loops_over_literal_text_are_bounded(untrusted: bool) -> None:
    loops = "{% for x in 行 %}" * DEPTH + "字" * 10 + "{% endfor %}" * DEPTH
    template = compile_template(template_of([loops]), untrusted=untrusted)
    with pytest.raises(TemplateError) as refused:
        template.fill({"行": [str(n) for n in range(14)]})
    assert [d.code for d in refused.value.diagnostics] == ["template-result-too-large"]


@pytest.mark.parametrize("tag", ["{{ " + "(" * 3000 + "名" + ")" * 3000 + " }}", "{{ 名" + "|upper" * 5000 + " }}"])
def test_a_tag_nested_beyond_reason_is_refused(tag: str) -> None:
    with pytest.raises(TemplateError):
        compile_template(template_of([tag]))
