"""An identity of words that nothing else holds, every way it could be written, and where it may turn up."""

import base64
import hashlib
import io
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import quote_plus
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from referral.rules.identities import Identity

BORN = date(2013, 2, 17)
CANARY = Identity(
    name="Xanariox Vaultqord",
    nickname="Zanzikk",
    birth_date=BORN,
    state_id="7788990011",
    school="Quorvexia Academy",
    town="Zibbletonne",
    street="41 Wexquill Terrace",
    parents="Parentixa Vaultqord, 617-555-0142\nGuardioqa Otherqord, guardioqa@mail.example",
    notes="Likes zyrithium and the Wexquill pond.",
)
WORDS = (
    *("Xanariox", "Vaultqord", "Zanzikk", "Quorvexia", "Zibbletonne", "Wexquill", "Parentixa"),
    *("Guardioqa", "Otherqord", "zyrithium", "7788990011", "555-0142", "5550142"),
)
DATES = (
    *("2013-02-17", "2/17/2013", "02/17/2013", "2-17-2013", "02-17-2013", "17.02.2013", "2013/02/17"),
    *("Feb 17, 2013", "February 17, 2013", "17 Feb 2013", "17 February 2013"),
)
DIGESTED = (CANARY.name, CANARY.state_id, BORN.isoformat(), f"{CANARY.name}|{BORN.isoformat()}")
DIGESTS = ("md5", "sha1", "sha256", "blake2b")


def _needles() -> Iterator[bytes]:
    """Every word and date in lower case: UTF-8, UTF-16, hexadecimal, in addresses; digests of the whole."""
    for word in (*WORDS, *DATES):
        lower = word.lower()
        yield from (lower.encode(), lower.encode("utf-16-le"), lower.encode().hex().encode())
        yield quote_plus(lower).lower().encode()
    for text in DIGESTED:
        for name in DIGESTS:
            for variant in (text, text.lower()):
                yield hashlib.new(name, variant.encode()).hexdigest().encode()


def _coded() -> Iterator[bytes]:
    """Words in base 64, wherever in a text they begin: the middle of them, free of their neighbors."""
    for word in (one for one in WORDS if len(one) > 7):
        for before in range(3):
            coded = base64.b64encode(bytes(before) + word.encode())
            yield coded[4 if before else 0 : len(coded) // 4 * 4 - 4]


NEEDLES = tuple(dict.fromkeys(_needles()))
CODED = tuple(dict.fromkeys(_coded()))


def found_in(content: bytes) -> list[str]:
    """What of the canary is in some bytes, zipped ones unpacked."""
    lower = content.lower()
    hits = [one.decode("utf-8", "replace") for one in NEEDLES if one in lower]
    hits += [one.decode() for one in CODED if one in content]
    return hits + [hit for part in _unzipped(content) for hit in found_in(part)]


def _unzipped(content: bytes) -> Iterator[bytes]:
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from map(archive.read, archive.namelist())


@dataclass
class Answer:
    """One request and what came back, seen from outside the app."""

    who: str
    method: str
    address: str
    status: str = ""
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""

    @property
    def around(self) -> bytes:
        """The address and the headers, the cookie readable."""
        told = "\n".join(f"{name}: {value}" for name, value in self.headers)
        return f"{self.method} {self.address}\n{told}".encode() + _cookies(self.headers)

    @property
    def is_page(self) -> bool:
        """Whether it is a page and not a file."""
        headers = {name.lower(): value for name, value in self.headers}
        return (
            headers.get("content-type", "").startswith("text/html") and "content-disposition" not in headers
        )


class Witness:
    """Stands before the app and keeps everything that goes in as an address and comes out."""

    def __init__(self, app: WSGIApplication) -> None:
        self.app, self.answers = app, list[Answer]()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        query = f"?{environ['QUERY_STRING']}" if environ.get("QUERY_STRING") else ""
        answer = Answer(
            environ.get("canary.who", ""), environ["REQUEST_METHOD"], environ["PATH_INFO"] + query
        )
        self.answers.append(answer)

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Callable[[bytes], object]:
            answer.status, answer.headers = status, list(headers)
            return start_response(status, headers, *rest)

        parts = self.app(environ, start)
        answer.body = b"".join(parts)
        if hasattr(parts, "close"):
            parts.close()
        return [answer.body]


def _cookies(headers: list[tuple[str, str]]) -> bytes:
    """What a session cookie holds: signed, and readable to whoever has it."""
    values = [value for name, value in headers if name.lower() == "set-cookie"]
    return b"\n".join(_readable(value.partition("=")[2].partition(";")[0]) for value in values)


def _readable(cookie: str) -> bytes:

    payload = cookie.lstrip(".").split(".")[0]
    try:
        content = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
        return zlib.decompress(content) if cookie.startswith(".") else content
    except (ValueError, zlib.error):
        return b""
