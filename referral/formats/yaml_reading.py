"""YAML text to plain values that remember their lines.

Every scalar stays the text that was written (ZIP 02130, `no`, 1:30), as with PyYAML's BaseLoader. Values are
put together from the parser's events, so that size, depth and number are bounded before anything is built,
and no alias can multiply.
"""

from collections.abc import Iterator
from typing import Any

import yaml

from referral.formats.problems import BadFile, Problem

MAX_BYTES = 20 * 1024 * 1024
MAX_DEPTH = 20
MAX_VALUES = 500_000
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_EMPTY = frozenset({"", "~", "null", "Null", "NULL"})
_BLANKS = "\t\n\r\N{NEXT LINE}\N{NO-BREAK SPACE}"


class Group(dict[str, Any]):
    """A mapping that knows its line and the line of each key."""

    __slots__ = ("key_lines", "line")

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.key_lines: dict[str, int] = {}


class Series(list[Any]):
    """A list that knows its line and the line of each entry."""

    __slots__ = ("entry_lines", "line")

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.entry_lines: list[int] = []


class _Builder:
    """Puts the values of one file together, noting what is wrong on the way."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self.documents: list[Any] = []
        self.values = 0
        self._open: list[Group | Series] = []
        self._keys: list[str | None] = []

    def take(self, event: Any) -> None:
        """Take the next event of the parser."""
        line = event.start_mark.line + 1
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_marks(event, line)
            self._scalar(event, line)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._refuse_marks(event, line)
            self._begin(Group(line) if isinstance(event, yaml.MappingStartEvent) else Series(line), line)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._open.pop()
            self._keys.pop()
        elif isinstance(event, yaml.AliasEvent):
            raise self.stop(line, f"*{event.anchor} refers to another place; write the value out here")

    def stop(self, line: int, message: str) -> BadFile:
        """The error to raise when reading cannot go on, with what was found before."""
        return BadFile([*self.problems, Problem(self.name, line, "", "", message)])

    def _note(self, line: int, field: str, message: str) -> None:
        self.problems.append(Problem(self.name, line, "", field, message))

    def _refuse_marks(self, event: Any, line: int) -> None:
        if event.anchor is not None:
            raise self.stop(line, f"the anchor &{event.anchor} is not read; write each value out")
        if event.tag is not None:
            raise self.stop(line, "a tag beginning with ! is not read; write the plain value")

    def _refuse_controls(self, text: str, line: int) -> None:
        found = next((character for character in text if _is_control(character)), None)
        if found is not None:
            raise self.stop(line, f"holds the control character U+{ord(found):04X}; delete it")

    def _begin(self, container: Group | Series, line: int) -> None:
        if len(self._open) >= MAX_DEPTH:
            raise self.stop(line, f"nested more than {MAX_DEPTH} levels deep")
        self._add(container, line)
        self._open.append(container)
        self._keys.append(None)

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        parent = self._open[-1] if self._open else None
        if not event.value.isprintable():
            self._refuse_controls(event.value, line)
        if isinstance(parent, Group) and self._keys[-1] is None:
            self._key(parent, event.value, line)
        elif event.implicit[0] and event.value in _EMPTY and isinstance(parent, Group):
            self._keys[-1] = None  # "town:" with nothing behind it is not known: as if left out
        else:
            self._add(event.value, line)

    def _key(self, parent: Group, key: str, line: int) -> None:
        if key in parent.key_lines:
            self._note(line, key, f"stands twice in one group, first on line {parent.key_lines[key]}")
        else:
            parent.key_lines[key] = line
        self._keys[-1] = key

    def _add(self, value: Any, line: int) -> None:
        self.values += 1
        if self.values > MAX_VALUES:
            raise self.stop(line, f"holds more than {MAX_VALUES:,} values")
        parent = self._open[-1] if self._open else None
        if parent is None:
            self.documents.append(value)
        elif isinstance(parent, Series):
            parent.append(value)
            parent.entry_lines.append(line)
        else:
            self._add_to_group(parent, value, line)

    def _add_to_group(self, parent: Group, value: Any, line: int) -> None:
        key = self._keys[-1]
        if key is None:
            raise self.stop(line, "a key must be a single word, not a list or a group")
        parent.setdefault(key, value)
        self._keys[-1] = None


def read_documents(content: bytes, name: str) -> tuple[list[Any], list[Problem]]:
    """Every document of a YAML file, and the problems found that do not stop the reading.

    Raises
    ------
    BadFile : not UTF-8, not YAML, too large, too deep, an alias, an anchor or a tag.
    """
    text = _text(content, name)
    builder = _Builder(name)
    try:
        for event in _events(text):
            builder.take(event)
    except yaml.YAMLError as error:
        raise builder.stop(_line(error, text), _yaml_sentence(error)) from None
    return builder.documents, builder.problems


def _events(text: str) -> Iterator[yaml.Event]:
    loader = _LOADER(text)
    try:
        while loader.check_event():
            yield loader.get_event()
    finally:
        loader.dispose()


def _text(content: bytes, name: str) -> str:
    def refuse(line: int, message: str) -> BadFile:
        return BadFile([Problem(name, line, "", "", message)])

    if len(content) > MAX_BYTES:
        raise refuse(1, f"larger than {MAX_BYTES // 1024 // 1024} MB")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refuse(1, "written as UTF-16; save it as UTF-8")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise refuse(line, "holds bytes that are not UTF-8; save the file as UTF-8") from None
    return text


def _is_control(character: str) -> bool:
    code = ord(character)
    return character not in _BLANKS and (code < 0x20 or 0x7F <= code < 0xA0 or code in (0xFFFE, 0xFFFF))


def _line(error: yaml.YAMLError, text: str) -> int:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is not None:
        return int(mark.line) + 1
    return text.count("\n", 0, _position(error)) + 1


def _position(error: yaml.YAMLError) -> int:
    position = getattr(error, "position", 0)
    return position if isinstance(position, int) else 0


def _yaml_sentence(error: yaml.YAMLError) -> str:
    if isinstance(error, yaml.reader.ReaderError):
        return "holds a control character; delete it"
    problem = str(getattr(error, "problem", None) or error)
    if "tab" in problem or "cannot start any token" in problem:
        return "cannot be read here; indent with spaces, not tabs, and quote text that begins with @, % or `"
    return f"is not YAML: {problem}"
