"""What came with a request: the parameters of its address, its document, and its conditions."""

import re
from typing import TypeVar, get_origin

from flask import request
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from referral.errors import FieldProblem, InvalidInput, ReferralError
from referral.formats.api_operations import VERSION_TAG
from referral.formats.record_problems import refusal_words

Model = TypeVar("Model", bound=BaseModel)


class PreconditionMissing(ReferralError):
    """A change without the version it was made on."""

    status = 428
    default_code = "precondition_missing"


class PreconditionFailed(ReferralError):
    """A change made on a version that is no longer the current one."""

    status = 412
    default_code = "precondition_failed"


def asked(model: type[Model]) -> Model:
    """The parameters of the address.

    Raises
    ------
    InvalidInput : every parameter at fault.
    """
    values: dict[str, object] = {}
    problems = []
    for name, sent in request.args.to_dict(flat=False).items():
        field = model.model_fields.get(name)
        is_list = field is not None and get_origin(field.annotation) is tuple
        if len(sent) > 1 and not is_list:
            problems.append(FieldProblem(name, "parameter_repeated"))
        values[name] = sent if is_list else sent[0]
    if problems:
        raise InvalidInput(problems)
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise _refused(error, model) from error


def document(model: type[Model]) -> Model:
    """The document that was sent.

    Raises
    ------
    UnsupportedMediaType, BadRequest : no JSON.
    InvalidInput : every field at fault.
    """
    if not request.is_json:
        raise UnsupportedMediaType
    try:
        return model.model_validate_json(request.get_data())
    except ValidationError as error:
        if any(fault["type"] == "json_invalid" for fault in error.errors(include_url=False)):
            raise BadRequest from error
        raise _refused(error, model) from error


def version_matched() -> int:
    """The version that a change was made on, as one ETag of ours.

    Raises
    ------
    PreconditionMissing : there is none, or it is not one that we gave.
    """
    sent = request.headers.get("If-Match", "").strip()
    if not re.fullmatch(VERSION_TAG, sent):
        raise PreconditionMissing
    return int(sent.strip('"'))


def _refused(error: ValidationError, model: type[BaseModel]) -> InvalidInput:
    problems = []
    for refusal in error.errors(include_url=False, include_context=True):
        field = ".".join(str(part) for part in refusal["loc"])
        words = refusal_words(refusal, model, refusal["loc"])
        problems.append(FieldProblem(field, "value_wrong", {"reason": f"{field} {words}".strip(" .") + "."}))
    return InvalidInput(problems)
