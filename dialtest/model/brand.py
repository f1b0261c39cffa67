"""What a carrier's brands are called in the user's language."""

from __future__ import annotations

from collections.abc import Mapping

from dialtest.language import _


def brand_name(code: str) -> str:
    """A brand; one the policy does not know by its code."""
    names: Mapping[str, str] = {"gotone": _("GoTone"), "easyown": _("Easyown"), "mzone": _("M-Zone")}
    return names.get(code, code)
