"""What a law is called in the user's language."""

from __future__ import annotations

from dialtest.language import _
from load.law import Constant, Empirical, Erlang, Law, Lognormal


def law_words(law: Law) -> str:
    """A law without its mean."""
    match law:
        case Lognormal():
            return _("lognormal, sigma {sigma}").format(sigma=f"{law.sigma:.2f}")
        case Erlang():
            return _("Erlang, {phases} phases").format(phases=law.phases)
        case Constant():
            return _("constant")
        case Empirical():
            return _("as observed")
    return _("exponential")
