"""A student's log of access as a tagged PDF (PDF/UA-1): read aloud, its tables have headings."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import typst

TEMPLATE = Path(__file__).with_name("access.typ")
STANDARD: Literal["ua-1"] = "ua-1"


@dataclass(frozen=True)
class Section:
    """A table with its heading; ``widths`` are shares of the line; ``empty`` is said without rows."""

    title: str
    columns: Sequence[str]
    widths: Sequence[int]
    rows: Sequence[Sequence[str]]
    empty: str


@dataclass(frozen=True)
class AccessDocument:
    """All that stands in the file."""

    title: str
    lead: str
    sections: Sequence[Section]
    closing: str
    footer: str


def access_pdf(document: AccessDocument) -> bytes:
    """The log as a PDF with tags, title and language."""
    return typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"log": json.dumps(asdict(document))},
        pdf_standards=STANDARD,
    )
