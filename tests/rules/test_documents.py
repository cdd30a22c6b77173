"""What a file is, by its content; when one is added and when a program may read it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.errors import InvalidInput
from referral.rules.documents import (
    BYTES_MAX,
    DOCUMENTS_MAX,
    DocumentKind,
    DocumentRefused,
    FileType,
    check_may_add,
    file_name,
    file_type,
    program_may_read,
)
from referral.rules.referrals import DISCLOSED, ENDED, UNSENT, State
from referral.wording.documents import KINDS, TYPES, size_words
from tests.documents import JPEG, PDF, PNG, a_docx, a_zip


def code_of(content):
    with pytest.raises(InvalidInput) as refused:
        file_type(content)
    [problem] = refused.value.errors
    assert problem.field == "content"
    return problem.code


@pytest.mark.parametrize(
    ("content", "wanted"),
    [(PDF, FileType.PDF), (PNG, FileType.PNG), (JPEG, FileType.JPEG), (a_docx(), FileType.DOCX)],
)
def test_a_file_is_known_by_its_content(content, wanted):
    assert file_type(content) is wanted


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>1</script></html>",
        b"MZ\x90 a program",
        b"#!/bin/sh\n",
        b"GIF89a" + bytes(20),
        b"\xff\xd8\xff no end",
        b"%PDF-1.7 and no end",
        b" %PDF-1.7\n%%EOF",
        PNG[:20],
        a_zip({"anything.txt": b"x"}),
        a_zip({"xl/workbook.xml": b"x", "[Content_Types].xml": b"x"}),
        b"PK\x03\x04 and nothing more",
    ],
)
def test_what_is_no_document_is_refused_whatever_it_is_called(content):
    assert code_of(content) == "document_type_unknown"


def test_empty_and_large_files_are_refused():
    assert code_of(b"") == "document_empty"
    assert code_of(PDF + bytes(BYTES_MAX)) == "document_too_large"


def test_a_document_with_macros_or_a_bomb_in_it_is_refused_unopened():
    bomb = {f"word__{n}.xml": bytes(20_000_000) for n in range(6)}

    assert code_of(a_docx(word__vbaProject__bin=b"x").replace(b"vbaProject/bin", b"vbaProject.bin")) == (
        "document_with_macros"
    )
    assert code_of(a_docx(**bomb)) == "document_unpacks_too_large"
    assert code_of(a_docx(**{f"word__p{n}": b"" for n in range(2001)})) == "document_unpacks_too_large"


@given(st.binary(max_size=200))
def test_random_bytes_are_no_document(content):
    assert code_of(content) in {"document_type_unknown", "document_empty"}


@pytest.mark.parametrize("state", list(State))
def test_documents_come_with_the_packet_and_go_with_it(state):
    added = state is State.INTERESTED or state in DISCLOSED

    assert program_may_read(state, has_disclosure=True) == (state in DISCLOSED)
    assert not program_may_read(state, has_disclosure=False)
    assert not (added and state in ENDED | UNSENT)
    if added:
        check_may_add(state, DOCUMENTS_MAX - 1)
        with pytest.raises(DocumentRefused, match="documents_full"):
            check_may_add(state, DOCUMENTS_MAX)
    else:
        with pytest.raises(DocumentRefused, match="documents_not_now"):
            check_may_add(state, 0)


def test_a_file_is_called_by_codes_only():
    name = file_name("F-0123456789A", DocumentKind.BEHAVIOR_PLAN, 3, FileType.DOCX)

    assert name == "F-0123456789A-3-behavior-plan.docx"


def test_every_kind_and_type_is_worded():
    assert set(KINDS) == {kind.value for kind in DocumentKind}
    assert set(TYPES) == {kind.value for kind in FileType}
    assert [size_words(n) for n in (40, 340_400, 2_140_000)] == ["1 kB", "340 kB", "2.1 MB"]
