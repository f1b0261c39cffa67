"""A decision is recorded with who, when and why, on the evidence there was, and outlives judging again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from dialtest.errors import CouldNotTest, DialtestError
from dialtest.evidence import schema
from dialtest.evidence.export import export
from dialtest.evidence.portable_check import verify_copy
from dialtest.evidence.record import CitedFinding
from dialtest.evidence.seal import seal
from dialtest.evidence.store import open_journal
from dialtest.evidence.told import decided_why
from dialtest.evidence.verify import verify
from dialtest.language import speaking
from dialtest.review import decision
from dialtest.review.answer import keep_answer, kept_answer
from dialtest.review.decision import decide
from dialtest.review.matter_file import matter_files, the_matter
from dialtest.review.outcome import follow_evidence
from dialtest.review.states import NotPossible
from tests.dialtest.review.under_review import FOUND_AT, found, ruling, take, the_file
from tests.reports.campaign_builder import OVER_TARIFF, POLICY, at, service


def test_a_decision_names_who_when_why_and_the_hashes_of_the_findings_it_is_about() -> None:
    built = found(cases=2)
    (entry,) = take(built.journal, "hear").entries
    assert ("王芳", "属实", at("08-08")) == (entry.decided.by, entry.decided.why, entry.decided.at)
    with built.journal.reading() as connection:
        rows = connection.execute(schema.records.select().where(schema.records.c.seq == 4)).all()
    assert {(row.case, row.hash.hex()) for row in rows} == {(one.case, one.hash) for one in entry.decided.findings}


def test_a_confirmation_gives_the_days_of_the_policy_to_the_end_of_the_last() -> None:
    decided = take(found().journal, "hear", "confirm").entries[-1].decided
    assert at("08-15").replace(hour=23, minute=59, second=59) == decided.deadline


@pytest.mark.parametrize("changes", [{"by": " "}, {"why": ""}, {"by": "王" * 101}, {"why": "x" * 4_001}])
def test_a_decision_without_a_name_or_a_reason_is_refused(changes: dict[str, str]) -> None:
    journal = found().journal
    with pytest.raises(DialtestError, match=r"characters|个字符"):
        decide(journal, the_file(journal), ruling("hear", **changes), POLICY)
    assert () == the_file(journal).entries


def test_a_decision_is_not_dated_before_what_was_found_or_decided() -> None:
    journal = found().journal
    with pytest.raises(NotPossible):
        decide(journal, the_file(journal), ruling("hear", FOUND_AT - timedelta(minutes=1)), POLICY)
    file = take(journal, "hear")
    with pytest.raises(NotPossible):
        decide(journal, file, ruling("confirm", at("08-07")), POLICY)


def test_somebody_elses_decision_meanwhile_is_noticed() -> None:
    journal = found().journal
    seen_before = the_file(journal)
    take(journal, "hear")
    with pytest.raises(NotPossible, match=seen_before.key.id):
        decide(journal, seen_before, ruling("hear"), POLICY)


def test_of_two_decisions_at_the_same_moment_one_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path}/journal.db"
    ours, theirs = found(url=url).journal, open_journal(url)
    file = the_file(ours)

    def meanwhile(*_: object) -> tuple[CitedFinding, ...]:
        monkeypatch.undo()
        take(theirs, "dismiss")
        return ()

    monkeypatch.setattr(decision, "_cited", meanwhile)
    with pytest.raises(DialtestError):
        decide(ours, file, ruling("hear"), POLICY)
    ours.close()
    assert ["dismiss"] == [entry.decided.move for entry in the_file(theirs).entries]
    theirs.close()


def test_decisions_outlive_a_judging_that_finds_nothing_any_more() -> None:
    journal = found().journal
    take(journal, "hear", "confirm")
    with journal.writing() as connection:
        connection.execute(delete(schema.findings))
    file = the_file(journal)
    assert ("confirmed", False, "critical") == (file.state, file.supported, file.severity)


def test_findings_after_a_dismissal_open_the_matter_again() -> None:
    built = found()
    take(built.journal, "dismiss")
    assert "dismissed" == follow_evidence(built.journal, [the_file(built.journal)], POLICY)[0].state
    built.found(begun=at("08-10"), ended=at("08-18"))
    (file,) = follow_evidence(built.journal, [the_file(built.journal)], POLICY)
    assert ("new", "reopen", "dialtest", at("08-18")) == (
        file.state,
        file.entries[-1].decided.move,
        file.entries[-1].decided.by,
        file.entries[-1].decided.at,
    )


def test_a_retest_that_meets_the_fault_recurs_though_the_provider_said_again_that_it_is_rectified() -> None:
    built = found()
    file = take(built.journal, "hear", "confirm", "notify")
    for day in ("08-10", "08-20"):
        file = decide(built.journal, file, ruling("rectify", at(day), retests=("case-0002",)), POLICY)
    built.found(begun=at("08-12"), ended=at("08-25"))
    (file,) = follow_evidence(built.journal, [the_file(built.journal)], POLICY)
    made = file.entries[-1].decided
    assert ("recurred", at("08-25")) == (file.state, made.at)
    with speaking("en"):
        assert decided_why(made).startswith("Found again in 1 dials")
    with speaking("zh"):
        assert "首次为用例case-0002" in decided_why(made)


def test_a_matter_is_named_by_its_id_its_key_or_one_of_its_findings() -> None:
    journal = found().journal
    file = the_file(journal)
    names = (file.key.id, "900001/XW/charge-over-tariff", "900001/XW/charge-over-tariff/case-0001")
    assert [file] * 3 == [the_matter([file], name) for name in names]
    with pytest.raises(DialtestError, match="M0000000000"):
        the_matter([file], "M0000000000")


def test_the_most_harmful_matter_comes_first() -> None:
    built = found()
    built.found(OVER_TARIFF, service("TL", "900003")).found(OVER_TARIFF, service("TL", "900003"))
    assert ["900003", "900001"] == [file.key.provider_code for file in matter_files(built.journal)]


@pytest.mark.parametrize("content", ["承认配置错误\r\n".encode(), b"", b"%PDF-1.4\x00\xff\xfe", b"nul\x00byte"])
def test_a_document_comes_out_as_it_went_in(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "answer.bin").write_bytes(content)
    journal = found().journal
    document = keep_answer(journal, tmp_path / "answer.bin")
    assert (len(content), content) == (document.size, kept_answer(journal, document))


def test_a_changed_document_of_an_answer_is_found(tmp_path: Path) -> None:
    (tmp_path / "answer.txt").write_text("承认", encoding="utf-8")
    journal = found().journal
    document = keep_answer(journal, tmp_path / "answer.txt")
    decide(journal, the_file(journal), ruling("hear", documents=(document,)), POLICY)
    seal(journal, at("08-09"))
    assert verify(journal).holds
    with journal.writing() as connection:
        connection.execute(update(schema.documents).where(schema.documents.c.kind == "answer").values(text="否认"))
    assert ["document_changed"] == [each.kind for each in verify(journal).discrepancies]
    with journal.writing() as connection:
        connection.execute(delete(schema.documents).where(schema.documents.c.kind == "answer"))
    assert ["document_missing"] == [each.kind for each in verify(journal).discrepancies]


def test_a_document_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CouldNotTest, match="gone"):
        keep_answer(found().journal, tmp_path / "gone.pdf")


def test_a_portable_copy_holds_the_decisions_and_proves_them(tmp_path: Path) -> None:
    journal = found().journal
    take(journal, "hear", "confirm")
    sealed = seal(journal, at("08-09"))
    export(journal, tmp_path / "copy.zip")
    checked = verify_copy(tmp_path / "copy.zip", bytes.fromhex(sealed.root))
    assert (True, 1, 1) == (checked.holds, checked.cases, checked.matters)
