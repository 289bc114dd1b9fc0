"""References such as ``{{单位简称}}`` in the texts of a shared form: compiled once, filled for every row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from jinja2 import TemplateError as JinjaFault
from jinja2 import TemplateSyntaxError, Undefined, UndefinedError, nodes
from jinja2.exceptions import SecurityError
from jinja2.meta import find_undeclared_variables

from planwriter.template import values
from planwriter.template.sandbox import FORBIDDEN_FILTERS, TagEnvironment


class BadReference(Exception):
    """An expression that cannot be used or filled; ``code``, Chinese reason and remedy go into a diagnostic."""

    def __init__(self, code: str, reason: str, hint: str | None = None) -> None:
        super().__init__(reason)
        self.code, self.reason, self.hint = code, reason, hint


class Reference:
    """One compiled expression; ``names`` are what it takes from the row."""

    def __init__(self, expression: str) -> None:
        self.expression = expression.strip()
        environment = _environment()
        try:
            tree = environment.parse("{{" + self.expression + "}}")
            self.names = frozenset(find_undeclared_variables(tree))
            _refuse_forbidden(tree)
            self._value: Callable[..., object] = environment.compile_expression(self.expression, False)
        except (TemplateSyntaxError, JinjaFault, RecursionError) as fault:
            said = getattr(fault, "message", None) or type(fault).__name__
            hint = "只写一列的名称，例如 {{单位简称}}；要写花括号本身，就写 {{ '{{' }}"
            raise BadReference("batch-reference-syntax", f"写法有误（{said}）", hint) from None

    def text(self, row: Mapping[str, object]) -> str:
        """The expression's text for a row; raises :class:`BadReference`."""
        try:
            return row_text(self._value(row))
        except values.Refused as refusal:
            raise BadReference("batch-reference-value", f"填不进去：{refusal.reason}", refusal.hint) from None
        except UndefinedError as fault:
            raise BadReference("batch-reference-unknown", f"没有这一列（{fault.message}）") from None
        except SecurityError:
            raise BadReference("batch-reference-forbidden", "想做不允许的事", "只能取这一行各列的内容") from None
        except (JinjaFault, ArithmeticError, TypeError, ValueError, LookupError, AttributeError) as fault:
            raise BadReference("batch-reference-failed", f"算不出来（{type(fault).__name__}）") from None


def row_text(value: object) -> str:
    """A cell's text as it goes into the shared form; raises ``values.Refused`` for what is no text or number."""
    if isinstance(value, Undefined):
        return str(value)
    if isinstance(value, str):
        if len(value) > values.FIELD_LIMIT:
            raise values.Refused("template-text-too-long", f"文字超过 {values.FIELD_LIMIT} 字", "分成几段或几项来写。")
        return str.__str__(value)
    if isinstance(value, bool | int | float | Decimal):
        return values.number_text(value)
    raise values.Refused("template-value-not-text", "值是一个列表或一组字段，不能放进一句话里", "换成文字。")


def _refuse_forbidden(tree: nodes.Template) -> None:
    for node in tree.find_all(nodes.Filter):
        if node.name in FORBIDDEN_FILTERS:
            message = f"不能用过滤器 {node.name}：{FORBIDDEN_FILTERS[node.name]}"
            raise BadReference("batch-reference-forbidden", message, "去掉“|”和后面的字")
    if any(tree.find(kind) is not None for kind in (nodes.Pow, nodes.Mul)):  # of a text it is one without bound
        raise BadReference("batch-reference-forbidden", "这里不能做乘法和乘方", "先在表里算好")


def _environment() -> TagEnvironment:
    """The sandbox of the tags, except that nothing is escaped: its results are texts of a form, not of a document."""
    environment = TagEnvironment()
    environment.autoescape = False
    return environment
