"""OfficialDocument: every element of GB/T 9704-2012 around a plan, or around a text of its own."""

from enum import StrEnum
from typing import Annotated, Any

from planwriter.model.element import Element, item
from planwriter.model.items import Paragraphs
from planwriter.model.plan import WorkPlan
from planwriter.model.sections import Sections
from planwriter.model.text import Day, Text, Texts, choice, pattern
from planwriter.model.unfilled import is_placeholder, placeholder
from planwriter.standard import formats


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


class Binding(StrEnum):
    """Whether attachments are bound with the text (GB/T 9704 7.3.7)."""

    TOGETHER = "一起装订"
    APART = "另行装订"


UPWARD = frozenset({Format.REPORT, Format.REQUEST})
UNTITLED = frozenset({Format.ORDER, Format.MINUTES})
"""Formats whose mark says what a title would say (GB/T 9704 10.2, 10.3)."""

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
        r"[^\d\s〔〕\[\]()（）【】﹝﹞]{1,12}〔(19|20)\d\d〕[1-9]\d*号|第[1-9]\d*[号期]|〔(19|20)\d\d〕[1-9]\d*号",
        "不合发文字号的写法：机关代字、六角括号里的四位年份、不带“第”和虚位的序号，再加“号”",
        "青妇〔2026〕18号", "GB/T 9704 7.2.5",
    ),
]  # fmt: skip
UrgencyField = Annotated[Urgency, choice(Urgency)]
FormatField = Annotated[
    Format, choice(Format, **{"命令（令）": "命令", "令": "命令", "信函": "函", "会议纪要": "纪要"})
]
ModeField = Annotated[AttachmentMode, choice(AttachmentMode, 正式附件="附件")]
BindingField = Annotated[Binding, choice(Binding, 分开装订="另行装订", 不一起装订="另行装订")]


_MARK_WORDS: dict[Format, str] = {
    Format.LETTER: "",
    Format.ORDER: formats.ORDER_MARK_WORD.value,
    Format.MINUTES: formats.MINUTES_MARK_WORD.value,
}
"""What follows the organ's name in the mark of a special format (GB/T 9704 10)."""


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
        "发文字号",
        "机关代字、年份、序号；命令（令）写“第12号”。",
        "青妇〔2026〕18号",
        clause="GB/T 9704 7.2.5",
        required=True,
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
    attachment_binding: BindingField = item(
        "附件装订",
        "附件与正文一起装订，还是另行装订（附件首行标发文字号）。",
        "一起装订",
        default=Binding.TOGETHER,
        clause="GB/T 9704 7.3.7",
        text_like=False,
    )
    attended: Texts = item(
        "出席", "纪要的出席人员。", "陈静", factory=list, clause="GB/T 9704 10.3", also=("出席人员",)
    )
    absent: Texts = item("请假", "纪要的请假人员。", "周岚", factory=list, clause="GB/T 9704 10.3", also=("请假人员",))
    observers: Texts = item(
        "列席", "纪要的列席人员。", "吴敏", factory=list, clause="GB/T 9704 10.3", also=("列席人员",)
    )
    signature: Texts = item(
        "署名", "落款的机关；不写就用计划的署名。", "青江县妇女联合会", factory=list, clause="GB/T 9704 7.3.5"
    )
    issue_date: Day | None = item(
        "成文日期", "落款的日期；不写就用计划的成文日期。", "2026年12月20日", clause="GB/T 9704 7.3.5.4"
    )
    seal: Text | None = item(
        "印章",
        "盖章、不盖章、签名章，或印章图片的文件名；不写时，命令（令）用签名章，纪要不盖章，其余盖章。",
        "盖章",
        clause="GB/T 9704 7.3.5",
    )
    seal_pictures: Texts = item(
        "印章图片",
        "印章或签名章的图片（PNG、JPEG），放在表单旁边；联合行文时按机关顺序各写一个。",
        "印章.png",
        factory=list,
        clause="GB/T 9704 7.3.5.1",
    )
    signatory_posts: Texts = item(
        "签发人职务",
        "盖签名章的签发人的职务全称；联合行文时按机关顺序各写一个。",
        "青江县县长",
        factory=list,
        clause="GB/T 9704 7.3.5.3",
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
        """The authority mark: as given, else the first authority's name and what its format adds (7.2.4, 10)."""
        if self.authority_mark:
            return self.authority_mark
        organ = self.organ
        return f"{organ}{_MARK_WORDS.get(self.format, '文件')}" if organ else placeholder("发文机关标志")

    @property
    def joint_names(self) -> list[str]:
        """The names that share the mark of a joint paper, host first; none where one line says it (7.2.4)."""
        single = self.authority_mark or self.format in _MARK_WORDS
        return [] if single or len(self.issuing_authorities) < 2 else list(self.issuing_authorities)

    @property
    def sealing(self) -> Seal:
        """How the sign-off is confirmed: as said, else as the format asks (7.3.5, 10.2, 10.3)."""
        usual = {Format.ORDER: Seal.SIGNATURE_SEAL, Format.MINUTES: Seal.NO_SEAL}
        if self.seal is None:
            return usual.get(self.format, Seal.SEAL)
        return next((one for one in Seal if one.value == self.seal), Seal.SEAL)

    @property
    def seal_files(self) -> list[str]:
        """The names of the picture files of the seals, in the order of the organs."""
        named = [] if self.seal is None or self.seal in {one.value for one in Seal} else [self.seal]
        return [name for name in (*named, *self.seal_pictures) if not is_placeholder(name)]

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
        if self.format in UNTITLED:
            return ""
        if self.plan is None:
            return placeholder("标题")
        matter = self.plan.composed_title.removeprefix(self.organ)
        verb = "报送" if self.upward else "送交" if self.format is Format.LETTER else "印发"
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
        return self.format is Format.ORDER or "印发" in self.composed_title

    @property
    def signed_by(self) -> list[str]:
        """The names of the sign-off: its own, else the plan's, else the issuing authorities."""
        plan = self.plan.signature if self.plan else []
        return self.signature or plan or self.issuing_authorities

    @property
    def signed_on(self) -> Any:
        """The issue date: its own, else the plan's (a date, a gap, or ``None``)."""
        return self.issue_date or (self.plan.issue_date if self.plan else None)
