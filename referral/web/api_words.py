"""What the help page tells of the JSON API, read from the OpenAPI document."""

from collections.abc import Iterator
from typing import Any

from referral.formats.openapi import SCHEMAS, openapi_document

Part = dict[str, Any]


def operations_shown() -> list[Part]:
    """Each operation: its address, what it does, what it takes and with what it may refuse."""
    document = openapi_document()
    return [
        {
            "title": f"{method.upper()} {path}",
            "summary": operation["summary"],
            "takes": [*_parameters(operation), *_sent(operation, document)],
            "refusals": [
                f"{status} {answer['description']}"
                for status, answer in operation["responses"].items()
                if int(status) >= 400
            ],
        }
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    ]


def _parameters(operation: Part) -> Iterator[Part]:
    for one in operation["parameters"]:
        needed = "needed" if one.get("required") else "may be left out"
        yield {"name": one["name"], "where": f"{PLACES[one['in']]}, {needed}", "meaning": one["description"]}


def _sent(operation: Part, document: Part) -> Iterator[Part]:
    if "requestBody" not in operation:
        return
    reference = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"]
    schema = document["components"]["schemas"][reference.removeprefix(SCHEMAS)]
    for name, field in schema["properties"].items():
        needed = "needed" if name in schema.get("required", ()) else "may be left out"
        yield {"name": name, "where": f"JSON, {needed}", "meaning": _meaning(field)}


def _meaning(field: Part) -> str:
    kinds = [kind for kind in field.get("anyOf", [field]) if kind.get("type") != "null"]
    kind = kinds[0]
    if "minimum" in kind:
        return f"A whole number, {kind['minimum']} to {kind['maximum']}."
    return "A list." if kind.get("type") == "array" else "A value."


PLACES = {"path": "Address", "query": "After ?", "header": "Header"}
