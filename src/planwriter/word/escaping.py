"""Text as XML text, and as the value of an attribute; the interpreter's own module loads a whole HTTP client."""

from __future__ import annotations


def escape(text: str) -> str:
    """The text with ``&``, ``<`` and ``>`` written as references."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quoted(text: str) -> str:
    """The text as an attribute value with its quotation marks; line breaks and tabs stay what they are."""
    safe = escape(text)
    for char, reference in (("\n", "&#10;"), ("\r", "&#13;"), ("\t", "&#9;"), ('"', "&quot;")):
        safe = safe.replace(char, reference)
    return f'"{safe}"'
