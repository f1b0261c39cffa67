"""The words of SIP: header names and their compact forms, which headers are lists, reason phrases."""

from __future__ import annotations

from collections.abc import Mapping

VERSION = "SIP/2.0"
MAGIC = "z9hG4bK"  # RFC 3261 §8.1.1.7: every branch of a client of this RFC begins so

# RFC 3261 §7.3.3 and §20; k and e are of §20.37 and §20.12, o, u of RFC 6665, r of RFC 3515, x of RFC 4028
COMPACT: Mapping[str, str] = {
    "c": "Content-Type",
    "e": "Content-Encoding",
    "f": "From",
    "i": "Call-ID",
    "k": "Supported",
    "l": "Content-Length",
    "m": "Contact",
    "o": "Event",
    "r": "Refer-To",
    "s": "Subject",
    "t": "To",
    "u": "Allow-Events",
    "v": "Via",
    "x": "Session-Expires",
}

WRITTEN = (
    *COMPACT.values(),
    "Accept",
    "Allow",
    "Authorization",
    "CSeq",
    "Content-Language",
    "Date",
    "Expires",
    "Max-Forwards",
    "P-Asserted-Identity",
    "Proxy-Authenticate",
    "Proxy-Authorization",
    "Proxy-Require",
    "Reason",
    "Record-Route",
    "Require",
    "Retry-After",
    "Route",
    "Server",
    "Unsupported",
    "User-Agent",
    "WWW-Authenticate",
    "Warning",
)
_CANONICAL: Mapping[str, str] = {
    **{name.lower(): name for name in WRITTEN},
    **COMPACT,
}

# Headers that stand in a message once at most (RFC 3261 §7.3.1); a second one is a message two readers read differently
ONCE = frozenset(("From", "To", "Call-ID", "CSeq", "Max-Forwards", "Content-Length", "Content-Type", "Expires"))

# Headers whose value is a list with commas between (RFC 3261 §7.3.1)
LISTS = frozenset(
    (
        "Accept",
        "Allow",
        "Allow-Events",
        "Contact",
        "Content-Encoding",
        "Content-Language",
        "P-Asserted-Identity",
        "Proxy-Require",
        "Record-Route",
        "Require",
        "Route",
        "Supported",
        "Unsupported",
        "Via",
        "Warning",
    )
)

# RFC 3261 §21; 183 is of §21.1.5
REASONS: Mapping[int, str] = {
    100: "Trying",
    180: "Ringing",
    181: "Call Is Being Forwarded",
    182: "Queued",
    183: "Session Progress",
    200: "OK",
    202: "Accepted",
    301: "Moved Permanently",
    302: "Moved Temporarily",
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    407: "Proxy Authentication Required",
    408: "Request Timeout",
    415: "Unsupported Media Type",
    416: "Unsupported URI Scheme",
    420: "Bad Extension",
    480: "Temporarily Unavailable",
    481: "Call/Transaction Does Not Exist",
    482: "Loop Detected",
    483: "Too Many Hops",
    486: "Busy Here",
    487: "Request Terminated",
    488: "Not Acceptable Here",
    500: "Server Internal Error",
    501: "Not Implemented",
    503: "Service Unavailable",
    505: "Version Not Supported",
    513: "Message Too Large",
    600: "Busy Everywhere",
    603: "Decline",
}


def canonical(name: str) -> str:
    """A header's name as we write it: `i` and `CALL-ID` are `Call-ID`; a name we do not know stays as it is."""
    return _CANONICAL.get(name.lower(), name)


def reason_of(status: int) -> str:
    """The reason phrase of a status, empty for one that RFC 3261 §21 does not have."""
    return REASONS.get(status, "")
