"""What the seed answers without its example figures: `python -m tests.reference.seed_report`.

For each group of needs: how many programs are eligible, to confirm and ruled out for its two worked students,
and the questions that stand at the most programs.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from matching import Ranking
from matching.vocabulary import Verdict
from tests.reference.seed import seed_profiles
from tests.reference.worked import ranking_of, worked_cases

MOST_ASKED = 5


def rankings_by_group() -> dict[str, list[Ranking]]:
    """The rankings of the worked students, by their group of needs."""
    groups: dict[str, list[Ranking]] = {}
    for case in worked_cases():
        groups.setdefault(case.group, []).append(ranking_of(case.name))
    return groups


def report_lines() -> Iterator[str]:
    """The report, line by line."""
    programs = len(seed_profiles())
    yield f"The seed without example figures: {programs} programs, two worked students in each group"
    yield f"{'group':<30}{'eligible':>10}{'to confirm':>12}{'ruled out':>11}"
    for group, rankings in rankings_by_group().items():
        for ranking in rankings:
            counts = [ranking.verdicts.get(verdict, 0) for verdict in Verdict]
            yield f"{group:<30}{counts[0]:>10}{counts[1]:>12}{counts[2]:>11}"
        yield "    asked most of the programs to confirm: " + _counted(rankings)
    everyone = [ranking for rankings in rankings_by_group().values() for ranking in rankings]
    yield "Asked most over all groups: " + _counted(everyone)


def questions(rankings: Iterable[Ranking]) -> Counter[str]:
    """How many programs to confirm each question stands at, over several rankings."""
    return Counter(
        gate.code
        for ranking in rankings
        for option in ranking.options
        if option.verdict is Verdict.TO_CONFIRM
        for gate in option.unknown
    )


def _counted(rankings: Iterable[Ranking]) -> str:
    return ", ".join(f"{code} ({times})" for code, times in questions(rankings).most_common(MOST_ASKED))


if __name__ == "__main__":
    print("\n".join(report_lines()))
