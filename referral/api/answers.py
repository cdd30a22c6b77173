"""Answers: a document as JSON, with its ETag, and nothing when the client has it already."""

from hashlib import sha256

from flask import Response, request
from pydantic import BaseModel


def answered(answer: BaseModel) -> Response:
    """A document as JSON."""
    return Response(answer.model_dump_json(), content_type="application/json")


def tagged(answer: BaseModel, etag: str | None = None) -> Response:
    """A document with an ETag: the one given, or one of its content; 304 where If-None-Match names it."""
    response = answered(answer)
    response.set_etag(etag or sha256(response.get_data()).hexdigest()[:32])
    response.make_conditional(request)
    return response
