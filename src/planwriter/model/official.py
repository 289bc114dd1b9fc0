"""OfficialDocument: every element of GB/T 9704-2012 around a plan, or around a text of its own."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from planwriter.model.element import Element, item
from planwriter.model.items import Paragraphs
from planwriter.model.plan import WorkPlan
from planwriter.model.sections import Sections
from planwriter.model.text import Day, Text, Texts, choice, pattern
from planwriter.model.unfilled import placeholder


class Format(StrEnum):
    """The kinds of official document planwriter knows (Regulations, art. 8)."""

    NOTICE = "通知"
    REPORT = "报告"
    REQUEST = "请示"
    LETTER = "函"
    ORDER = "命令"
    MINUTES = "纪要"


class Urgency(StrEnum):
    """紧急程度 (GB/T 9704 7.2.3)."""

    EXTRA_URGENT = "特急"
    URGENT = "加急"


class AttachmentMode(StrEnum):
    """How a plan goes out under a document."""

    ISSUED_TEXT = "随文印发"
    ATTACHMENT = "附件"


class Seal(StrEnum):
    """How the sign-off is confirmed (GB/T 9704 7.3.5.1–7.3.5.3)."""

    SEAL = "盖章"
    NO_SEAL = "不盖章"
    SIGNATURE_SEAL = "签名章"


UPWARD = frozenset({Format.REPORT, Format.REQUEST})

CopyNumber = Annotated[str, pattern(r"\d{6}", "应当是六位数字", "000001", "GB/T 9704 7.2.1")]
Classification = Annotated[
    str,
    pattern(
        r"(绝密|机密|秘密)(★(\d+(年|个月|月|天|日)|长期))?",
        "应当是绝密、机密、秘密之一，期限写在★后面", "秘密★1年", "GB/T 9704 7.2.2",
    ),
]  # fmt: skip
DocumentNumber = Annotated[
    str,
    pattern(
        r"[^\d\s〔〕\[\]()（）【】﹝﹞]{1,12}〔(19|20)\d\d〕[1-9]\d*号",
        "不合发文字号的写法：机关代字、六角括号里的四位年份、不带“第”和虚位的序号，再加“号”",
        "青妇〔2026〕18号", "GB/T 9704 7.2.5",
    ),
]  # fmt: skip
UrgencyField = Annotated[Urgency, choice(Urgency)]
FormatField = Annotated[
    Format, choice(Format, **{"命令（令）": "命令", "令": "命令", "信函": "函", "会议纪要": "纪要"})
]
ModeField = Annotated[AttachmentMode, choice(AttachmentMode, 正式附件="附件")]


class OfficialDocument(Element):
    """An official document. ``plan`` is what it issues or attaches; ``text`` is its own."""

    format: FormatField = item("格式", "公文的文种。", "通知", default=Format.NOTICE, text_like=False)
    copy_number: CopyNumber | None = item("份号", "六位数字。", "000001", clause="GB/T 9704 7.2.1")
    security_classification: Classification | None = item(
        "密级", "绝密、机密、秘密，可加★和保密期限。", "秘密★1年", clause="GB/T 9704 7.2.2"
    )
    urgency: UrgencyField | None = item("紧急程度", "特急或加急。", "加急", clause="GB/T 9704 7.2.3", text_like=False)
    issuing_authorities: Texts = item(
        "发文机关", "发文机关；联合行文时主办机关写在最前。", "青江县妇女联合会", factory=list,
        clause="GB/T 9704 7.2.4",
    )  # fmt: skip
    authority_mark: Text | None = item(
        "发文机关标志",
        "红头上的字；不写就用发文机关加“文件”。",
        "青江县妇女联合会文件",
        clause="GB/T 9704 7.2.4",
        common=True,
    )
    document_number: DocumentNumber | None = item(
        "发文字号", "机关代字、年份、序号。", "青妇〔2026〕18号", clause="GB/T 9704 7.2.5", required=True
    )
    signatories: Texts = item("签发人", "上行文的签发人。", "陈静", factory=list, clause="GB/T 9704 7.2.6")
    title: Text | None = item(
        "标题",
        "公文标题：发文机关、事由、文种。",
        "关于印发2027年工作计划的通知",
        clause="GB/T 9704 7.3.1",
        common=True,
    )
    addressees: Texts = item(
        "主送机关", "发给哪些机关。", "各镇妇女联合会", factory=list, clause="GB/T 9704 7.3.2", required=True
    )
    text: Paragraphs = item(
        "正文",
        "公文自己的话，可分几段。",
        "现印发给你们，请认真执行。",
        factory=list,
        clause="GB/T 9704 7.3.3",
        required=True,
    )
    sections: Sections = item("章节", "公文正文的各部分。", "类型: 其他", factory=list, text_like=False)
    attachment_mode: ModeField | None = item(
        "附件方式",
        "计划随文印发（不写“附件”二字），还是作正式附件。",
        "随文印发",
        clause="GB/T 9704 7.3.7",
        text_like=False,
        common=True,
    )
    signature: Texts = item(
        "署名", "落款的机关；不写就用计划的署名。", "青江县妇女联合会", factory=list, clause="GB/T 9704 7.3.5"
    )
    issue_date: Day | None = item(
        "成文日期", "落款的日期；不写就用计划的成文日期。", "2026年12月20日", clause="GB/T 9704 7.3.5.4"
    )
    seal: Text = item(
        "印章", "盖章、不盖章、签名章，或印章图片的文件名。", "盖章", default=Seal.SEAL.value, clause="GB/T 9704 7.3.5"
    )
    remark: Text | None = item("附注", "附注，括号会自动加上。", "此件公开发布", clause="GB/T 9704 7.3.6")
    copy_to: Texts = item("抄送机关", "抄送的机关。", "县委办公室", factory=list, clause="GB/T 9704 7.4.2", common=True)
    printing_office: Text | None = item(
        "印发机关", "负责印发的机关。", "青江县妇女联合会办公室", clause="GB/T 9704 7.4.3", common=True
    )
    printing_date: Day | None = item(
        "印发日期", "送印的日期。", "2026年12月21日", clause="GB/T 9704 7.4.3", common=True
    )
    plan: WorkPlan | None = item("计划", "这份公文印发或附上的计划。", "标题: 2027年工作计划", text_like=False)

    @property
    def upward(self) -> bool:
        """Whether the paper goes to a superior and shows its signatories (7.2.6)."""
        return self.format in UPWARD

    @property
    def mark(self) -> str:
        """The authority mark: as given, else the first authority's name and 文件 (7.2.4)."""
        if self.authority_mark:
            return self.authority_mark
        organ = self.organ
        return f"{organ}文件" if organ else placeholder("发文机关标志")

    @property
    def organ(self) -> str:
        """The issuing authority's name, as far as it is known."""
        names = [*self.issuing_authorities, *self.signature, *(self.plan.signature if self.plan else ())]
        unit = self.plan.unit.name if self.plan and self.plan.unit else None
        return next((n for n in (*names, unit) if n), "")

    @property
    def composed_title(self) -> str:
        """The title given, else 机关 + 关于印发… / 关于报送… + 文种, with a gap where nothing is known."""
        if self.title:
            return self.title
        if self.plan is None:
            return placeholder("标题")
        matter = self.plan.composed_title.removeprefix(self.organ)
        verb = "报送" if self.upward else "印发"
        return f"{self.organ}关于{verb}{matter}的{self.format.value}"

    @property
    def as_plan(self) -> WorkPlan:
        """The plan alone, with the paper's sign-off; of a paper without a plan, its own text."""
        own = WorkPlan(title=self.composed_title, lead=self.text, sections=self.sections)
        plan = own if self.plan is None or self.plan.says_nothing else self.plan
        return plan.model_copy(update={"signature": self.signed_by, "issue_date": self.signed_on})

    @property
    def issues_plan(self) -> bool:
        """Whether the plan follows as issued text, without the word 附件: said, or told by the title."""
        if self.attachment_mode is not None:
            return self.attachment_mode is AttachmentMode.ISSUED_TEXT
        return "印发" in self.composed_title

    @property
    def signed_by(self) -> list[str]:
        """The names of the sign-off: its own, else the plan's, else the issuing authorities."""
        plan = self.plan.signature if self.plan else []
        return self.signature or plan or self.issuing_authorities

    @property
    def signed_on(self) -> Any:
        """The issue date: its own, else the plan's (a date, a gap, or ``None``)."""
        return self.issue_date or (self.plan.issue_date if self.plan else None)
