"""The OpenAPI 3.1 document, built from the table of operations and the JSON Schema of the documents."""

import re
from functools import cache
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from referral.config import VERSION
from referral.formats import api_documents as documents
from referral.formats.api_operations import (
    IDEMPOTENCY_KEY,
    OPERATIONS,
    PATH_WORDS,
    PREFIX,
    VERSION_TAG,
    Operation,
)
from referral.rules.permissions import Permission

SCHEMAS = "#/components/schemas/"
PROBLEM_TYPE = "application/problem+json"
Part = dict[str, Any]
ETAG = {"ETag": {"description": "The version of what is answered.", "schema": {"type": "string"}}}
NOT_CHANGED = {"304": {"description": "Not changed since the ETag in If-None-Match."}}


@cache
def openapi_document() -> Part:
    """The document; made once."""
    names, schemas = _schemas()
    paths: Part = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation, names)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Placewell",
            "version": VERSION,
            "summary": "Programs, seats and referrals of one's own organization.",
            "description": "Every refusal is application/problem+json (RFC 9457).",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": PREFIX}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "A token of an organization."}
            },
        },
    }


def _schemas() -> tuple[dict[type[BaseModel], str], Part]:
    """What each document is called, and every schema by name."""
    wanted: list[tuple[type[BaseModel], JsonSchemaMode]] = [(documents.ProblemAnswer, "serialization")]
    for operation in OPERATIONS:
        wanted.append((operation.answer, "serialization"))
        if operation.sent is not None:
            wanted.append((operation.sent, "validation"))
    unique = list(dict.fromkeys(wanted))
    names, made = models_json_schema(unique, ref_template=SCHEMAS + "{model}")
    called = {model: names[(model, mode)]["$ref"].removeprefix(SCHEMAS) for model, mode in unique}
    return called, made["$defs"]


def _operation(operation: Operation, names: dict[type[BaseModel], str]) -> Part:
    made: Part = {
        "operationId": operation.name,
        "summary": operation.summary,
        "parameters": [*_path_parameters(operation), *_asked(operation), *_headers(operation)],
        "responses": _responses(operation, names),
    }
    if operation.sent is not None:
        schema = {"$ref": SCHEMAS + names[operation.sent]}
        made["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    if operation.permission is Permission.PUBLIC:
        made["security"] = []
    return made


def _path_parameters(operation: Operation) -> list[Part]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "description": PATH_WORDS[name][0],
            "schema": {"type": "string", "minLength": 1, "maxLength": 80},
        }
        for name in re.findall(r"{(\w+)}", operation.path)
    ]


def _asked(operation: Operation) -> list[Part]:
    if operation.asked is None:
        return []
    made = operation.asked.model_json_schema()
    defined = made.get("$defs", {})
    return [
        {"name": name, "in": "query", "description": schema.get("description", "")}
        | {"schema": _inlined(schema, defined)}
        for name, schema in made["properties"].items()
    ]


def _inlined(schema: Part, defined: Part) -> Part:
    """A parameter's own schema: no reference, and never null, which an address cannot say."""
    kinds = [kind for kind in schema.get("anyOf", [schema]) if kind.get("type") != "null"]
    found = dict(kinds[0])
    if "$ref" in found:
        found = dict(defined[found["$ref"].rpartition("/")[2]])
    if "items" in found:
        found["items"] = _inlined(found["items"], defined)
    return {name: value for name, value in found.items() if name not in ("title", "description", "default")}


def _headers(operation: Operation) -> list[Part]:
    made = []
    if operation.matched:
        words = "The ETag that was read: nobody else's change is overwritten."
        schema: Part = {"type": "string", "pattern": VERSION_TAG}
        made.append({"name": "If-Match", "in": "header", "required": True, "description": words})
        made[-1]["schema"] = schema
    if operation.keyed:
        words = "The same request sent again with the same key is carried out once."
        schema = {"type": "string", "pattern": IDEMPOTENCY_KEY}
        made.append({"name": "Idempotency-Key", "in": "header", "description": words, "schema": schema})
    return made


def _responses(operation: Operation, names: dict[type[BaseModel], str]) -> Part:
    schema = {"$ref": SCHEMAS + names[operation.answer]}
    done: Part = {"description": "Done.", "content": {"application/json": {"schema": schema}}}
    is_read = operation.method == "GET"
    if operation.tagged:
        done["headers"] = ETAG
    problem = {"$ref": SCHEMAS + names[documents.ProblemAnswer]}
    refused = {
        str(status): {
            "description": HTTPStatus(status).phrase,
            "content": {PROBLEM_TYPE: {"schema": problem}},
        }
        for status in problem_statuses(operation)
    }
    return {"200": done} | (NOT_CHANGED if operation.tagged and is_read else {}) | refused


def problem_statuses(operation: Operation) -> list[int]:
    """With which statuses an operation may refuse."""
    found = {400, 500, 503}
    if operation.permission is not Permission.PUBLIC:
        found |= {401, 403, 429}
    if "{" in operation.path:
        found |= {404}
    if operation.asked is not None:
        found |= {422}
    if operation.sent is not None:
        found |= {413, 415, 422}
    if operation.matched:
        found |= {412, 428}
    if operation.conflicts:
        found |= {409}
    return sorted(found)
