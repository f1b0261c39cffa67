"""Digest authentication by the published examples, and both sides against each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialtest.wire.sip.digest import (
    ALGORITHMS,
    Challenge,
    Credentials,
    best,
    credentials_for,
    read_challenge,
    read_credentials,
    response_of,
    right,
)
from dialtest.wire.sip.refusal import Garbled

TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=20)


def test_the_example_of_rfc_2617_comes_out() -> None:
    given_ = Credentials(
        "Mufasa", "testrealm@host.com", "dcd98b7102dd2f0e8b11d0f600bfb0c093", "/dir/index.html", "", cnonce="0a4f113b"
    )
    assert "6629fae49393a05397450978507c4ef1" == response_of(given_, "Circle Of Life", "GET")


@pytest.mark.parametrize(
    ("algorithm", "expected"),
    [
        ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ],
)
def test_the_examples_of_rfc_7616_come_out(algorithm: str, expected: str) -> None:
    nonce, cnonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"
    given_ = Credentials("Mufasa", "http-auth@example.org", nonce, "/dir/index.html", "", algorithm, cnonce=cnonce)
    assert expected == response_of(given_, "Circle of Life", "GET")


@given(TEXTS, TEXTS, TEXTS, st.sampled_from(ALGORITHMS), st.booleans(), st.integers(1, 2**32 - 1))
def test_who_knows_the_password_is_believed_and_nobody_else(
    user: str, password: str, realm: str, algorithm: str, qop: bool, count: int
) -> None:
    challenge = Challenge(realm, "n0nce", algorithm, qop, "op", stale=True)
    assert challenge == read_challenge(str(challenge))
    made = credentials_for(challenge, user, password, "INVITE", "sip:10086@h", "c", count if qop else 1)
    read = read_credentials(str(made))
    assert made == read
    assert right(read, user, password, "INVITE", realm, "sip:10086@h")
    assert not right(read, user, password + "x", "INVITE", realm, "sip:10086@h")
    assert not right(read, user, password, "BYE", realm, "sip:10086@h")
    assert not right(read, user, password, "INVITE", realm, "sip:10000@h")


def test_the_first_challenge_we_can_answer_is_answered() -> None:
    odd, sha, md5 = (Challenge("r", "n", algorithm) for algorithm in ("SHA-512-256", "SHA-256", "MD5"))
    assert (sha, md5, None) == (best([odd, sha, md5]), best([md5, sha]), best([odd]))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Basic dXNlcjpwYXNz",
        "Digest",
        'Digest username="a"',
        'Digest username="a", realm="r", nonce="n", uri="u", response="x", algorithm=MD4',
        'Digest username="a", realm="r", nonce="n", uri="u", response="x", qop=auth-int, nc=00000001, cnonce="c"',
        'Digest username="a", realm="r", nonce="n", uri="u", response="x", qop=auth, nc=1, cnonce="c"',
        'Digest username="a", realm="r", nonce="n", uri="u", response="x", qop=auth, nc=00000001',
        'Digest username="a", username="b", realm="r", nonce="n", uri="u", response="x"',
        'Digest username="a',
    ],
)
def test_credentials_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(Garbled):
        read_credentials(text)
