"""Files as people send them, made from a few bytes, and rows of documents."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

from referral.formats.sealed_files import SealedFolder
from tests.databases import SECRET

PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + bytes(17) + b"\x00\x00\x00\x00IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0" + bytes(40) + b"\xff\xd9"


def a_zip(parts: Mapping[str, bytes]) -> bytes:
    """An archive of these parts."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def a_docx(**more: bytes) -> bytes:
    """A text document; further parts by name, with `__` for a slash."""
    parts = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"}
    return a_zip(parts | {name.replace("__", "/"): content for name, content in more.items()})


def a_folder(instance) -> SealedFolder:
    """The folder of an instance's documents, as the app opens it."""
    return SealedFolder.of_instance(instance, SECRET)
