"""What an evaluation of a policy found, as lines for people and as JSON values."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from matching.evaluation import Agreement, Change, GroupFigures, largest_gaps
from referral.wording.policies import MEASURES, NOT_SHOWN


@dataclass(frozen=True)
class Evaluated:
    """What an evaluation found; ``same_everywhere`` are protected columns in which all students are alike."""

    policy: str
    agreement: Agreement
    figures: tuple[GroupFigures, ...]
    protected: tuple[str, ...]
    same_everywhere: tuple[str, ...]
    invariance_students: int
    changed: tuple[Change, ...]


def evaluation_lines(found: Evaluated, top: int) -> Iterator[str]:
    """What an evaluation found, line by line: agreement, groups, invariance."""
    yield from _agreement_lines(found, top)
    yield from _fairness_lines(found)
    yield from _invariance_lines(found)


def _agreement_lines(found: Evaluated, top: int) -> Iterator[str]:
    agrees = found.agreement
    yield f"Policy {found.policy}: {agrees.n_judgements} judgements of {agrees.n_students} students."
    yield f"Same verdict: {_share(agrees.same_verdict)}"
    for (judged, ours), count in sorted(agrees.verdicts.items()):
        yield f"  judged {judged.label.lower()}, found {ours.label.lower()}: {count}"
    yield f"Order (Kendall's tau-b, -1 to 1): {_number(agrees.order)}"
    yield f"First {top} among those judged best: {_share(agrees.top)}"
    yield f"Regret of the first, in grades: {_number(agrees.regret)}"


def _fairness_lines(found: Evaluated) -> Iterator[str]:
    yield ""
    yield "Groups of students, each with means; groups under 10 are not shown."
    column = ""
    for group in found.figures:
        if group.column != column:
            column = group.column
            yield f"{column.replace('_', ' ').capitalize()}:"
        yield f"  {group.group}: {_figures(group)}"
    for (column, measure), gap in sorted(largest_gaps(found.figures).items()):
        yield f"Largest gap by {column.replace('_', ' ')}, {MEASURES.get(measure, measure)}: {gap:.1f}"


def _figures(group: GroupFigures) -> str:
    if group.suppressed:
        return NOT_SHOWN
    means = (f"{MEASURES.get(name, name)} {_number(mean)}" for name, mean in group.means.items())
    return f"{group.n_students} students; {', '.join(means)}"


def _invariance_lines(found: Evaluated) -> Iterator[str]:
    yield ""
    for column in found.same_everywhere:
        yield f"{column}: the same for every student, so nothing can be shown."
    for column in found.protected:
        rows = [change.row + 1 for change in found.changed if change.column == column]
        said = f"changes the ranking of {len(rows)}" if rows else "changes no byte of any ranking"
        yield f"{column}, exchanged among {found.invariance_students} students: {said}."


def _share(share: float | None) -> str:
    return "not judged" if share is None else f"{share:.0%}"


def _number(number: float | None) -> str:
    return "not known" if number is None else f"{number:.2f}"


def evaluation_document(found: Evaluated, top: int) -> dict[str, Any]:
    """What an evaluation found, as JSON values."""
    agrees = found.agreement
    return {
        "policy": found.policy,
        "agreement": {
            "students": agrees.n_students,
            "judgements": agrees.n_judgements,
            "verdicts": [
                {"judged": judged.value, "found": ours.value, "count": count}
                for (judged, ours), count in sorted(agrees.verdicts.items())
            ],
            "same_verdict": agrees.same_verdict,
            "order_tau_b": agrees.order,
            "top": top,
            "top_share": agrees.top,
            "regret": agrees.regret,
        },
        "fairness": [
            {
                "column": group.column,
                "group": group.group,
                "suppressed": group.suppressed,
                "students": group.n_students,
                "means": dict(group.means),
            }
            for group in found.figures
        ],
        "largest_gaps": [
            {"column": column, "measure": measure, "gap": gap}
            for (column, measure), gap in sorted(largest_gaps(found.figures).items())
        ],
        "invariance": {
            "students": found.invariance_students,
            "columns": list(found.protected),
            "same_everywhere": list(found.same_everywhere),
            "changed": [{"column": one.column, "row": one.row + 1} for one in found.changed],
        },
    }
