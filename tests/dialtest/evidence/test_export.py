"""Portable copies: made from a journal, checked without it."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_BZIP2, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialtest.errors import CouldNotTest, DialtestError
from dialtest.evidence.export import export
from dialtest.evidence.journal import Tampered
from dialtest.evidence.portable_check import verify_copy
from dialtest.evidence.seal import last_seal, seal
from dialtest.evidence.store import file_url, open_journal
from dialtest.evidence.verify import verify
from tests.dialtest.evidence.journals import (
    LENGTHS,
    POLICY,
    dial,
    hear,
    new_journal,
    rows,
    sealed_campaign,
    tampering,
)

Parts = dict[str, bytes]


def copied(folder: Path, *cases: str) -> Path:
    """A copy of cases of the sealed campaign."""
    journal = open_journal(file_url(sealed_campaign(folder)), read_only=True)
    export(journal, folder / "copy.zip", cases)
    journal.close()
    return folder / "copy.zip"


def printed(folder: Path) -> bytes:
    """The newest seal of the sealed campaign, as a report prints it."""
    (root,) = rows(folder / "journal.db", "SELECT root FROM seals ORDER BY seal DESC LIMIT 1")[0]
    return bytes(root)


def parts_of(path: Path) -> Parts:
    with ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


def evidence_in(path: Path) -> Parts:
    """All parts but the guide, which is for people, and the manifest, whose labels prove nothing."""
    with ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist() if name.startswith(("cases/", "documents/"))}


def packed(path: Path, parts: Parts) -> Path:
    with ZipFile(path, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return path


def after(folder: Path, change: Callable[[Parts], object], *cases: str, root: bool = False) -> list[str]:
    """What checking says of a copy somebody repacked."""
    parts = parts_of(copied(folder, *cases))
    change(parts)
    path = packed(folder / "changed.zip", parts)
    return [each.text for each in verify_copy(path, printed(folder) if root else None).discrepancies]


def edit(part: str, **values: object) -> Callable[[Parts], object]:
    """Change values of a JSON part."""

    def change(parts: Parts) -> None:
        parts[part] = json.dumps({**json.loads(parts[part]), **values}).encode()

    return change


def test_a_copy_of_everything_holds_by_itself_and_under_the_printed_seal(tmp_path: Path) -> None:
    path = copied(tmp_path)
    for root in (None, printed(tmp_path)):
        found = verify_copy(path, root)
        assert [] == [each.text for each in found.discrepancies]
        assert (4, sum(LENGTHS.values()), 2, 1) == (found.cases, found.records, found.documents, found.seals)


@pytest.mark.parametrize("case", LENGTHS)
def test_one_case_can_be_handed_over_alone(tmp_path: Path, case: str) -> None:
    found = verify_copy(copied(tmp_path, case), printed(tmp_path))
    assert (True, 1, LENGTHS[case]) == (found.holds, found.cases, found.records)


def test_a_copy_holds_the_very_bytes_of_the_journal(tmp_path: Path) -> None:
    parts = parts_of(copied(tmp_path, "b"))
    kept = rows(tmp_path / "journal.db", "SELECT body, hash FROM records WHERE \"case\" = 'b' ORDER BY seq")
    assert b"".join(body + b"\n" for body, _hash in kept) == parts["cases/000001/records.jsonl"]
    assert [hash_.hex() for _body, hash_ in kept] == parts["cases/000001/hashes.txt"].decode().split()


def test_a_copy_holds_the_policy_and_the_script_the_case_was_dialled_with(tmp_path: Path) -> None:
    parts = parts_of(copied(tmp_path, "b"))
    assert POLICY.encode() == parts[f"documents/{sha256(POLICY.encode()).hexdigest()}.txt"]
    assert {"policy", "scenario"} == {each["kind"] for each in json.loads(parts["manifest.json"])["documents"]}


def test_the_guide_in_a_copy_tells_how_to_check_it_by_hand(tmp_path: Path) -> None:
    parts = parts_of(copied(tmp_path, "b"))
    head = bytes(32)
    for line in parts["cases/000001/records.jsonl"].splitlines():
        head = sha256(head + line).digest()
    case = json.loads(parts["cases/000001/case.json"])
    assert case["head"] == head.hex()
    inclusion = case["inclusion"]
    node = sha256(b"\0b\n9\n" + head).digest()
    index, last = inclusion["index"], json.loads(parts["manifest.json"])["seal"]["cases"] - 1
    for beside in map(bytes.fromhex, inclusion["path"]):
        while index == last and not index % 2:
            index, last = index // 2, last // 2
        node = sha256(b"\1" + (beside + node if index % 2 else node + beside)).digest()
        index, last = index // 2, last // 2
    assert printed(tmp_path) == node


def test_the_same_evidence_gives_the_same_bytes(tmp_path: Path) -> None:
    first = copied(tmp_path).read_bytes()
    assert first == copied(tmp_path).read_bytes()


def test_making_a_copy_leaves_nothing_beside_it(tmp_path: Path) -> None:
    copied(tmp_path)
    assert ["copy.zip", "journal.db"] == sorted(path.name for path in tmp_path.iterdir())


def test_what_came_after_the_seal_is_copied_and_counted_as_unsealed(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    chain = dial(journal, "a", closed=False)
    seal(journal)
    hear(journal, chain, 2)
    dial(journal, "b")
    journal.commit()
    export(journal, tmp_path / "copy.zip")
    found = verify_copy(tmp_path / "copy.zip")
    assert (True, 1, 8) == (found.holds, found.unsealed_cases, found.unsealed_records)
    made = last_seal(journal)
    assert made is not None
    said = [each.text for each in verify_copy(tmp_path / "copy.zip", bytes.fromhex(made.root)).discrepancies]
    assert ["Case b: not covered by the seal."] == said


def test_a_journal_never_sealed_can_be_copied_but_proves_only_itself(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    dial(journal, "a")
    journal.commit()
    export(journal, tmp_path / "copy.zip")
    assert verify_copy(tmp_path / "copy.zip").holds
    assert not verify_copy(tmp_path / "copy.zip", bytes(8)).holds


def test_a_case_that_is_not_there_is_not_copied(tmp_path: Path) -> None:
    with pytest.raises(DialtestError, match="The journal has no case “z”"):
        copied(tmp_path, "a", "z")
    assert not (tmp_path / "copy.zip").exists()


@pytest.mark.parametrize(
    "crime",
    [
        "UPDATE records SET body = x'7b7d' WHERE \"case\" = 'b' AND seq = 4",
        "DELETE FROM records WHERE \"case\" = 'b' AND seq = 8",
        "UPDATE seals SET root = zeroblob(32)",
        "UPDATE documents SET text = 'other'",
        "DELETE FROM documents",
        "UPDATE cases SET msisdn = '1' WHERE \"case\" = 'b'",
    ],
)
def test_evidence_that_does_not_hold_is_not_copied(tmp_path: Path, crime: str) -> None:
    path = sealed_campaign(tmp_path)
    with tampering(path) as connection:
        connection.execute(crime)
    journal = open_journal(file_url(path), read_only=True)
    with pytest.raises(Tampered):
        export(journal, tmp_path / "copy.zip", ["b"])
    journal.close()
    assert ["journal.db"] == [path.name for path in tmp_path.iterdir()]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    journal = open_journal(file_url(sealed_campaign(tmp_path)), read_only=True)
    with pytest.raises(CouldNotTest, match=r"The copy .*away/copy.zip cannot be written: No such file"):
        export(journal, tmp_path / "away" / "copy.zip")


def test_a_changed_record_of_a_copy_is_named(tmp_path: Path) -> None:
    def change(parts: Parts) -> None:
        name = "cases/000001/records.jsonl"
        parts[name] = parts[name].replace(b'"seq":4', b'"seq":4 ', 1)

    assert ["Case b, record 4: changed; its hash does not follow from it."] == after(tmp_path, change, "b")


def test_a_cut_tail_of_a_copy_is_named(tmp_path: Path) -> None:
    def change(parts: Parts) -> None:
        for name in ("cases/000001/records.jsonl", "cases/000001/hashes.txt"):
            parts[name] = b"".join(parts[name].splitlines(keepends=True)[:-2])

    assert "Case b: cut off from record 7 on; seal 2 says it has 9 records." in after(tmp_path, change, "b")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (edit("cases/000001/case.json", case="x"), "Case x: not covered by the seal."),
        (edit("cases/000001/case.json", head="00" * 32), "Case b: rewritten at or before record 8"),
        (edit("cases/000001/case.json", records=3), "Case b: rewritten at or before record 8"),
        (edit("cases/000001/case.json", records=10), "Case b: cut off from record 9 on; cases/000001/case.json says"),
        (edit("cases/000001/case.json", inclusion=None), "Case b: not covered by the seal."),
        (edit("cases/000001/case.json", more=1), "cases/000001/case.json: damaged or not as written"),
        (edit("manifest.json", seal=None), "Case b: not covered by the seal."),
        (edit("manifest.json", seal={"number": 2, "at": "2006", "cases": 4, "root": "x"}), "Seal 2: not a seal"),
        (edit("manifest.json", cases=2), "cases/000002/case.json: damaged or not as written: it is missing."),
        (edit("manifest.json", cases=0), "cases/000001/case.json: it does not belong there."),
        (edit("manifest.json", documents=[]), "which case b was dialled with: missing."),
        (lambda parts: parts.update({"notes.txt": b""}), "notes.txt: it does not belong there."),
        (lambda parts: parts.pop("cases/000001/hashes.txt"), "cases/000001/hashes.txt: damaged or not as written"),
        (lambda parts: parts.update({"cases/000001/hashes.txt": b"x"}), "Case b, record 0: changed"),
        (
            lambda parts: parts.update({name: b"" for name in parts if name.startswith("documents/")}),
            "monternet-2006): changed.",
        ),
    ],
)
def test_whatever_is_repacked_otherwise_is_told(tmp_path: Path, change: Callable[[Parts], object], said: str) -> None:
    assert [] != [text for text in after(tmp_path, change, "b", root=True) if said in text]


def test_two_parts_of_one_name_are_told(tmp_path: Path) -> None:
    path = copied(tmp_path, "b")
    content = parts_of(path)["cases/000001/case.json"]
    with ZipFile(path, "a") as file, pytest.warns(UserWarning, match="Duplicate name"):
        file.writestr("cases/000001/case.json", content)
    assert ["cases/000001/case.json: it does not belong there."] == [
        each.text for each in verify_copy(path).discrepancies
    ]


@pytest.mark.parametrize(
    "content",
    [b"", b"text", b"PK\x03\x04" + bytes(200), bytes(range(256)) * 8],
    ids=["empty", "text", "cut", "binary"],
)
def test_what_is_no_copy_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "copy.zip"
    path.write_bytes(content)
    with pytest.raises(DialtestError, match="is no copy of evidence"):
        verify_copy(path)


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        (None, "it has no manifest.json"),
        (b"{", "manifest.json: "),
        (b'{"format": "songs", "version": 1, "cases": 0, "seal": null, "documents": []}', "songs"),
        (b'{"format": "dialtest-evidence", "version": 2, "cases": 0, "seal": null, "documents": []}', "2"),
    ],
)
def test_a_zip_file_of_something_else_is_refused(tmp_path: Path, manifest: bytes | None, said: str) -> None:
    path = packed(tmp_path / "copy.zip", {"manifest.json": manifest} if manifest else {"songs.txt": b""})
    with pytest.raises(DialtestError, match="is no copy of evidence") as refused:
        verify_copy(path)
    assert said in refused.value.problem


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dialtest.evidence.portable_check.PART_LIMIT", 1_000)
    said = after(tmp_path, lambda parts: parts.update({"cases/000001/records.jsonl": b"{}\n" * 1_000}), "b")
    assert any("cases/000001/records.jsonl is larger than 1000 bytes" in text for text in said)


def test_packing_that_dialtest_does_not_use_is_refused(tmp_path: Path) -> None:
    parts = parts_of(copied(tmp_path, "b"))
    with ZipFile(tmp_path / "other.zip", "w", ZIP_BZIP2) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    with pytest.raises(DialtestError, match="is packed in a way dialtest does not use"):
        verify_copy(tmp_path / "other.zip")


@settings(max_examples=60)
@given(st.data())
def test_a_damaged_copy_never_says_other_things_than_the_journal(data: st.DataObject) -> None:
    """Any byte changed: refused, told as not holding, or nothing that matters was hit."""
    with TemporaryDirectory() as folder:
        path = copied(Path(folder), "b")
        content, whole = bytearray(path.read_bytes()), evidence_in(path)
        content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
        path.write_bytes(content)
        try:
            holds = verify_copy(path).holds
        except DialtestError:
            holds = False
        if holds:
            assert whole == evidence_in(path)


def test_copying_changes_nothing_in_the_journal(tmp_path: Path) -> None:
    before = sealed_campaign(tmp_path).read_bytes()
    copied(tmp_path)
    assert before == (tmp_path / "journal.db").read_bytes()
    assert verify(open_journal(file_url(tmp_path / "journal.db"), read_only=True)).holds
