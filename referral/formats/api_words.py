"""Words of the API's addresses, read strictly: digits are a number, true and false a choice, nothing else."""

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

from referral.rules.directory import NEED_KINDS

FLAGS = {"true": True, "false": False}
NEEDS = [f"{kind}:{term.value}" for kind, terms in NEED_KINDS.items() for term in terms]


def _whole(text: object) -> object:
    """Accept digits and nothing else: an address has no types."""
    return int(text) if isinstance(text, str) and re.fullmatch(r"-?[0-9]{1,18}", text) else text


def _plain_whole(value: object) -> object:
    if isinstance(value, str):
        raise ValueError("must be a whole number")
    return value


def _flag(text: object) -> object:
    if isinstance(text, str) and text not in FLAGS:
        raise ValueError("must be true or false")
    return FLAGS[text] if isinstance(text, str) else text


def _need(text: str) -> str:
    if text not in NEEDS:
        raise ValueError("is not one of the needs known here")
    return text


WholeWord = Annotated[int, BeforeValidator(_plain_whole), BeforeValidator(_whole)]
FlagWord = Annotated[bool, BeforeValidator(_flag)]
NeedWord = Annotated[str, AfterValidator(_need), WithJsonSchema({"type": "string", "enum": NEEDS})]
