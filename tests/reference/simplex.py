"""Exact acceptability by geometry: weights of three criteria are points of a triangle, cut by half-planes.

Lahdelma and Salminen (2001) define the shares as volumes in the space of weights; in three criteria with
every weighting equally likely they are areas, here in exact fractions.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise, permutations

Point = tuple[Fraction, Fraction, Fraction]
Polygon = Sequence[Point]
ONE, NONE = Fraction(1), Fraction(0)
TRIANGLE: Polygon = ((ONE, NONE, NONE), (NONE, ONE, NONE), (NONE, NONE, ONE))


def rank_shares(options: Sequence[Sequence[int]]) -> list[list[Fraction]]:
    """Share of the triangle in which each option takes each rank."""
    shares = [[NONE] * len(options) for _ in options]
    for order in permutations(range(len(options))):
        region = TRIANGLE
        for better, worse in pairwise(order):
            region = _cut(region, options[better], options[worse])
        share = area(region)
        for rank, option in enumerate(order):
            shares[option][rank] += share
    return shares


def central_weights(options: Sequence[Sequence[int]], option: int) -> Point | None:
    """The middle of the region in which an option is first; None where it never is."""
    region = TRIANGLE
    for other in options:
        region = _cut(region, options[option], other)
    return _middle(region) if area(region) else None


def win_share(one: Sequence[int], other: Sequence[int]) -> Fraction:
    """Share of the triangle in which one option's score is above another's."""
    return area(_cut(TRIANGLE, one, other))


def area(polygon: Polygon) -> Fraction:
    """The area as a share of the whole triangle."""
    return sum((_cross(a, b) for a, b in _sides(polygon)), NONE)


def _cut(polygon: Polygon, better: Sequence[int], worse: Sequence[int]) -> Polygon:
    """What is left of a polygon where one option scores no less than another."""

    def margin(point: Point) -> Fraction:
        return sum((w * (b - a) for w, b, a in zip(point, better, worse, strict=True)), NONE)

    kept: list[Point] = []
    for start, end in _sides(polygon):
        here, there = margin(start), margin(end)
        if here >= 0:
            kept.append(start)
        if here * there < 0:
            along = here / (here - there)
            kept.append(tuple(s + along * (e - s) for s, e in zip(start, end, strict=True)))
    return kept


def _middle(polygon: Polygon) -> Point:
    crosses = [(a, b, _cross(a, b)) for a, b in _sides(polygon)]
    total = 3 * sum(cross for *_, cross in crosses)
    first, second = (sum((a[i] + b[i]) * cross for a, b, cross in crosses) / total for i in (0, 1))
    return first, second, 1 - first - second


def _cross(a: Point, b: Point) -> Fraction:
    return a[0] * b[1] - b[0] * a[1]


def _sides(polygon: Polygon) -> list[tuple[Point, Point]]:
    return list(zip(polygon, [*polygon[1:], *polygon[:1]], strict=True))
