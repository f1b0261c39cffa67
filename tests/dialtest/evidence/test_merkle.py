"""The Merkle tree against published values and against itself."""

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from dialtest.evidence.merkle import Root, Tree, leaf, root_from

# The test vectors of the Certificate Transparency log software: eight inputs, and the root over the first n of them.
INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = [sha256(b"\x00" + bytes.fromhex(text)).digest() for text in INPUTS]

leaf_lists = st.integers(1, 70).map(lambda count: [sha256(bytes([number])).digest() for number in range(count)])


def test_the_root_agrees_with_the_published_vectors() -> None:
    assert ROOTS == [Root(LEAVES[:count]).digest().hex() for count in range(9)]


def test_the_whole_tree_has_the_published_roots_too() -> None:
    assert ROOTS == [Tree(LEAVES[:count]).root.hex() for count in range(9)]


@given(leaf_lists)
def test_every_leaf_is_proved_by_its_path(leaves: list[bytes]) -> None:
    tree = Tree(leaves)
    proved = [root_from(each, index, len(leaves), tree.proof(index)) for index, each in enumerate(leaves)]
    assert [Root(leaves).digest()] * len(leaves) == proved


@given(leaf_lists, st.data())
def test_a_path_proves_no_other_leaf_place_or_size(leaves: list[bytes], data: st.DataObject) -> None:
    tree, index = Tree(leaves), data.draw(st.integers(0, len(leaves) - 1))
    path = tree.proof(index)
    assert tree.root != root_from(sha256(b"forged").digest(), index, len(leaves), path)
    assert tree.root != root_from(leaves[index], index + 1, len(leaves), path)
    assert tree.root != root_from(leaves[index], index, len(leaves), (*path, leaves[0]))
    if path:
        assert tree.root != root_from(leaves[index], index, len(leaves), path[:-1])


def test_a_place_outside_the_tree_proves_nothing() -> None:
    assert None is root_from(LEAVES[0], -1, 1, ())
    assert None is root_from(LEAVES[0], 1, 1, ())


def test_a_leaf_binds_name_number_and_head_apart() -> None:
    head = bytes(32)
    assert 4 == len({leaf("a", 1, head), leaf("a", 11, head), leaf("a1", 1, head), leaf("a", 1, bytes(31) + b"\x01")})
