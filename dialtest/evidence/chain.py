"""One hash chain per case, and the Merkle root over all their heads."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

GENESIS = bytes(32)


def link(previous: bytes, body: bytes) -> bytes:
    """The hash of a record: SHA-256 over the hash before it and the record's bytes."""
    return sha256(previous + body).digest()


def leaf(case: str, records: int, head: bytes) -> bytes:
    """A case's leaf in the seal: its name, its number of records and its head (RFC 6962 §2.1 leaf prefix 0x00)."""
    return sha256(b"\x00" + f"{case}\n{records}\n".encode() + head).digest()


def merkle_root(leaves: Iterable[bytes]) -> bytes:
    """The Merkle tree hash of RFC 6962 §2.1 over leaf hashes, in memory logarithmic in their number.

    No leaves: SHA-256 of nothing, e3b0c442…, as the RFC has it.
    """
    stack: list[tuple[int, bytes]] = []
    for hash_ in leaves:
        height = 0
        while stack and stack[-1][0] == height:
            hash_, height = _node(stack.pop()[1], hash_), height + 1
        stack.append((height, hash_))
    if not stack:
        return sha256(b"").digest()
    root = stack.pop()[1]
    while stack:
        root = _node(stack.pop()[1], root)
    return root


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()
