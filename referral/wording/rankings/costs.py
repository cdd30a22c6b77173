"""The cost of a year in words: its parts, both tuitions where membership is not known."""

from collections.abc import Iterator, Mapping

from matching.results import Cost, CostPart
from matching.vocabulary import PriceItem
from referral.wording.rankings.terms import label, usd

ITEMS: Mapping[str, str] = {"transport": "Transport", "ride": "Transport"}
NOT_PUBLISHED = "not published"


def cost_sentence(cost: Cost) -> str:
    """The cost in a line: gross, or both tuitions, or what is missing."""
    if cost.gross_usd is not None:
        return f"{usd(cost.gross_usd)} a year"
    if cost.is_member is None and cost.tuition_member_usd is not None and cost.tuition_other_usd is not None:
        return f"Tuition {usd(cost.tuition_member_usd)} for members, {usd(cost.tuition_other_usd)} for others"
    tuition = tuition_usd(cost)
    if tuition is not None:
        return f"Tuition {usd(tuition)}; other parts not known"
    return "Not published"


def cost_words(cost: Cost) -> str:
    """The cost in a table: gross, else what is known of the tuition."""
    if cost.gross_usd is not None:
        return usd(cost.gross_usd)
    tuition = tuition_usd(cost)
    if tuition is not None:
        return f"{usd(tuition)} and more"
    known = [amount for amount in (cost.tuition_member_usd, cost.tuition_other_usd) if amount is not None]
    return " or ".join(map(usd, known)) or "Not published"


def tuition_usd(cost: Cost) -> int | None:
    """The tuition this district would pay; None where membership or the price is not known."""
    if cost.is_member is None:
        same = cost.tuition_member_usd == cost.tuition_other_usd
        return cost.tuition_member_usd if same else None
    return cost.tuition_member_usd if cost.is_member else cost.tuition_other_usd


def membership_sentence(cost: Cost) -> str:
    """Whether the district pays as a member on that day."""
    if cost.is_member is None:
        return "Membership of the district is not known"
    return "The district is a member" if cost.is_member else "The district is not a member"


def reimbursement_sentence(cost: Cost) -> str:
    """What the state repays, or why that is not known."""
    if cost.reimbursement_usd is None:
        return f"Not known: the state's threshold for fiscal year {cost.fiscal_year} is not published here"
    if cost.reimbursement_usd == 0:
        return "Nothing: the cost is below the state's threshold"
    return usd(cost.reimbursement_usd)


def part_label(part: CostPart) -> str:
    """The name of a part: Tuition, One-to-one aide, Transport."""
    return ITEMS.get(part.item) or label(PriceItem, part.item)


def part_amount(part: CostPart) -> str:
    """The amount of a part, or that it is not published."""
    return NOT_PUBLISHED if part.usd is None else usd(part.usd)


def cost_rows(cost: Cost) -> Iterator[tuple[str, str, bool]]:
    """Label, amount and whether it is an example figure, for each line of the breakdown."""
    for part in cost.parts:
        yield part_label(part), part_amount(part), part.example
    if cost.is_member is None:
        for name, amount in (
            ("Tuition for members", cost.tuition_member_usd),
            ("Tuition for others", cost.tuition_other_usd),
        ):
            yield name, NOT_PUBLISHED if amount is None else usd(amount), cost.example
    yield "Gross", "not known" if cost.gross_usd is None else usd(cost.gross_usd), cost.example
    yield "Repaid by the state", reimbursement_sentence(cost), cost.example
    yield "Net to the district", "not known" if cost.net_usd is None else usd(cost.net_usd), cost.example
