"""docxtpl tags as paragraphs and runs: every tag in a run of its own, in the style of what it prints."""

from __future__ import annotations

from planwriter.template.drawing.paragraphs import blanks, paragraph, run, tab

_LEVELS = "一二三四"


def value(name: str, style: str | None = None) -> str:
    """A run printing a value."""
    return run(f"{{{{ {name} }}}}", style=style)


def printed(role_id: str, *names: str) -> str:
    """A paragraph printing values one after the other."""
    return paragraph(role_id, *map(value, names))


def inserted(name: str) -> str:
    """A paragraph that finished paragraphs take the place of."""
    return paragraph("tag", run(f"{{{{p {name} }}}}"))


def command(text: str) -> str:
    """A paragraph holding a command; it vanishes from the document."""
    return paragraph("tag", run(f"{{%p {text} %}}"))


def where(condition: str, *content: str) -> str:
    """Content that is there only under a condition."""
    return command(f"if {condition}") + "".join(content) + command("endif")


def optional(role_id: str, name: str) -> str:
    """A paragraph printing a value, left out when there is none."""
    return where(name, printed(role_id, name))


def each(item: str, items: str, *content: str) -> str:
    """Content repeated for every item."""
    return command(f"for {item} in {items}") + "".join(content) + command("endfor")


def blocks(items: str) -> str:
    """The paragraphs and tables of a text, each in the style of its kind."""
    branches = [("正文", printed("body", "块.文")), *_level_branches(), ("成品", inserted("块.成品"))]
    words = ["if"] + ["elif"] * (len(branches) - 1)
    chosen = [
        command(f'{word} 块.类 == "{kind}"') + content for word, (kind, content) in zip(words, branches, strict=True)
    ]
    return each("块", items, *chosen, command("endif"))


def attachments() -> str:
    """Each attachment on a page of its own: label on row 1, title on row 3; or the title alone (7.3.7)."""
    labelled = printed("attachment_label", "附.标签") + blanks(1) + printed("title", "附.标题")
    unlabelled = printed("title_new_page", "附.标题")
    head = command("if 附.标签") + labelled + command("else") + unlabelled + command("endif")
    return each("附", "附件", head, optional("subtitle", "附.题注"), blanks(1), blocks("附.正文"))


def tabbed(role_id: str, *pieces: tuple[str, ...]) -> str:
    """A paragraph whose pieces stand at the tab stops of its style."""
    return paragraph(role_id, tab().join("".join(piece) for piece in pieces))


def _level_branches() -> list[tuple[str, str]]:
    found = []
    for level, word in enumerate(_LEVELS, 1):
        lead = f"lead_{level}"
        found += [
            (f"{word}级标题", printed(f"heading_{level}", "块.序", "块.文")),
            (f"{word}级接排", _run_in(f"run_in_{level}", lead)),
            (f"{word}级条目", printed(f"item_{level}", "块.序", "块.文")),
        ]
    return found


def _run_in(role_id: str, lead: str) -> str:
    return paragraph(role_id, value("块.序", lead), value("块.引题", lead), value("块.文"))
