"""Reports as tables in words: with every number for the own district, or as they may leave."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from matching.vocabulary import AgeBand, Dimension
from referral.formats.tables_csv import Cell
from referral.queries import reports as queries
from referral.queries.reports import Counted
from referral.rules.ages_told import WideBand
from referral.rules.answer_words import day_words
from referral.rules.permissions import Actor, Permission
from referral.rules.reports import Counts, Shown, rows_suppressed, suppressed, suppressed_together
from referral.wording.referrals import DECLINE_REASONS
from referral.wording.reports import (
    ALL_AGES,
    ALL_ROWS,
    BY_AGENCY,
    BY_COURSE,
    BY_NEED,
    BY_REASON,
    COURSES,
    HIDDEN,
    LEADS,
    NEED_NOTE,
    NOT_TOLD,
)

AGES = {band.value: f"{band.label} years" for band in (*AgeBand, *WideBand)} | {queries.NOT_TOLD: NOT_TOLD}


@dataclass(frozen=True)
class Line:
    """A row of a table: what it is, its numbers, and all ages together."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class ReportTable:
    """One table of a report, every number as a page or a file shows it."""

    title: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    note: str = ""


@dataclass(frozen=True)
class ReportShown:
    """A report: what it is about, its tables, and whether there is anything in it."""

    lead: str
    tables: tuple[ReportTable, ...]
    is_empty: bool


@dataclass(frozen=True)
class Report:
    """A kind of report: who may read it, whether its page hides, and how it is made."""

    key: str
    permission: Permission
    page_hides: bool
    make: Callable[[Actor, date, bool], ReportShown]


def needs(actor: Actor, today: date, _hides: bool) -> ReportShown:
    """What a collaborative declined, by reason and by need; always as it may leave."""
    period = queries.period_before(today)
    reasons, named = queries.declined(actor, period)
    by_reason = suppressed(reasons.counts, columns=len(reasons.columns))
    by_need = rows_suppressed(named.counts, under=by_reason.column_totals)
    labels = {dimension.value: dimension.label for dimension in Dimension}
    return ReportShown(
        lead=LEADS["needs"].format(first=day_words(period.first), last=day_words(period.last)),
        tables=(
            _table(BY_REASON, reasons, by_reason, DECLINE_REASONS),
            _table(BY_NEED, named, by_need, labels, with_totals=False, note=NEED_NOTE),
        ),
        is_empty=_is_empty(reasons),
    )


def caseload(actor: Actor, _today: date, hides: bool) -> ReportShown:
    """A district's referrals by where they are and by agency; for its director with every number."""
    courses, agencies = queries.caseload(actor)
    if hides:
        shown = suppressed_together(courses.counts, agencies.counts, columns=len(courses.columns))
    else:
        shown = (_whole(courses.counts), _whole(agencies.counts))
    return ReportShown(
        lead=LEADS["caseload"],
        tables=(
            _table(BY_COURSE, courses, shown[0], COURSES),
            _table(BY_AGENCY, agencies, shown[1], {}, with_totals=False),
        ),
        is_empty=_is_empty(courses),
    )


def totals(actor: Actor, today: date, _hides: bool) -> ReportShown:
    """The referrals of every district in the actor's care; always as it may leave."""
    counted = queries.totals(actor, today)
    shown = suppressed(counted.counts, columns=len(counted.columns))
    return ReportShown(LEADS["totals"], (_table(BY_COURSE, counted, shown, COURSES),), _is_empty(counted))


def rows_of_file(report: ReportShown) -> list[list[Cell]]:
    """All tables of a report below each other, each row with the title of its table."""
    return [[table.title, line.label, *line.cells] for table in report.tables for line in table.lines]


def _table(
    title: str,
    counted: Counted,
    shown: Shown,
    labels: Mapping[str, str],
    *,
    with_totals: bool = True,
    note: str = "",
) -> ReportTable:
    lines = [
        Line(labels.get(code, code), _words((*cells, total)))
        for code, cells, total in zip(counted.rows, shown.cells, shown.row_totals, strict=True)
    ]
    if with_totals:
        lines.append(Line(ALL_ROWS, _words((*shown.column_totals, shown.total))))
    return ReportTable(title, (*(AGES[code] for code in counted.columns), ALL_AGES), tuple(lines), note)


def _words(numbers: Sequence[int | None]) -> tuple[Cell, ...]:
    return tuple(HIDDEN if number is None else number for number in numbers)


def _whole(counts: Counts) -> Shown:
    """A table with nothing hidden."""
    columns = tuple(sum(column) for column in zip(*counts, strict=True))
    rows = tuple(sum(row) for row in counts)
    return Shown(tuple(tuple(row) for row in counts), rows, columns, sum(rows))


def _is_empty(counted: Counted) -> bool:
    return not any(map(any, counted.counts))


REPORTS = (
    Report("needs", Permission.NEEDS_REPORT_READ, page_hides=True, make=needs),
    Report("caseload", Permission.CASELOAD_READ, page_hides=False, make=caseload),
    Report("totals", Permission.AGGREGATES_READ, page_hides=True, make=totals),
)
