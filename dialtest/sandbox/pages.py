"""The WAP / web page of a service: its advert with an order button, and the page that asks for a second yes."""

from __future__ import annotations

from html import escape

from dialtest.model.service import Service
from dialtest.policy.policy import Policy
from dialtest.sandbox.conduct import Offer

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body>
{body}
</body></html>"""
FILLER_LINES = 60
WORDS = {
    "zh": {
        "monthly": "包月业务,按月收费",
        "per_use": "按次收费",
        "order": "订购",
        "confirm": "确认订购",
        "hotline": "客服电话",
        "sure": "您将订购",
        "done": "订购成功",
        "reply": "请回复短信确认",
        "more": "同时订购推荐业务",
        "filler": "精彩内容,每日更新,随时随地,想看就看。",
        "way_out": "退订请拨打{port}",
    },
    "en": {
        "monthly": "This is a subscription, charged every {unit}",
        "per_use": "Charged each time you use it",
        "order": "Order",
        "confirm": "Confirm",
        "hotline": "Help",
        "sure": "You are about to order",
        "done": "Your order is placed",
        "reply": "Answer the message on your handset to go on",
        "more": "Also send me what else you recommend",
        "filler": "The best of every day, wherever you are, whenever you like.",
        "way_out": "To stop send {command} to {access_number}",
    },
}


def honest_offer(policy: Policy, service: Service) -> Offer:
    """Price as filed, period, way out, and nothing else."""
    words = WORDS[policy.language]
    return Offer(
        headline=service.name,
        price=policy.tariff(service),
        period=words[service.billing_type].format(unit=service.fee_unit),
        way_out=words["way_out"].format(
            port=policy.carrier_ports[0], command=service.withdraw_command, access_number=service.access_number
        )
        if service.billing_type == "monthly"
        else "",
        order_label=words["order"],
        order_target=service.key,
    )


def advert_page(policy: Policy, service: Service, offer: Offer) -> str:
    """The page a customer opens first."""
    words = WORDS[policy.language]
    price = _price(offer)
    lines = [
        f"<p>{escape(offer.banner)}</p>" if offer.banner else "",
        f"<h1>{escape(offer.headline)}</h1>",
        f"<p>{escape(service.provider_name)} {escape(service.description)}</p>",
        "" if offer.below_fold else price,
        _form(service, offer, words["more"]),
        f"<p>{words['filler']}</p>\n" * FILLER_LINES + price if offer.below_fold else "",
        f"<p>{escape(offer.way_out)}</p>" if offer.way_out else "",
        f"<p>{words['hotline']} {escape(service.hotline)}</p>",
        "<script>document.forms[0].submit()</script>" if offer.submits_itself else "",
    ]
    return PAGE.format(title=escape(offer.headline), body="\n".join(filter(None, lines)))


def confirmation_page(policy: Policy, service: Service, offer: Offer) -> str:
    """The page that asks for a second yes."""
    words = WORDS[policy.language]
    body = (
        f"<p>{words['sure']} {escape(service.provider_name)} {escape(service.name)} "
        f"{escape(policy.tariff(service))}</p>\n"
        f'<form method="post" action="{escape(_link(service, offer, "confirm"))}">'
        f'<button name="confirm">{words["confirm"]}</button></form>'
    )
    return PAGE.format(title=escape(service.name), body=body)


def done_page(policy: Policy, service: Service, asks_by_message: bool) -> str:
    """The page after an order; where the market asks for the second yes by message, it says to answer that."""
    words = WORDS[policy.language]
    done = words["reply"] if asks_by_message else words["done"]
    return PAGE.format(title=escape(service.name), body=f"<p>{done}</p>")


def _price(offer: Offer) -> str:
    words = " ".join(filter(None, (offer.price, offer.period)))
    style = ' style="font-size:1px;color:#fefefe"' if offer.fine_print else ""
    return f"<p{style}>{escape(words)}</p>" if words else ""


def _form(service: Service, offer: Offer, more: str) -> str:
    tick = f'<label><input type="checkbox" name="more" checked>{more}</label>' if offer.ticked else ""
    return (
        f'<form method="post" action="{escape(_link(service, offer, "order"))}">{tick}'
        f'<button name="order">{escape(offer.order_label)}</button></form>'
    )


def _link(service: Service, offer: Offer, step: str) -> str:
    return f"{service.page_url}?{step}={offer.order_target}"
