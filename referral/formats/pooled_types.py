"""Writes a ranking whose options hold places in pools; fast, as its types are known ahead."""

from typing import Any, get_type_hints

from pydantic import TypeAdapter
from pydantic_core import SchemaSerializer
from typing_extensions import TypedDict

from matching.results import RankedProgram, RankedRoom, Ranking
from referral.formats.pooled import KINDS, POOL_OF


def writer(**beside: Any) -> SchemaSerializer:
    """Writes a ranking, its pools and what stands beside them, each of a type, as JSON."""
    room = _row_type(RankedRoom, gates=list[int])
    option = _row_type(RankedProgram, rooms=_list(room), **dict.fromkeys(POOL_OF, list[int]))
    pools = _typed_dict("Pools", {kind: _list(of) for kind, (of, _) in KINDS.items()})
    ranking = _row_type(Ranking, options=_list(option))
    whole = _typed_dict("Written", beside | {"ranking": ranking, "pools": pools})
    return SchemaSerializer(_with_texts(TypeAdapter(whole).core_schema))


def _with_texts(schema: Any) -> Any:
    """The schema with texts in place of closed lists: each term is a text, and written faster as one."""
    if isinstance(schema, list):
        return [_with_texts(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("type") == "enum":
        return {"type": "str"} | {name: schema[name] for name in ("ref",) if name in schema}
    return {name: _with_texts(part) for name, part in schema.items()}


def _row_type(kind: Any, **instead: Any) -> Any:
    """The fields of a dataclass as a dictionary, some of another type."""
    return _typed_dict(kind.__name__, get_type_hints(kind) | instead)


def _list(of: Any) -> Any:
    return list[of]


_typed_dict: Any = TypedDict  # made of fields that are known only here
