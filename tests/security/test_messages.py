"""Requests whose length can be read in two ways: one reading, and never a second request out of the first."""

import socket
from urllib.parse import urlsplit

import pytest

from referral.cli.demo_check import served

SMUGGLED = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
HEAD = b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
AMBIGUOUS = {
    "two lengths": HEAD + b"Content-Length: 0\r\nContent-Length: 44\r\n\r\n" + SMUGGLED,
    "a length that is a list": HEAD + b"Content-Length: 0, 44\r\n\r\n" + SMUGGLED,
    "a length with a sign": HEAD + b"Content-Length: +0\r\n\r\n" + SMUGGLED,
    "an unknown coding": HEAD + b"Transfer-Encoding: xchunked\r\n\r\n" + SMUGGLED,
    "a coding with a space": HEAD + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
}


def answers_to(address: str, message: bytes) -> list[bytes]:
    """The first lines of every answer to what is sent on one connection."""
    where = urlsplit(address)
    with socket.create_connection((where.hostname, where.port), timeout=5) as connection:
        connection.sendall(message)
        connection.shutdown(socket.SHUT_WR)
        said = b"".join(iter(lambda: connection.recv(65536), b""))
    return [line for line in said.split(b"\r\n") if line.startswith(b"HTTP/1.")]


@pytest.fixture
def address(demo_app):
    with served(demo_app) as address:
        yield address


def test_a_message_of_two_lengths_is_refused_and_nothing_behind_it_is_answered(address):
    answers = {name: answers_to(address, message) for name, message in AMBIGUOUS.items()}

    accepted = {name: lines for name, lines in answers.items() if len(lines) != 1 or b" 200 " in lines[0]}
    assert accepted == {}


def test_after_a_chunked_body_with_a_length_beside_it_nothing_more_is_answered(address):
    both = HEAD + b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" + SMUGGLED

    lines = answers_to(address, both)

    assert lines == [b"HTTP/1.1 200 OK"]
