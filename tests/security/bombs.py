"""Files that are small to send and large to read, each read in a process that may take little more memory.

`python -m tests.security.bombs` prints for each file its name, the seconds of processor time, the growth of
the memory in MB and what was said, as JSON.
"""

import io
import json
import re
import resource
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from referral.formats.policies_yaml import read_policy
from referral.formats.problems import BadFile
from referral.formats.programs_yaml import read_programs
from referral.formats.seats_sheet import read_sheet
from referral.formats.students_yaml import read_students

MB = 1024 * 1024
MEMORY_MB = 200
WORKBOOK = b'<workbook><sheets><sheet name="a" r:id="rId1"/></sheets></workbook>'
LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefghi", "bcdefghij", strict=True)
)


def xlsx(*members: tuple[str, bytes]) -> bytes:
    """An archive that looks like a workbook and holds these members besides."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("xl/workbook.xml", WORKBOOK)
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def lying_xlsx(content: bytes) -> bytes:
    """An archive whose headers say that a large member is one byte long."""
    made = xlsx(("xl/worksheets/sheet1.xml", content))
    size = len(content).to_bytes(4, "little")
    return made.replace(size, (1).to_bytes(4, "little"))


SHEETS: dict[str, Callable[[], bytes]] = {
    "a sheet of 250 MB in 250 kB": lambda: xlsx(("xl/worksheets/sheet1.xml", bytes(250 * MB))),
    "a sheet that lies about its size": lambda: lying_xlsx(bytes(100 * MB)),
    "190 members of 1 MB": lambda: xlsx(*((f"xl/media/{n}.bin", bytes(MB)) for n in range(190))),
    "10,000 members": lambda: xlsx(*((f"xl/media/{n}.bin", b"") for n in range(10_000))),
    "a cell in the last row": lambda: xlsx(
        ("xl/worksheets/sheet1.xml", b'<sheetData><row r="1048576"><c r="XFD1048576"/></row></sheetData>')
    ),
    "an archive in an archive": lambda: xlsx(("a.zip", xlsx(("b.bin", bytes(50 * MB))))),
    "a CSV of 400,000 rows": lambda: b"Program,Room\n" + b"a,b\n" * 400_000,
    "a CSV of 400,000 columns": lambda: b"a," * 400_000 + b"\n",
    "a CSV of one cell of 4 MB": lambda: b'"' + b"a" * (4 * MB) + b'"\n',
    "a CSV of empty lines": lambda: b"\n" * (4 * MB),
}
TEXTS: dict[str, Callable[[], bytes]] = {
    "aliases that multiply": lambda: LAUGHS.encode(),
    "one alias a million times": lambda: b"a: &a [x]\nb: [" + b"*a," * 1_000_000 + b"]\n",
    "lists 2,000,000 deep": lambda: b"[" * 2_000_000,
    "groups 1,000,000 deep": lambda: b"{a: " * 1_000_000,
    "a key of 4 MB": lambda: b"a" * (4 * MB) + b": 1\n",
    "more than 20 MB": lambda: b"- x\n" * (6 * MB),
}


def refusal_of_sheet(content: bytes) -> str:
    """What is said of a sheet; "" if it is read."""
    sheet = read_sheet(content)
    return "" if sheet.rows else " ".join(problem.code for problem in sheet.problems)


def refusal_of_text(content: bytes) -> str:
    """What all readers of YAML say of a text; "" if one of them reads it."""
    said = []
    for read in (read_programs, read_students, read_policy):
        try:
            read(content, "file.yaml")
        except BadFile as error:
            said.append(error.problems[0].message[:80])
        else:
            return ""
    return said[0]


def measured(refusal: Callable[[bytes], str], content: bytes) -> tuple[float, float, str]:
    """The seconds of processor time, the MB of memory beyond the file, and what was said."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    said = refusal(content)
    seconds = time.process_time() - began
    return seconds, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024, said


def main() -> None:
    """Make every file, then read each with the memory of this process bounded, and print what it took."""
    files = [(name, make(), refusal_of_sheet) for name, make in SHEETS.items()]
    files += [(name, make(), refusal_of_text) for name, make in TEXTS.items()]
    status = Path("/proc/self/status").read_text()
    in_use_kb = int(re.search(r"VmSize:\s+(\d+)", status)[1])
    most = in_use_kb * 1024 + MEMORY_MB * MB
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    print(json.dumps({name: measured(refusal, content) for name, content, refusal in files}))


if __name__ == "__main__":
    main()
