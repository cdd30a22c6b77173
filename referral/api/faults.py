"""Every refusal and fault of the API as application/problem+json (RFC 9457)."""

import json
from collections.abc import Iterable
from http import HTTPStatus

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from referral.api.blueprint import bp
from referral.api.rates import wait_seconds
from referral.errors import FieldProblem, InvalidInput, ReferralError, TooManyTries
from referral.formats.api_documents import ProblemAnswer, ProblemField
from referral.formats.api_operations import PREFIX
from referral.formats.openapi import PROBLEM_TYPE
from referral.wording import sentence
from referral.wording.api import FAULTS


def install(app: Flask) -> None:
    """Answer what matched no view here, too."""
    app.before_request(unmatched)


def problem(status: int, code: str, detail: str, errors: Iterable[FieldProblem] = ()) -> Response:
    """A problem document."""
    fields = tuple(ProblemField(field=one.field, code=one.code, detail=sentence(one)) for one in errors)
    made = ProblemAnswer(
        type=f"urn:placewell:problem:{code}",
        title=HTTPStatus(status).phrase,
        status=status,
        code=code,
        detail=detail,
        errors=fields,
    )
    body = json.dumps(made.model_dump(mode="json"), ensure_ascii=False)
    return Response(body, status=status, content_type=PROBLEM_TYPE)


@bp.errorhandler(ReferralError)
def refused(error: ReferralError) -> Response:
    """Something the application refuses."""
    errors = error.errors if isinstance(error, InvalidInput) else ()
    answer = problem(error.status, error.code, sentence(error), errors)
    if error.status == HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = 'Bearer realm="placewell"'
    if isinstance(error, TooManyTries):
        answer.headers["Retry-After"] = str(error.seconds)
    return answer


@bp.errorhandler(HTTPException)
def faulty(error: HTTPException) -> Response:
    """A fault the web server names."""
    status = error.code or 500
    code, detail = FAULTS.get(status, FAULTS[400 if status < 500 else 500])
    answer = problem(status, code, detail)
    for name, value in error.get_headers():
        if name == "Allow":
            answer.headers[name] = value
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        answer.headers["Retry-After"] = str(wait_seconds())
    return answer


@bp.errorhandler(500)
def our_fault(_error: Exception) -> Response:
    """Our own fault: generic."""
    return problem(500, *FAULTS[500])


def unmatched() -> Response | None:
    """The problem of a request to the API that matched no address, or no method of one."""
    error = request.routing_exception
    if error is None or not request.path.startswith(f"{PREFIX}/"):
        return None
    return faulty(error) if (error.code or 500) >= 400 else None
