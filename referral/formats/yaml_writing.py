"""Records to YAML that people and any YAML reader read: stable order, short lists on one line, no aliases."""

from collections.abc import Mapping
from typing import Any

import yaml
from pydantic import BaseModel

from referral.rules.values import GRADES

_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
WIDTH = 108


class _Dumper(_DUMPER):
    """Writes lists of plain values on one line and never an alias."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


def _list_node(dumper: Any, values: list[Any]) -> yaml.SequenceNode:
    plain = not any(isinstance(value, dict | list) for value in values)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", values, flow_style=plain)


def _text_node(dumper: Any, text: str) -> yaml.ScalarNode:
    """Quote digits, so that no reader takes a ZIP or a grade for a number."""
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="'" if text.isdigit() else None)


_Dumper.add_representer(list, _list_node)
_Dumper.add_representer(str, _text_node)


def plain(record: BaseModel) -> dict[str, Any]:
    """A record as text, numbers, lists and groups; what it leaves out stays out."""
    return record.model_dump(mode="json", exclude_defaults=True)


def grades_text(grades: list[str]) -> str:
    """Grades as people write them: "K-5, 7"."""
    runs: list[list[str]] = []
    for grade in grades:
        if runs and GRADES.index(grade) == GRADES.index(runs[-1][-1]) + 1:
            runs[-1].append(grade)
        else:
            runs.append([grade])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def write_yaml(value: Mapping[str, Any] | list[Any]) -> str:
    """The value as YAML in block style."""
    return yaml.dump(
        value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH, default_flow_style=False
    )
