"""Lines of the directory in words, made once for each program and change."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import render_template, request, url_for
from markupsafe import Markup

from matching import Interval
from matching.vocabulary import Grade, ProgramStatus
from referral.formats.yaml_writing import grades_text
from referral.rules.directory import Found, Order
from referral.rules.listings import Amount, Listing
from referral.wording.programs import FRESHNESS_TAGS, confirmed, month, usd

KEPT_LINES = 8192
NOT_KNOWN = Markup('<span class="note">not known</span>')
STATUS_TAGS = {
    ProgramStatus.CLOSED: ("Closed", "bad"),
    ProgramStatus.UNVERIFIED: ("Not verified", "warn"),
}
COLUMNS = (
    ("Program", Order.NAME, False),
    ("Setting", Order.SETTING, False),
    ("Ages", Order.AGES, False),
    ("Serves", None, False),
    ("Open seats", Order.OPEN, False),
    ("Member", Order.TUITION, True),
    ("Non-member", None, True),
)


@dataclass(frozen=True, slots=True)
class LineWords:
    """What stands in the cells of a line, but for the distance and the membership."""

    where: str
    status: tuple[str, str] | None
    setting: str
    setting_inferred: bool
    ages: str
    serves: str
    open: str
    open_kind: str
    seats_note: str
    seats_example: bool
    member: str
    other: str
    member_example: bool
    other_example: bool


@lru_cache(maxsize=KEPT_LINES)
def line_words(listing: Listing) -> LineWords:
    """The words of a line."""
    seats = listing.seats
    return LineWords(
        where=_where(listing),
        status=STATUS_TAGS.get(listing.status),
        setting=listing.setting.label if listing.setting else "",
        setting_inferred=listing.setting_inferred and listing.setting is not None,
        ages=ages_words(listing.ages, listing.grades),
        serves=_serves(listing),
        open="" if seats.open is None else f"{seats.open} open" if seats.open else "Full",
        open_kind=FRESHNESS_TAGS[seats.freshness.value] if seats.open else "neutral",
        seats_note=_seats_note(listing),
        seats_example=seats.example,
        member=_usd(listing.member_tuition),
        other=_usd(listing.other_tuition),
        member_example=bool(listing.member_tuition and listing.member_tuition.example),
        other_example=bool(listing.other_tuition and listing.other_tuition.example),
    )


def ages_words(ages: Interval | None, grades: tuple[Grade, ...] | None) -> str:
    """Ages served, or the grades where no ages are published; empty where neither is known."""
    if ages is not None:
        return f"{ages.low} to {ages.high}" if ages.low < ages.high else str(ages.low)
    return f"Grades {grades_text([grade.value for grade in grades])}" if grades else ""


def _where(listing: Listing) -> str:
    towns = listing.towns
    place = "" if not towns else towns[0] if len(towns) == 1 else f"{towns[0]} and {len(towns) - 1} more"
    return ", ".join(part for part in (listing.operator.name, place) if part)


def _serves(listing: Listing) -> str:
    labels = [population.label for population in listing.populations or ()]
    return ", ".join(labels[:3]) + (f" and {len(labels) - 3} more" if len(labels) > 3 else "")


def _seats_note(listing: Listing) -> str:
    seats = listing.seats
    if seats.open is None:
        return ""
    ahead = f"; expected {month(seats.next_opening)}" if not seats.open and seats.next_opening else ""
    return confirmed(seats.oldest_days) + ahead


def _usd(amount: Amount | None) -> str:
    return "" if amount is None else usd(amount.usd)


def columns(order: Order, *, descending: bool, with_distance: bool) -> list[dict[str, Any]]:
    """The headings, each with the address that sorts by it."""
    shown = [*COLUMNS, *((("Miles", Order.DISTANCE, True),) if with_distance else ())]
    return [
        {
            "label": label,
            "number": number,
            "sort_url": by and _sorted_by(by, descending=by is order and not descending),
            "sorted": ("descending" if descending else "ascending") if by is order else None,
        }
        for label, by, number in shown
    ]


def _sorted_by(order: Order, *, descending: bool) -> str:
    arguments = {name: value for name, value in request.args.items() if name not in ("first", "sort", "desc")}
    arguments |= {"sort": order.value} | ({"desc": "1"} if descending else {})
    return url_for("programs.index", **arguments)  # type: ignore[arg-type]


@lru_cache(maxsize=KEPT_LINES)
def line_cells(listing: Listing, is_member: bool | None) -> Markup:
    """The cells of a line, drawn once for each program, change and standing of the district."""
    return Markup(  # noqa: S704 - drawn by a template that escapes
        render_template(
            "programs/_line.html",
            url=url_for("programs.show", slug=listing.key),
            name=listing.name,
            words=line_words(listing),
            is_member=is_member,
            not_known=NOT_KNOWN,
        )
    )


def rows(found: Iterable[Found]) -> list[tuple[Markup, float | None]]:
    """The lines: their cells, and the miles."""
    return [(line_cells(one.listing, one.is_member), one.miles) for one in found]
