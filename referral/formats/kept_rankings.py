"""A ranking, its profile and its policy to and from the compressed form that is kept; nothing is rounded."""

import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import SchemaSerializer, from_json

from matching import Catalogue, NeedProfile, ProgramProfile
from matching.policy import Policy
from matching.results import Ranking
from matching.vocabulary import ProgramStatus, Setting
from referral.formats.pooled import pooled, restored
from referral.formats.pooled_types import writer

ENGINE_VERSION = "2026.11.3"  # 2: a group's ages and size; 3: nothing moves up what is ruled out
LEVEL = 3  # a quarter more bytes than 6 in half the time
STUDENT_FIRST = '{"student":'  # how a packed result begins


@dataclass(frozen=True, slots=True)
class ProgramLabel:
    """What a page names of a program as it was when it was ranked."""

    key: str
    name: str
    agency: str
    town: str | None
    setting: Setting | None
    setting_inferred: bool
    status: ProgramStatus


@dataclass(frozen=True, slots=True)
class KeptResult:
    """A ranking with the profile it was made for and the names of its programs."""

    student: NeedProfile
    ranking: Ranking
    programs: Mapping[str, ProgramLabel]


def kept_result(student: NeedProfile, ranking: Ranking, catalogue: Catalogue) -> KeptResult:
    """What is kept of a fresh ranking of a catalogue."""
    whole = replace(ranking, options=tuple(ranking.options))
    return KeptResult(student, whole, catalogue.remember("labels", lambda: _labels(catalogue.programs)))


def _labels(programs: Iterable[ProgramProfile]) -> Mapping[str, ProgramLabel]:
    return {program.key: label_of(program) for program in programs}


def label_of(program: ProgramProfile) -> ProgramLabel:
    """The label of a program profile."""
    return ProgramLabel(
        key=program.key,
        name=program.name,
        agency=program.operator.name,
        town=next((site.town for site in program.sites if site.town), None),
        setting=program.setting,
        setting_inferred="setting" in program.inferred,
        status=program.status,
    )


def pack(result: KeptResult) -> bytes:
    """The result as compressed JSON, the student first; of a room the gates that it does not meet.

    Those that the best room meets stand at the option itself.
    """
    student = json.dumps(result.student, default=_plain, separators=(",", ":"))
    pools, options = pooled(result.ranking.options)
    ranking = _fields(result.ranking) | {"options": options}
    rest = _written().to_json({"programs": result.programs, "ranking": ranking, "pools": pools})
    return zlib.compress(b"".join((STUDENT_FIRST.encode(), student.encode(), b",", rest[1:])), LEVEL)


def unpack(content: bytes) -> KeptResult:
    """The result as it was kept, also where it was kept before there were pools."""
    kept = from_json(zlib.decompress(content))
    ranking = kept["ranking"]
    if "pools" in kept:
        ranking["options"] = restored(kept.pop("pools"), ranking["options"])
    result = _results().validate_python(kept)
    return replace(result, ranking=replace(result.ranking, options=tuple(result.ranking.options)))


def kept_student(content: bytes) -> NeedProfile:
    """The profile alone of a result as it was kept, without reading its options."""
    text = zlib.decompress(content).decode()
    student, _ = json.JSONDecoder().raw_decode(text, len(STUDENT_FIRST))
    return _students().validate_python(student)


def pack_policy(policy: Policy) -> str:
    """The whole policy as JSON text."""
    return _policies().dump_json(policy).decode()


def unpack_policy(text: str) -> Policy:
    """The policy as it was kept."""
    return _policies().validate_json(text)


def pack_snapshot(snapshot: Any) -> tuple[str, bytes]:
    """The digest and the compressed canonical JSON of the directory's records."""
    text = json.dumps(snapshot, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    return hashlib.sha256(text).hexdigest(), zlib.compress(text, LEVEL)


def unpack_snapshot(content: bytes) -> Any:
    """The directory's records as they were."""
    return json.loads(zlib.decompress(content))


def _plain(value: Any) -> Any:
    """What JSON holds of a value it does not know."""
    if is_dataclass(value):
        return _fields(value)
    if isinstance(value, frozenset):
        return sorted(value)
    return dict(value) if isinstance(value, Mapping) else str(value)  # the rest are dates and fractions


def _fields(value: Any) -> dict[str, Any]:
    """The fields of a dataclass by name."""
    return {field.name: getattr(value, field.name) for field in fields(value)}


@cache
def _written() -> SchemaSerializer:
    return writer(programs=Mapping[str, ProgramLabel])


@cache
def _results() -> TypeAdapter[KeptResult]:
    return TypeAdapter(KeptResult)


@cache
def _students() -> TypeAdapter[NeedProfile]:
    return TypeAdapter(NeedProfile)


@cache
def _policies() -> TypeAdapter[Policy]:
    return TypeAdapter(Policy)
