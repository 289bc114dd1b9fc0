"""Schedule entries: what is done in which month, week, quarter or phase."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator

from planwriter.model.element import Element, item, keys_of
from planwriter.model.text import DeadlineField, Text, Texts, WhenField, as_list
from planwriter.placed import PlacedDict, place_of


class Activity(Element):
    """One activity of a schedule entry."""

    shorthand: ClassVar[str | None] = "activity"
    activity: Text | None = item("活动", "做什么。", "召开座谈会", required=True)
    responsible_unit: Texts = item("责任单位", "负责的单位。", "宣传部", factory=list, common=True)
    owner: Texts = item("责任人", "具体负责的人。", "周岚", factory=list)
    participants: Texts = item("参加对象", "哪些人参加。", "各村妇联主席", factory=list)
    date: WhenField | None = item("日期", "哪一天或哪几天。", "3月6日")
    deadline: DeadlineField | None = item("完成时限", "什么时候完成。", "2月10日前")
    status: Text | None = item("状态", "进展情况。", "已完成")


Activities = Annotated[list[Activity], BeforeValidator(as_list)]


HANDED_DOWN = ("responsible_unit", "owner", "participants", "date", "deadline", "status")
"""What may be written beside the activities of an entry: it is then that of each of them."""


class ScheduleEntry(Element):
    """A month, months, a range, a quarter, a week, a phase, a date range, or undated; with its activities.

    Owner, date and the like may be written beside the activities; they are then those of each activity.
    """

    shorthand: ClassVar[str | None] = "activities"
    when: WhenField | None = item(
        "时间", "月份、季度、周次、阶段或日期；可以不写。", "4～5月", also=("月份",), common=True
    )
    theme: Text | None = item("主题", "这段时间的主题。", "维权服务月")
    activities: Activities = item("活动", "安排的各项活动。", "部署全年工作", factory=list, common=True)

    @classmethod
    def opened(cls, value: Any) -> Mapping[str, Any]:
        """Details written at the entry are handed down to its activities."""
        record = super().opened(value)
        known = keys_of(Activity)
        shared = {key: v for key, v in record.items() if known.get(key) in HANDED_DOWN}
        return _handed_down(record, shared) if shared else record


def _handed_down(record: Mapping[str, Any], shared: dict[str, Any]) -> Mapping[str, Any]:
    made = PlacedDict({k: v for k, v in record.items() if k not in shared}, place_of(record))
    made.key_places = dict(getattr(record, "key_places", {}))
    key = next((k for k in made if keys_of(ScheduleEntry).get(k) == "activities"), "activities")
    made[key] = [_with_shared(activity, shared, record) for activity in as_list(made.get(key, ""))]
    return made


def _with_shared(activity: Any, shared: dict[str, Any], record: Mapping[str, Any]) -> Any:
    if isinstance(activity, Activity):
        return activity
    own = activity if isinstance(activity, Mapping) else {"activity": activity}
    names = {keys_of(Activity).get(key) for key in own}
    more = {key: v for key, v in shared.items() if keys_of(Activity)[key] not in names}
    made = PlacedDict({**own, **more}, place_of(activity))
    made.key_places = {**getattr(record, "key_places", {}), **getattr(own, "key_places", {})}
    return made
