"""Every refusal has its sentence."""

import ast
from pathlib import Path

from referral import errors
from referral.wording import TABLES

ROOT = Path(__file__).parent.parent.parent
WORDED = {code for table in TABLES for code in table}


def all_errors(family=errors.ReferralError):
    yield family
    for child in family.__subclasses__():
        yield from all_errors(child)


def named_codes():
    """The code of every `FieldProblem(field, code)` written out in the sources."""
    for path in sorted((ROOT / "referral").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "FieldProblem":
                for code in node.args[1:2]:
                    if isinstance(code, ast.Constant):
                        yield f"{path.relative_to(ROOT)}:{node.lineno} {code.value}", code.value


def test_every_error_has_a_sentence(app):
    assert {family.default_code for family in all_errors()} <= WORDED


def test_every_problem_of_a_field_has_a_sentence():
    assert [place for place, code in named_codes() if code not in WORDED] == []


def test_no_code_is_worded_twice():
    codes = [code for table in TABLES for code in table]

    assert sorted({code for code in codes if codes.count(code) > 1}) == []


def test_sentences_are_spelled_as_americans_do():
    sentences = [text for table in TABLES for text in table.values()]

    assert [text for text in sentences if "rganis" in text or "ehaviour" in text] == []
