"""Prices in English adverts: every way of writing one, and the sums that are none."""

from __future__ import annotations

import pytest

from dialtest.adverts import Price, claims_of

PRICES = {
    "Txt GOAL to 81234. £1.50/msg": [(150, "per_message")],
    "Reply CHAT now! 150p per msg rcvd 18+": [(150, "per_message")],
    "Send FUN to 81234, 150ppmsg": [(150, "per_message")],
    "Text LOVE to 81234. 100p/SMS": [(100, "per_message")],
    "Text JOKE to 81234. £1 per text": [(100, "per_message")],
    "Txt HIT to 81234. 25p a text, std rates apply": [(25, "per_message")],
    "Horoscopes by text. All replies cost £1.50. 2 cancel send STOP": [(150, "per_message")],
    "Flirt by txt: text SAM to 81234. txts cost 50p": [(50, "per_message")],
    "Flirty msgs £1 each. Text SAM to 81234": [(100, "per_message")],
    "Who fancies you? Reply WHO. 1.50 per msg recd": [(150, "per_message")],
    "To see who, text ME2 to 81234 (2.00gbp/mtmsg)": [(200, "per_message")],
    "Answer by sms to 81234, ppm150 x3, age16": [(150, "per_message")],
    "Quiz! Text PLAY to 81234. 150ppermessSubscription": [(150, "per_message")],
    "Text PLAY to 81234, ú1.50 per msg": [(150, "per_message")],
    "Text PLAY to 81234, Â£1.50 per msg": [(150, "per_message")],
    "Text PLAY to 81234, \ufffd1.50 per msg": [(150, "per_message")],
    "Text PLAY to 81234, &pound;1.50 per msg": [(150, "per_message")],
    "To hear your message call 09051234567. 150ppm": [(150, "per_minute")],
    "Call 09051234567 from a landline. Calls cost £1.50/min": [(150, "per_minute")],
    "Live chat 08721234567 just 10p per minute": [(10, "per_minute")],
    "Ring 09051234567 now! 60p/minmobsmore": [(60, "per_minute")],
    "Call abroad for only 2 pence per minute, dial 08451234567": [(2, "per_minute")],
    "Call 09051234567, 150 ppm, bt landline, 18+": [(150, "per_minute")],
    "Call us 0871234567810p/min 18+": [(10, "per_minute")],
    "Call 09051234567 PO Box 12 150pm": [(150, "per_minute")],
    "Get the club! Reply CLUB. £3/wk until you send STOP": [(300, "per_week")],
    "Tones every week, txt TONE to 81234, 3 GBP/week": [(300, "per_week")],
    "Txt TONE to 81234. £4.50pw 18+": [(450, "per_week")],
    "Txt TONE to 81234. 450ppw": [(450, "per_week")],
    "Txt TONE to 81234. £3.00 weekly sub": [(300, "per_week")],
    "Subscribe today, only three pounds a week. Txt ON to 81234": [(300, "per_week")],
    "You are subscribed to Fun Club for GBP4.50 per week, txt STOP to end": [(450, "per_week")],
    "Jokes daily! Txt HA to 81234. 50p per day. Stop? txt STOP": [(50, "per_day")],
    "Txt WIN to 81234 cost 100p/day 5days 16+": [(100, "per_day")],
    "Future msgs billed at 75p daily, reply STOP to cancel": [(75, "per_day")],
    "subscription R7.50/day, enter your number": [(750, "per_day", "ZAR")],
    "Unlimited games Subscribe5GBP/mnth stop?txtStop": [(500, "per_month")],
    "Your subscription costs £6 per month. Unsubscribe: text STOP to 81234": [(600, "per_month")],
    "Music subscription €4,99/month, cancel anytime": [(499, "per_month", "EUR")],
    "AED 11 per week after a free day. Subscribe now": [(1100, "per_week", "AED")],
    "You will be charged BHD 0.500/week until you unsubscribe": [(500, "per_week", "BHD")],
    "RM4 per message, send ON GAME to 33333": [(400, "per_message", "MYR")],
    "Funny tone! Txt MOO to 81234. 150p/tone 16+": [(150, "other")],
    "Txt MOO to 81234, £3 per ringtone": [(300, "other")],
    "Txt COVER to 81234 for the pic, 25p": [(25, "other")],
    "Txt COVER to 81234 £2": [(200, "other")],
    "Club chat £5 per 10 days, reply IN. Txt STOP to end": [(500, "other")],
    "Normal tones 150p, polys 300p. Txt TONE to 81234": [(150, "other"), (300, "other")],
    "One-off charge of £5, txt GET to 81234": [(500, "one_off")],
    "Bid by text: send BID to 81234. £1.50 per bid. Help 08701234567": [(150, "other")],
    "Text A to 81234. Msg £1.00 + std rate. Or call 09051234567 £1.00/min": [(100, "per_message"), (100, "per_minute")],
}

NO_PRICES = [
    "WINNER! £900 prize guaranteed. Call 09051234567. Claim code 12",
    "Win £250 weekly! Txt DRAW to 81234",
    "FREE entry to our £100 weekly draw, txt DRAW to 81234",
    "Your cash balance is 500 pounds, txt CASH to 81234",
    "Claim £150 worth of vouchers, text YES to 81234",
    "Loans from £500 to £75,000. Call 08001234567",
    "Save 20p on every litre, text FUEL to 81234",
    "Shop now at www.example.com, 50% off",
    "Offer ends 9pm. Text NOW to 81234",
    "Kickoff 5.30pm! Txt GOAL to 81234",
    "See the 1080p video, txt VID to 81234",
    "U could win 10k cash, txt WIN to 81234",
    "Over £1million to give away, txt MONEY to 81234",
    "lunch was £5 each, I'll pay you back",
    "The room is £80 per week, what do you think?",
    "Selling my bike for $50, call me later",
    "meet at 7pm or 7.30pm?",
    "We have 3 msgs per week, no charge",
    "Call 08001234567 within 5 mins",
]


def expected(rows: list[tuple[object, ...]]) -> set[Price]:
    return {Price(row[0], row[2] if len(row) > 2 else "GBP", row[1]) for row in rows}  # type: ignore[arg-type]


@pytest.mark.parametrize("text", PRICES)
def test_a_price_is_read_with_amount_currency_and_unit(text: str) -> None:
    assert expected(PRICES[text]) == set(claims_of(text).prices)


@pytest.mark.parametrize("text", NO_PRICES)
def test_prizes_balances_times_and_private_sums_are_no_prices(text: str) -> None:
    assert () == claims_of(text).prices
