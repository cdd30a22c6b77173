"""Prices in words: for what, for whom, from when, and where that was published."""

from dataclasses import dataclass
from datetime import date

from matching.vocabulary import PriceItem
from referral.rules.prices import Audience
from referral.rules.program_records import PriceRecord, ProgramRecord
from referral.wording.programs import AUDIENCES, day_words, usd


@dataclass(frozen=True)
class PriceShown:
    """A price as a page shows it."""

    item: str
    audience: str
    amount: str
    dates: str
    in_force: bool
    example: bool
    source_address: str
    source_year: str


def prices_shown(record: ProgramRecord, *, today: date) -> list[PriceShown]:
    """Every price by thing and audience, the newest first; examples last."""
    examples = record.examples.prices if record.examples else ()
    return [
        *(_shown(price, today=today, example=False) for price in _sorted(record.prices)),
        *(_shown(price, today=today, example=True) for price in _sorted(examples)),
    ]


def _sorted(prices: tuple[PriceRecord, ...]) -> list[PriceRecord]:
    things, people = list(PriceItem), list(Audience)
    newest_first = sorted(prices, key=lambda price: price.term.valid_from, reverse=True)
    return sorted(
        newest_first, key=lambda price: (things.index(price.item), people.index(price.term.audience))
    )


def _shown(price: PriceRecord, *, today: date, example: bool) -> PriceShown:
    term = price.term
    return PriceShown(
        item=price.item.label,
        audience=AUDIENCES[term.audience.value],
        amount=usd(price.usd_per_year),
        dates=_dates(price),
        in_force=term.valid_from <= today and (term.valid_to is None or today <= term.valid_to),
        example=example,
        source_address=price.source.address if price.source else "",
        source_year=str(price.source.year or "") if price.source else "",
    )


def _dates(price: PriceRecord) -> str:
    first = f"From {day_words(price.valid_from)}" if price.valid_from else ""
    last = f"{'to' if first else 'To'} {day_words(price.valid_to)}" if price.valid_to else ""
    return " ".join(part for part in (first, last) if part) or "No dates given"
