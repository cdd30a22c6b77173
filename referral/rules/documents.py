"""Documents of a packet: which kinds, how large, what they are by their content, and when they may be read.

A document is known by its kind and number. The name of its file is never kept: such names tell of people.
"""

import zipfile
from collections.abc import Callable, Mapping
from enum import Enum
from io import BytesIO

from referral.errors import FieldProblem, InvalidInput, ReferralError
from referral.rules.referrals import DISCLOSED, State

BYTES_MAX = 10 * 1024 * 1024
DOCUMENTS_MAX = 20
UNPACKED_MAX = 100 * 1024 * 1024
PARTS_MAX = 2000
# The end of a file may carry a line feed or padding after its last mark.
TAIL_BYTES = 1024
# The district gathers a packet once a program is interested, and adds to it while the referral is open.
MAY_BE_ADDED = frozenset({State.INTERESTED, *DISCLOSED})


class DocumentRefused(ReferralError):
    """A document cannot be added to this referral now."""

    status = 409
    default_code = "documents_not_now"


class DocumentKind(Enum):
    """What a document is: the parts of a packet, as programs ask for them."""

    RELEASE = "release"
    IEP = "iep"
    EVALUATION = "evaluation"
    PROGRESS = "progress"
    BEHAVIOR_PLAN = "behavior_plan"
    TRANSCRIPT = "transcript"
    HEALTH_RECORD = "health_record"
    ENGLISH_LEARNER = "english_learner_record"
    QUESTIONS = "referral_questions"
    OTHER = "other_document"


class FileType(Enum):
    """A type of file that may be sent, by what is in it."""

    PDF = "pdf"
    DOCX = "docx"
    PNG = "png"
    JPEG = "jpg"


MEDIA_TYPES: Mapping[FileType, str] = {
    FileType.PDF: "application/pdf",
    FileType.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileType.PNG: "image/png",
    FileType.JPEG: "image/jpeg",
}


def file_type(content: bytes) -> FileType:
    """What a file is, by its content alone.

    Raises
    ------
    InvalidInput : empty, too large, of no type that is taken, or a document with macros.
    """
    if not content:
        raise _refused("document_empty")
    if len(content) > BYTES_MAX:
        raise _refused("document_too_large", most=BYTES_MAX // (1024 * 1024))
    for kind, is_it in _TESTS.items():
        if is_it(content):
            return kind
    raise _refused("document_type_unknown")


def check_may_add(state: State, documents: int) -> None:
    """Refuse a document where the referral is not at the packet, or has its full number.

    Raises
    ------
    DocumentRefused
    """
    if state not in MAY_BE_ADDED:
        raise DocumentRefused
    if documents >= DOCUMENTS_MAX:
        raise DocumentRefused("documents_full", most=DOCUMENTS_MAX)


def program_may_read(state: State, *, has_disclosure: bool) -> bool:
    """Whether the program may read the documents now: the packet was sent and a record allows it today."""
    return state in DISCLOSED and has_disclosure


def file_name(referral_ref: str, kind: DocumentKind, number: int, file: FileType) -> str:
    """What a document is called where it is saved: codes only."""
    return f"{referral_ref}-{number}-{kind.value.replace('_', '-')}.{file.value}"


def _is_pdf(content: bytes) -> bool:
    return content.startswith(b"%PDF-") and b"%%EOF" in content[-TAIL_BYTES:]


def _is_png(content: bytes) -> bool:
    starts = content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR"
    return starts and b"IEND" in content[-TAIL_BYTES:]


def _is_jpeg(content: bytes) -> bool:
    return content.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in content[-TAIL_BYTES:]


def _is_docx(content: bytes) -> bool:
    """Whether it is a text document; only the list of its parts is read, nothing is unpacked."""
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False
    names = {part.filename for part in parts}
    if not {"[Content_Types].xml", "word/document.xml"} <= names:
        return False
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise _refused("document_with_macros")
    if len(parts) > PARTS_MAX or sum(part.file_size for part in parts) > UNPACKED_MAX:
        raise _refused("document_unpacks_too_large")
    return True


_TESTS: Mapping[FileType, Callable[[bytes], bool]] = {
    FileType.PDF: _is_pdf,
    FileType.PNG: _is_png,
    FileType.JPEG: _is_jpeg,
    FileType.DOCX: _is_docx,
}


def _refused(code: str, **facts: object) -> InvalidInput:
    return InvalidInput([FieldProblem("content", code, facts)])
