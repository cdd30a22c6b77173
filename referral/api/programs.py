"""Programs: the directory and one of them."""

from flask import Response

from referral.api.access import current_bearer, requires
from referral.api.answers import tagged
from referral.api.blueprint import bp
from referral.api.reading import asked
from referral.formats.api_documents import (
    AgencyAnswer,
    OpenSeats,
    ProgramAnswer,
    ProgramLine,
    ProgramsAnswer,
    ProgramsAsked,
)
from referral.queries import directory
from referral.queries import programs as queries
from referral.rules.directory import Filters, Found, need_of
from referral.rules.listings import SeatSummary, listing
from referral.rules.permissions import Permission


@bp.get("/programs")
@requires(Permission.DIRECTORY_READ)
def programs() -> Response:
    """Programs of the directory."""
    bearer, wanted = current_bearer(), asked(ProgramsAsked)
    findings = directory.directory(
        bearer.actor,
        filters_of(wanted),
        home=directory.home_of(bearer.actor),
        today=bearer.today,
        order=wanted.sort,
        descending=wanted.descending,
    )
    page = directory.page_of(findings, first=wanted.first, limit=wanted.limit)
    lines = tuple(map(line_of, page.rows))
    return tagged(
        ProgramsAnswer(
            first=page.first, limit=page.limit, total=page.total, unsaid=findings.unsaid, programs=lines
        )
    )


@bp.get("/programs/<slug>")
@requires(Permission.DIRECTORY_READ)
def program(slug: str) -> Response:
    """One program."""
    bearer = current_bearer()
    entry = queries.get(bearer.actor, slug)
    line = listing(entry.record, entry.profile(bearer.today), today=bearer.today)
    return tagged(
        ProgramAnswer(
            version=entry.version,
            updated_at=entry.updated_at,
            agency=AgencyAnswer(name=entry.agency.name, state=entry.agency.state),
            seats=open_seats(line.seats),
            record=entry.record,
        )
    )


def filters_of(wanted: ProgramsAsked) -> Filters:
    """The directory's filters."""
    needs = [need_of(text) for text in wanted.need]
    return Filters(
        words=wanted.q,
        needs=tuple(need for need in needs if need is not None),
        age=wanted.age,
        setting=wanted.setting,
        state=wanted.state,
        open_now=wanted.open_now,
        members_only=wanted.members_only,
        with_closed=wanted.with_closed,
        with_unsaid=wanted.with_unsaid,
    )


def line_of(found: Found) -> ProgramLine:
    """A line of the directory."""
    one = found.listing
    member, other = one.member_tuition, one.other_tuition
    return ProgramLine(
        key=one.key,
        name=one.name,
        agency=AgencyAnswer(name=one.operator.name, state=one.operator.state),
        status=one.status,
        setting=one.setting,
        towns=one.towns,
        ages=None if one.ages is None else f"{one.ages.low}-{one.ages.high}",
        seats=open_seats(one.seats),
        member_tuition_usd_per_year=member and member.usd,
        other_tuition_usd_per_year=other and other.usd,
        tuition_is_example=any(amount is not None and amount.example for amount in (member, other)),
    )


def open_seats(summary: SeatSummary) -> OpenSeats:
    """The open seats of a program."""
    return OpenSeats(
        open=summary.open,
        oldest_fact_days=summary.oldest_days,
        freshness=summary.freshness,
        example=summary.example,
        next_opening=summary.next_opening,
    )
