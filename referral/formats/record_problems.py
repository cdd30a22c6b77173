"""Refusals of a record, mapped to the line and the field of the file and said in plain words."""

import re
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from referral.formats.problems import Problem
from referral.formats.yaml_reading import Group, Series

Path = tuple[str | int, ...]
_FEW = 9

_PATTERNS: Mapping[str, str] = {
    r"^[a-z0-9]+(-{1,2}[a-z0-9]+)*$": "must be small letters, digits and hyphens, such as tec-campus-school",
    r"^https?://\S+$": "must be a web address that begins with http:// or https://",
    r"^\d{5}$": "must be a ZIP code of five digits",
    r"^[A-Z]{2}$": "must be a state of two capital letters, such as MA",
    r"^[A-Za-z0-9-]{1,40}$": "must be a code of letters, digits and hyphens, at most 40",
}
_SENTENCES: Mapping[str, str] = {
    "missing": "is missing",
    "string_type": "must be text",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_parsing_size": "is too large a number",
    "string_too_short": "is empty; leave the field out where it is not known",
    "bool_type": "must be yes or no",
    "bool_parsing": "must be yes or no",
    "tuple_type": "must be a list, each entry on its own line after a hyphen",
    "mapping_type": "must be a group of fields",
    "dict_type": "must be a group of fields",
    "model_type": "must be a group of fields",
    "model_attributes_type": "must be a group of fields",
}


def line_of(document: Any, path: Path) -> int:
    """The line of what a path names; of the nearest thing around it where it is absent."""
    line, here = getattr(document, "line", 1), document
    for part in path:
        if isinstance(here, Group) and part in here.key_lines:
            line, here = here.key_lines[str(part)], here.get(str(part))
        elif isinstance(here, Series) and isinstance(part, int) and part < len(here):
            line, here = here.entry_lines[part], here[part]
        else:
            break
    return line


def field_name(path: Path) -> str:
    """A path as people read it: ``rooms[2].seats.licensed``, counting from one."""
    parts = (f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".")


def record_problems(
    error: ValidationError,
    model: type[BaseModel],
    document: Any,
    name: str,
    *,
    where: Callable[[Path], tuple[str, Path]],
) -> Iterator[Problem]:
    """Every refusal as a problem; ``where`` splits a path into the record's name and the path inside it."""
    for refusal in error.errors(include_url=False):
        path: Path = tuple(part for part in refusal["loc"] if part != "[key]")
        record, inside = where(path)
        yield Problem(
            name, line_of(document, path), record, field_name(inside), refusal_words(refusal, model, path)
        )


def refusal_words(refusal: Mapping[str, Any], model: type[BaseModel], path: Path) -> str:
    """What is wrong with a value, as the end of a sentence that begins with its name."""
    kind, facts = str(refusal["type"]), refusal.get("ctx", {})
    if kind == "extra_forbidden":
        return "is not a field here" + _suggestion(str(path[-1]), _fields_around(model, path[:-1]))
    if kind in ("enum", "literal_error"):
        return _unknown_word(refusal["input"], re.findall(r"'([^']*)'", str(facts["expected"])))
    if kind == "string_pattern_mismatch":
        return _PATTERNS.get(facts["pattern"], "is not written as it must be")
    if kind == "value_error":
        return str(facts["error"])
    return _SENTENCES.get(kind) or _measured(kind, facts) or str(refusal["msg"])


def _unknown_word(written: Any, words: list[str]) -> str:
    return f"{_shown(written)} is not one of the words known here{_suggestion(written, words)}"


def _measured(kind: str, facts: Mapping[str, Any]) -> str | None:
    """Sentences that carry a number."""
    if kind == "greater_than_equal":
        return f"must be {facts['ge']} or more"
    if kind == "less_than_equal":
        return f"must be {facts['le']} or less"
    if kind == "string_too_long":
        return f"is longer than {facts['max_length']:,} characters"
    if kind == "too_long":
        return f"has more than {facts['max_length']} entries"
    return "must be a date, such as 2027-01-05" if kind.startswith("date") else None


def _shown(value: Any) -> str:
    return f'"{value[:60]}"' if isinstance(value, str) else "this"


def _suggestion(written: Any, known: list[str]) -> str:
    """ "; did you mean ...?", or all words where they are few."""
    folded = str(written).strip().lower().replace(" ", "_").replace("-", "_")
    close = get_close_matches(folded, known, n=1, cutoff=0.6)
    if close:
        return f"; did you mean {close[0]}?"
    return f": {', '.join(known)}" if 0 < len(known) <= _FEW else ""


def _fields_around(model: type[BaseModel], path: Path) -> list[str]:
    """The fields of the record that a path leads to."""
    here: type[BaseModel] | None = model
    for part in path:
        if here is not None and isinstance(part, str) and part in here.model_fields:
            here = _record_in(here.model_fields[part].annotation)
    return list(here.model_fields) if here is not None else []


def _record_in(annotation: Any) -> type[BaseModel] | None:
    """The record inside an annotation such as ``tuple[RoomRecord, ...] | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_record_in, get_args(annotation))), None)
