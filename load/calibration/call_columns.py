"""Which columns and words call records use, and how each is read: the one table to extend for a new exchange."""

from __future__ import annotations

from collections.abc import Mapping

from dialtest.audit.field import Field, one_of, read_number, read_time
from dialtest.audit.intake import Layout
from dialtest.catalogue.columns import NUMBER_HEADERS
from dialtest.policy.policy import Policy

OUTCOMES = ("answered", "abandoned", "diverted", "busy")
"""How a call left the queue; their places here are the codes in the arrays."""

MOMENTS = ("asked_at", "began_at", "answered_at", "left_at", "ended_at", "called_back_at")

OUTCOME_WORDS: Mapping[str, str] = {
    "answered": "answered", "agent": "answered", "接通": "answered", "已接通": "answered", "人工接听": "answered",
    "应答": "answered", "成功": "answered",
    "abandoned": "abandoned", "hang": "abandoned", "放弃": "abandoned", "排队放弃": "abandoned", "挂断": "abandoned",
    "用户放弃": "abandoned", "未接通": "abandoned",
    "diverted": "diverted", "转自助": "diverted", "自助": "diverted", "转自助服务": "diverted",
    "busy": "busy", "忙": "busy", "线路忙": "busy", "遇忙": "busy",
    "phantom": "phantom", "虚呼": "phantom", "空呼": "phantom",
    "waiting": "waiting", "menu": "waiting", "排队中": "waiting", "通话中": "waiting",
    "left_menu": "left_menu", "left menu": "left_menu", "自助挂机": "left_menu",
}  # fmt: skip

_CALL = ("呼叫编号", "通话编号", "呼叫流水号", "话单编号", "话单号", "流水号", "call id", "call number")
_MSISDN = (
    "主叫号码",
    "主叫",
    "来电号码",
    *NUMBER_HEADERS["msisdn"],
    "手机号",
    "用户号码",
    "caller",
    "customer id",
    "客户编号",
)
_KIND = ("来电类型", "呼叫类型", "业务类型", "呼入类型", "type", "call type")
_SERVER = ("坐席", "座席", "坐席工号", "座席工号", "工号", "agent", "agent id")

CALL_HEADERS: Mapping[str, tuple[str, ...]] = {
    "call": _CALL,
    "msisdn": _MSISDN,
    "brand": NUMBER_HEADERS["brand"],
    "kind": _KIND,
    "asked_at": (
        "呼入时间",
        "来电时间",
        "进线时间",
        "排队开始时间",
        "开始排队时间",
        "转人工时间",
        "asked at",
        "arrived at",
    ),
    "began_at": ("拨入时间", "began at"),
    "answered_at": ("接通时间", "应答时间", "接听时间", "answered at", "answer time"),
    "left_at": ("离队时间", "离开队列时间", "left at", "left queue at"),
    "ended_at": ("挂机时间", "结束时间", "通话结束时间", "释放时间", "ended at", "end time", "hangup time"),
    "wait_s": ("等待时长", "排队时长", "等待秒数", "等待时长(秒)", "排队时长(秒)", "waited s", "wait (s)"),
    "handled_s": ("通话时长", "服务时长", "处理时长", "通话时长(秒)", "服务时长(秒)", "handle s", "handled (s)"),
    "outcome": ("结果", "呼叫结果", "通话结果", "接续结果", "outcome", "result"),
    "batch": ("批次", "批次号", "batch"),
    "called_back_at": ("回拨时间", "回呼时间", "called back at"),
    "server": _SERVER,
}

BANK_HEADERS: Mapping[str, tuple[str, ...]] = {
    "line": ("vru+line",),
    "call": _CALL,
    "msisdn": _MSISDN,
    "kind": _KIND,
    "day": ("日期", "date"),
    "server": _SERVER,
    "outcome": CALL_HEADERS["outcome"],
    **dict.fromkeys(("priority", "vru_entry", "vru_exit", "vru_time", "q_start", "q_exit", "q_time"), ()),
    **dict.fromkeys(("ser_start", "ser_exit", "ser_time"), ()),
}
"""The records of Mandelbaum, Sakov and Zeltyn's bank (Technion, 2000); several public studies use this form."""


def read_word(text: str, column: str, policy: Policy) -> str:
    """A short word, in small letters; none where it is longer than 64 characters."""
    return f"CASE WHEN length({text}) BETWEEN 1 AND 64 THEN lower({text}) END"


def read_name(text: str, column: str, policy: Policy) -> str:
    """A name as it stands, its first 40 characters."""
    return f"CASE WHEN length({text}) > 0 THEN left({text}, 40) END"


def read_brand(text: str, column: str, policy: Policy) -> str:
    """A brand of the market, or whatever the exchange calls a queue."""
    return one_of(policy.brand_words, lambda text: f"left(lower({text}), 40)")(text, column, policy)


def read_caller(text: str, column: str, policy: Policy) -> str:
    """A number without its country code, or whatever names the caller; 0 names nobody."""
    number = f"coalesce({read_number(text, column, policy)}, left({text}, 64))"
    return f"CASE WHEN NOT regexp_full_match({text}, '0*') THEN {number} END"


def read_seconds(text: str, column: str, policy: Policy) -> str:
    """Seconds, or H:MM:SS; below 0 too, for the faults to tell."""
    clock = f"{_part(text, 1)} * 3600 + {_part(text, 2)} * 60 + {_part(text, 3)}"
    return (
        f"CASE WHEN regexp_full_match({text}, '[-+]?[0-9]{{1,9}}([.][0-9]{{1,9}})?') THEN TRY_CAST({text} AS DOUBLE)"
        f" WHEN regexp_full_match({text}, '[0-9]{{1,4}}:[0-5][0-9]:[0-5][0-9]') THEN {clock} END"
    )


def read_clock(text: str, column: str, policy: Policy) -> str:
    """A time of day as H:MM:SS, in seconds."""
    clock = f"{_part(text, 1)} * 3600 + {_part(text, 2)} * 60 + {_part(text, 3)}"
    return f"CASE WHEN regexp_full_match({text}, '([01]?[0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]') THEN {clock} END"


def read_day(text: str, column: str, policy: Policy) -> str:
    """A date as yymmdd, whose zeros in front a spreadsheet may have taken, or as the audits read times."""
    short = f"try_strptime(lpad({text}, 6, '0'), '%y%m%d')"
    return (
        f"CASE WHEN regexp_full_match({text}, '[0-9]{{3,6}}') THEN {short} ELSE {read_time(text, column, policy)} END"
    )


def read_batch(text: str, column: str, policy: Policy) -> str:
    """The number of a batch; 0: called for another reason."""
    return f"CASE WHEN regexp_full_match({text}, '[0-9]{{1,6}}') THEN TRY_CAST({text} AS INTEGER) END"


def _part(text: str, place: int) -> str:
    return f"coalesce(TRY_CAST(split_part({text}, ':', {place}) AS INTEGER), 0)"


def _moment(name: str) -> Field:
    return Field(name, "TIMESTAMP", read_time, "impossible time", may_be_empty=True)


def _clock(name: str) -> Field:
    return Field(name, "INTEGER", read_clock, "impossible time of day")


def _length(name: str, may_be_empty: bool = True) -> Field:
    return Field(name, "DOUBLE", read_seconds, "impossible length", may_be_empty=may_be_empty)


_WHO = (
    Field("call", "VARCHAR", read_word),
    Field("msisdn", "VARCHAR", read_caller),
    Field("kind", "VARCHAR", read_name),
    Field("server", "VARCHAR", read_word),
    Field("outcome", "VARCHAR", one_of(OUTCOME_WORDS), "unknown outcome"),
)

CALL_LAYOUT = Layout(
    CALL_HEADERS,
    ("asked_at", "outcome"),
    (
        *_WHO,
        Field("brand", "VARCHAR", read_brand),
        *map(_moment, MOMENTS),
        *map(_length, ("wait_s", "handled_s")),
        Field("batch", "INTEGER", read_batch, "impossible batch", may_be_empty=True),
    ),
)
"""dialtest's own call records, and those of exchanges that name the same columns otherwise."""

BANK_LAYOUT = Layout(
    BANK_HEADERS,
    (
        "call",
        "day",
        "vru_entry",
        "vru_exit",
        "q_start",
        "q_exit",
        "q_time",
        "outcome",
        "ser_start",
        "ser_exit",
        "ser_time",
    ),
    (
        *_WHO,
        Field("line", "VARCHAR", read_word),
        Field("day", "TIMESTAMP", read_day, "impossible time"),
        *map(_clock, ("vru_entry", "vru_exit", "q_start", "q_exit", "ser_start", "ser_exit")),
        _length("vru_time"),
        *(_length(name, may_be_empty=False) for name in ("q_time", "ser_time")),
    ),
)
