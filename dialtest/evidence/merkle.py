"""The Merkle tree of RFC 6962 over the heads of all cases: its root, and the proof that one case is under it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

HASH_BYTES = 32


def leaf(case: str, records: int, head: bytes) -> bytes:
    """A case's leaf: its name, its number of records and its head (RFC 6962 §2.1, leaf prefix 0x00)."""
    return sha256(b"\x00" + f"{case}\n{records}\n".encode() + head).digest()


class Root:
    """Takes leaf hashes one after the other and knows the root of all so far, in memory logarithmic in their number.

    No leaves: SHA-256 of nothing, e3b0c442…, as the RFC has it.
    """

    __slots__ = ("_stack", "leaves")

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self.leaves = 0
        self._stack: list[tuple[int, bytes]] = []
        for hash_ in leaves:
            self.add(hash_)

    def add(self, hash_: bytes) -> None:
        """The next leaf."""
        self.leaves += 1
        height = 0
        while self._stack and self._stack[-1][0] == height:
            hash_, height = _node(self._stack.pop()[1], hash_), height + 1
        self._stack.append((height, hash_))

    def digest(self) -> bytes:
        """The Merkle tree hash of the leaves so far."""
        if not self._stack:
            return sha256(b"").digest()
        root = self._stack[-1][1]
        for _, left in reversed(self._stack[:-1]):
            root = _node(left, root)
        return root


class Tree:
    """The whole tree in memory, 64 bytes a leaf, to draw proofs from."""

    def __init__(self, leaves: Iterable[bytes]) -> None:
        level = bytearray(b"".join(leaves))
        self._levels = [level]
        while len(level) > HASH_BYTES:
            level = bytearray(b"".join(_parents(level)))
            self._levels.append(level)

    @property
    def root(self) -> bytes:
        """The Merkle tree hash of all leaves."""
        return bytes(self._levels[-1]) or sha256(b"").digest()

    def proof(self, index: int) -> tuple[bytes, ...]:
        """The audit path of leaf `index` (RFC 6962 §2.1.1): the hashes beside its way up, lowest first."""
        path = []
        for level in self._levels[:-1]:
            beside = (index ^ 1) * HASH_BYTES
            if beside < len(level):
                path.append(bytes(level[beside : beside + HASH_BYTES]))
            index //= 2
        return tuple(path)


def root_from(hash_: bytes, index: int, leaves: int, proof: Sequence[bytes]) -> bytes | None:
    """The root that leaf `hash_` at `index` of `leaves` and its audit path lead to; None when the path cannot fit.

    The check of RFC 9162 §2.1.3.2.
    """
    if not 0 <= index < leaves:
        return None
    rest = iter(proof)
    last = leaves - 1
    while last:
        if index % 2 or index < last:
            beside = next(rest, None)
            if beside is None:
                return None
            hash_ = _node(beside, hash_) if index % 2 else _node(hash_, beside)
        index, last = index // 2, last // 2
    return hash_ if next(rest, None) is None else None


def _parents(level: bytearray) -> Iterator[bytes]:
    """Pairs joined; a last one without a partner moves up as it is, which gives the RFC's shape."""
    for place in range(0, len(level), 2 * HASH_BYTES):
        pair = bytes(level[place : place + 2 * HASH_BYTES])
        yield sha256(b"\x01" + pair).digest() if len(pair) == 2 * HASH_BYTES else pair


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()
