"""What adverts tell their readers to do: the word, the short code, the number to call, the way out."""

from __future__ import annotations

import pytest

from dialtest.adverts import claims_of

ORDERS = {
    "Txt TONE to 81234": ("TONE", "81234"),
    "text moo to 81234 now": ("moo", "81234"),
    'Just send the word "MAGIC" to 81234': ("MAGIC", "81234"),
    "Txt the word: PRIZE to No: 81234": ("PRIZE", "81234"),
    "SMS GAME 5 to 81234": ("GAME 5", "81234"),
    "Txt FILM CLUB to 81234 for clips": ("FILM CLUB", "81234"),
    "Txt LOVE NAME1 NAME2 to 81234": ("LOVE", "81234"),
    "Txt ur answer to 81234": (None, "81234"),
    "Text A, B or C to 81234": (None, "81234"),
    "Reply YES to get it, or txt STOP to 81234 to leave": ("YES", "81234"),
    "Call it a day? TUNES to 81234": ("TUNES", "81234"),
    "Win a car! just send TXT to 81234": ("TXT", "81234"),
    "reply WILD to this msg": ("WILD", None),
    "Reply YES or NO": ("YES", None),
    "Reply to this msg with TONE": ("TONE", None),
    "Txt STOP to 81234 to end": (None, "81234"),
    "Txt TONE to 81234. Txt CLUB STOP to 87654 2 end": ("TONE", "81234"),
    "Txt NOW to 81234, reply HELP 4 info": ("NOW", "81234"),
    "Reply or call 08001234567": (None, None),
    "txt me when you get home": (None, None),
    "She will reply to you at 10": (None, None),
    "Text back soon": (None, None),
    "See www.txt82000.example.com for more": (None, None),
    "发送TQ到10651234订阅": ("TQ", "10651234"),
    "编辑短信XW发送至106588": ("XW", "106588"),
    "编辑“DY”发到1062012": ("DY", "1062012"),
    "发短信8至1065999": ("8", "1065999"),
    "發送A1到10651234": ("A1", "10651234"),
    "短信发送“天气”到10651234": ("天气", "10651234"),
    "发送天气到10651234": ("天气", "10651234"),
    "回复Y即可开通": ("Y", None),
    "请回复“是”确认订购": ("是", None),
    "回复是确认订购": ("是", None),
    "回1参加": ("1", None),
    "回复任意内容参加": (None, None),
    "回复歌曲编号订购": (None, None),
    "回复1-100之间任一数字": (None, None),
    "回复CX查询余额": (None, None),
    "发送CXYE到10086查询": (None, None),
    "发送TD到10651234退订": (None, "10651234"),
    "取消请发送QX到10651234": (None, "10651234"),
    "发MM到10651234开通，退订发TD到10651234": ("MM", "10651234"),
}

WAYS_OUT = [
    "To stop txt STOP",
    "STOP2stop",
    "2optout reply X",
    "Txt STOP to 81234",
    "to opt out send GAME OFF to 81234",
    "Unsub: 08701234567",
    "or 2stoptxt",
    "Stop? txt STOP to 81234",
    "cancel anytime",
    "TxtNO 4 no ads",
    "reply END 2 end",
    "退订请回复TD",
    "退订请拨打10086",
    "回复QX取消该业务",
    "发送0000到10086退订",
    "取消业务请编辑短信QX发至10651234",
    "可随时退订",
]

NO_WAY_OUT = [
    "Non stop fun! Txt FUN to 81234",
    "Nobody pays who has to reply NO first",
    "I will stop by on my way home",
    "Call me when you are ready to leave",
    "It has to end, text me later",
    "The film ends at ten",
    "不回复或回复别的都不会订购",
    "次月不退订即得大礼",
    "72小时内退订免费",
    "您已成功取消该业务",
    "否则请点取消按钮",
]

CALLED = {
    "Call 09051234567 to claim": "09051234567",
    "speak to an operator 2 claim 0871234567810p/min": "08712345678",
    "Please ring 0870 123 4567 now": "08701234567",
    "09051234567 await your call": "09051234567",
    "Txt FUN to 81234. CustCare:08701234567": None,
    "Help line 08701234567": None,
    "To stop texts call 08701234567": None,
    "Unsub 08701234567": None,
    "详情请拨打12590123": "12590123",
    "询0991-1234567": "09911234567",
    "客服电话：010-12345678": "01012345678",
    "客服电话：010-12345678，点歌请拨12590123": "12590123",
    "退订请拨打10086": None,
    "详询10010": None,
}


@pytest.mark.parametrize("text", ORDERS)
def test_the_word_to_send_and_the_short_code_are_read(text: str) -> None:
    claims = claims_of(text)
    assert ORDERS[text] == (claims.keyword, claims.shortcode)


@pytest.mark.parametrize("text", WAYS_OUT)
def test_a_way_out_is_recognised(text: str) -> None:
    assert claims_of(text).opt_out


@pytest.mark.parametrize("text", NO_WAY_OUT)
def test_what_is_no_way_out_is_not_taken_for_one(text: str) -> None:
    assert not claims_of(text).opt_out


@pytest.mark.parametrize("text", CALLED)
def test_the_number_to_call_is_not_the_help_line(text: str) -> None:
    assert CALLED[text] == claims_of(text).call_number
