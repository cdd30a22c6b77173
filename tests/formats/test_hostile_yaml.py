"""Wrong and hostile files: a clear error in bounded time, and never a half-read value."""

import time

import pytest

from referral.formats.problems import BadFile
from referral.formats.programs_yaml import read_programs
from referral.formats.students_yaml import read_students
from referral.formats.yaml_reading import MAX_BYTES, MAX_VALUES, read_documents

SECONDS = 5.0
LAUGHS = "a: &a [x, x]\n" + "".join(
    f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)

HOSTILE = {
    "UTF-16 with a mark": ("age_years: 9".encode("utf-16"), "UTF-16"),
    "Latin-1": ("name: Andr\xe9".encode("latin-1"), "not UTF-8"),
    "half a character": (b"name: \xc3", "not UTF-8"),
    "a surrogate": (b"name: \xed\xa0\x80", "not UTF-8"),
    "NUL": (b"name: a\x00b", "control character"),
    "an escape": (b"name: \x1b[31mred", "control character"),
    "an escaped NUL": (b'name: "a\\0b"', "U+0000"),
    "a tab as indent": (b"a:\n\tb: 1\n", "spaces, not tabs"),
    "an anchor": (b"a: &x 1\n", "anchor &x"),
    "an alias": (b"a: *x\n", "*x refers to another place"),
    "a billion laughs": (LAUGHS.encode(), "anchor"),
    "a merge key": (b"a: {<<: *x}\n", "refers to another place"),
    "a Python tag": (b"a: !!python/object/apply:os.system [ls]\n", "tag"),
    "a common tag": (b"a: !!str 1\n", "tag"),
    "deep lists": (b"[" * 200_000, "20 levels"),
    "deep groups": (b"{a: " * 200_000, "20 levels"),
    "deep blocks": (b"- " * 5_000 + b"x", "20 levels"),
    "deep indents": ("".join(" " * n + "a:\n" for n in range(2_000)).encode(), "20 levels"),
    "an open list": (b"a: [1, 2\n", "not YAML"),
    "an open quote": (b"a: 'x\n", "not YAML"),
    "a stray bracket": (b"]\n", "not YAML"),
    "a list as a key": (b"? [a, b]\n: c\n", "single word"),
    "a group as a key": (b"{a: 1}: c\n", "single word"),
    "an unknown directive": (b"%FOO\n---\na: 1\n", "not YAML"),
    "a reserved sign": (b"a: @x\n", "quote text"),
    "too many values": (b"- x\n" * (MAX_VALUES + 1), "values"),
    "too large": (b" " * (MAX_BYTES + 1), "20 MB"),
    "a program": (b"\x7fELF\x02\x01\x01" + bytes(2_000), "control character"),
    "a zip archive": (b"PK\x03\x04\x14\x00\x08\x08\x08\x00\xff\xfe", "UTF-8"),
    "a web page": (b"<!doctype html>\n<html lang=en>\n", ""),
}


@pytest.mark.parametrize("read", [read_programs, read_students])
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_clearly_and_soon(name, read):
    content, words = HOSTILE[name]

    began = time.monotonic()
    with pytest.raises(BadFile) as caught:
        read(content, "file.yaml")

    assert time.monotonic() - began < SECONDS
    assert words in str(caught.value)
    assert all(problem.file == "file.yaml" and problem.line >= 1 for problem in caught.value.problems)


def test_a_mark_at_the_start_of_utf_8_is_no_matter():
    documents, problems = read_documents(b"\xef\xbb\xbfa: \xc3\xa9\n", "file.yaml")

    assert (documents, problems) == ([{"a": "é"}], [])


def test_a_key_that_stands_twice_is_told_and_reading_goes_on():
    documents, problems = read_documents(b"a: 1\nb: 2\na: 3\nb: {c: 1, c: 2}\n", "file.yaml")

    assert documents == [{"a": "1", "b": "2"}]
    assert [(p.line, p.field) for p in problems] == [(3, "a"), (4, "b"), (4, "c")]


def test_quoted_words_for_nothing_stay_words():
    documents, _ = read_documents(b"a: 'null'\nb: nUll\nc: null\nd: \"\"\ne: ~\n", "file.yaml")

    assert documents == [{"a": "null", "b": "nUll", "d": ""}]


def test_windows_line_ends_and_long_texts_are_read():
    documents, _ = read_documents(b"a: 1\r\nb: |\r\n  two\r\n  lines\r\n", "file.yaml")

    assert documents == [{"a": "1", "b": "two\nlines\n"}]


def test_an_error_in_a_long_file_names_its_line():
    with pytest.raises(BadFile) as caught:
        read_documents(b"a: 1\n" + b"# words\n" * 4_000 + b"b: \x07\n", "file.yaml")

    assert caught.value.problems[0].line == 4_002


def test_many_problems_are_all_told():
    lines = "".join(f"- {{key: p{n}, agency: river, name: P, colour{n}: red}}\n" for n in range(500))
    head = "format: placewell/programs/1\nagencies: [{key: river, name: River, state: MA}]\nprograms:\n"

    with pytest.raises(BadFile) as caught:
        read_programs((head + lines).encode(), "file.yaml")

    assert [problem.line for problem in caught.value.problems] == list(range(4, 504))
