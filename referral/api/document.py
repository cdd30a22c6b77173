"""The OpenAPI document."""

import json

from flask import Response

from referral.api.blueprint import bp
from referral.formats.openapi import openapi_document
from referral.rules.permissions import Permission


@bp.get("/openapi.json")
def document() -> Response:
    """What the API can do, for programs that read about programs."""
    return Response(json.dumps(openapi_document()), content_type="application/json")


document.permission = Permission.PUBLIC  # type: ignore[attr-defined]
