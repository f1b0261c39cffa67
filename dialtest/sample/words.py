"""What sample providers sell and where sample teams sit, per market: names, keywords, one line of description."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dialtest.model.service import BillingType, FeeUnit, ServiceType

Topic = tuple[str, str, str]
"""Name, keyword, description."""


@dataclass(frozen=True, slots=True)
class Example:
    """A provider that exists, its first service and hotline; empty and 0 are made up."""

    provider: str
    service_type: ServiceType
    topic: Topic
    fee_fen: int = 0
    hotline: str = ""


@dataclass(frozen=True, slots=True)
class Market:
    """Everything that differs between the samples of two markets. Fees in 1/100 of the currency unit.

    `advert` has slots for a service's words; `ports`, `msisdns` and `hotlines` are the leading digits of
    made-up numbers and how many follow; `company_word` is what Faker calls the first part of a company name.
    """

    topics: Mapping[ServiceType, tuple[Topic, ...]]
    examples: tuple[Example, ...]
    company_word: str
    company_endings: tuple[str, ...]
    order_prefix: str
    withdraw_command: str
    fees_fen: Mapping[FeeUnit, tuple[int, ...]]
    adverts: Mapping[tuple[BillingType, bool], str]
    ports: tuple[str, int]
    msisdns: tuple[tuple[str, ...], int]
    hotlines: tuple[str, int]
    places: tuple[tuple[str, str], ...]
    faker: str


CHINA = Market(
    topics={
        "sms": (
            ("头条新闻", "XW", "每天两条国内外要闻"), ("天气预报", "TQ", "每晚发送本地次日天气"),
            ("财经快讯", "CJ", "股市开盘收盘与要闻"), ("星座运程", "XZ", "十二星座每日运程"),
            ("笑话天下", "XH", "每天一则笑话"), ("英语每日一句", "YY", "每天一句英语与译文"),
            ("足球快讯", "ZQ", "联赛比分与赛程"), ("健康提示", "JK", "四季养生小知识"),
            ("彩票开奖", "CP", "开奖号码当晚送达"), ("生活百科", "SH", "衣食住行小窍门"),
            ("历史上的今天", "LS", "每天一件往事"), ("谜语乐园", "MY", "每天一谜,次日揭底"),
        ),
        "mms": (
            ("彩图天地", "CT", "每周三幅手机彩图"), ("卡通物语", "KT", "每周一组卡通故事"),
            ("风光画廊", "FG", "每周一辑各地风光"), ("名画欣赏", "MH", "每周一幅名画与解说"),
            ("图文早报", "ZB", "每天一份图文早报"), ("节日贺卡", "HK", "各种节日的贺卡"),
        ),
        "wap": (
            ("精品图铃", "TL", "图片铃声随意下载"), ("手机书城", "SC", "每周更新的电子书"),
            ("影音在线", "YX", "电影片段与预告"), ("音乐随身", "YL", "流行歌曲铃声"),
            ("城市导航", "DH", "查公交查路线"), ("体育看台", "TY", "图文直播与数据"),
        ),
        "java": (
            ("象棋高手", "XQ", "与手机对弈"), ("方块世界", "FK", "经典方块游戏"),
            ("赛车传说", "SC2", "十条赛道"), ("三国群英", "SG", "战棋游戏"),
        ),
        "pda": (
            ("掌上词典", "CD", "英汉汉英词典"), ("股票行情", "GP", "行情每分钟更新"),
            ("列车时刻", "LC", "全国列车时刻表"), ("通讯录管家", "TX", "通讯录备份"),
        ),
        "animation": (
            ("动画剧场", "DM", "每周两集动画短片"), ("幽默动漫", "YM", "四格动漫动起来"),
            ("成语故事", "CY", "动画讲成语"), ("儿歌乐园", "EG", "动画儿歌"),
        ),
        "voice_magazine": (
            ("音乐杂志", "YZ", "每周一期音乐节目"), ("评书连播", "PS", "名家评书"),
            ("情感夜话", "QG", "每晚一期谈话节目"), ("戏曲大观", "XQ2", "各地戏曲选段"),
        ),
    },
    examples=(  # the two services the 2006 source names; it gives no codes, ports or commands
        Example("新浪", "sms", ("头条新闻", "XW", "每天两条国内外要闻"), 3000, "9510567"),
        Example("腾讯公司", "wap", ("精品图铃", "TL", "图片铃声随意下载"), 800),
    ),
    company_word="company_prefix",
    company_endings=("无线", "互动", "在线", "通信", "网络", "科技"),
    order_prefix="DZ",
    withdraw_command="TD{keyword}",
    fees_fen={
        "week": (100, 200, 300, 500),
        "month": (300, 500, 600, 800, 1000, 1500, 2000, 3000),
        "message": (10, 20, 50, 100),
        "use": (50, 100, 200, 300, 500),
    },
    adverts={
        ("monthly", False): "{provider}“{name}”:{description}。包月业务,信息费{tariff},发送{order}到{port}订购,"
        "发送{withdraw}到{port}退订,客服电话{hotline}。",
        ("per_use", False): "{provider}“{name}”:{description}。点播业务,信息费{tariff},发送{order}到{port}点播,"
        "客服电话{hotline}。",
        ("monthly", True): "{provider}“{name}”:{description}。包月业务,信息费{tariff},在页面上订购,"
        "发送{withdraw}到{port}退订,客服电话{hotline}。",
        ("per_use", True): "{provider}“{name}”:{description}。点播业务,信息费{tariff},在页面上点播,客服电话{hotline}。",
    },
    ports=("1066", 7),
    msisdns=(("1350", "1368", "1379", "1389", "1399"), 7),
    hotlines=("400", 7),
    places=(
        ("乌鲁木齐", "乌鲁木齐中山路营业厅"), ("昌吉", "昌吉延安路营业厅"), ("伊犁", "伊宁解放路营业厅"),
        ("喀什", "喀什人民路营业厅"), ("阿克苏", "阿克苏东大街营业厅"), ("哈密", "哈密广东路营业厅"),
        ("巴州", "库尔勒人民路营业厅"), ("石河子", "石河子北四路营业厅"),
    ),
    faker="zh_CN",
)  # fmt: skip

BRITAIN = Market(
    topics={
        "sms": (
            ("Daily Stars", "STARS", "your horoscope every morning"), ("Goal Flash", "GOAL", "scores as they happen"),
            ("Joke Box", "JOKE", "a joke a day"), ("Quiz Club", "QUIZ", "five questions a week"),
            ("Weather Watch", "RAIN", "tomorrow's weather every evening"),
            ("Word of the Day", "WORD", "one word a day"),
        ),
        "mms": (("Picture Post", "PICS", "three pictures a week"), ("Art Card", "ART", "a painting a week")),
        "wap": (
            ("Tone Store", "TONE", "ringtones to download"), ("Pocket Books", "BOOKS", "a chapter a day"),
            ("Film Guide", "FILM", "trailers and times"), ("Tune Finder", "TUNE", "songs and lyrics"),
        ),
        "java": (("Chess Master", "CHESS", "play your phone at chess"), ("Block World", "BLOCK", "the falling blocks")),
        "pda": (("Pocket Dictionary", "DICT", "words on the move"), ("Rail Times", "RAIL", "live departures")),
        "animation": (("Toon Time", "TOON", "two short cartoons a week"), ("Rhyme Garden", "RHYME", "animated rhymes")),
        "voice_magazine": (("Sound Weekly", "SOUND", "a music show a week"), ("Story Hour", "STORY", "read aloud")),
    },
    examples=(),
    company_word="last_name",
    company_endings=(" Mobile", " Media", " Digital", " Interactive", " Games"),
    order_prefix="",
    withdraw_command="STOP",
    fees_fen={
        "week": (100, 150, 300, 450), "month": (300, 450, 600), "message": (25, 50, 100, 150),
        "use": (50, 150, 300, 500),
    },
    adverts={
        ("monthly", False): "{name} by {provider}: {description}. Subscription, {tariff} until you send {withdraw} to "
        "{port}. Text {order} to {port}. Help {hotline}.",
        ("per_use", False): "{name} by {provider}: {description}. You are charged {tariff}. "
        "Text {order} to {port}. Help {hotline}.",
        ("monthly", True): "{name} by {provider}: {description}. Subscription, {tariff} until you send {withdraw} to "
        "{port}. Order on the page. Help {hotline}.",
        ("per_use", True): "{name} by {provider}: {description}. You are charged {tariff}. "
        "Order on the page. Help {hotline}.",
    },
    ports=("8", 4),
    msisdns=(("447700", "447701"), 6),
    hotlines=("0330", 7),
    places=(("London", "London office"), ("Leeds", "Leeds office"), ("Cardiff", "Cardiff office")),
    faker="en_GB",
)  # fmt: skip

MARKETS: Mapping[str, Market] = {"CN": CHINA, "GB": BRITAIN}
"""By the policies' country."""
