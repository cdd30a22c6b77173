"""Counts that may leave: small ones are hidden, and others with them, so that none can be computed.

A table with its totals is a flow: what a row's total lets in, its cells pass on to the columns, and the
totals of the columns bring it back. A hidden number can be told to within `SMALL` only if no other `SMALL`
units can go round through hidden numbers; so for each small number the cheapest way round is hidden with
it. Then whoever reads the table and solves its equations still cannot tell a small number to within ten.

Source: complementary cell suppression by shortest paths in the network of a table (Cox 1980; Castro 2002).
"""

import heapq
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

SMALL = 10
# A total is worth more to a reader than a cell: totals are hidden late, and the total of all last.
TOTAL_COST, GRAND_COST = 10**6, 10**9

Counts = Sequence[Sequence[int]]
Node = tuple[str, int]
BOOK, BACK = ("book", 0), ("back", 0)


@dataclass(frozen=True)
class Shown:
    """A table as it may be shown; None where a number is hidden."""

    cells: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    total: int | None

    @property
    def hides_something(self) -> bool:
        """Whether any number is hidden."""
        totals = (*self.row_totals, *self.column_totals, self.total)
        return None in totals or any(None in row for row in self.cells)


@dataclass
class Arc:
    """One number of the table, as a flow from one node to another."""

    tail: Node
    head: Node
    value: int
    weight: int = 1
    hidden: bool = False

    @property
    def cost(self) -> int:
        """What hiding it costs the reader; nothing where it is hidden already."""
        return 0 if self.hidden else self.weight * (1 + self.value)

    @property
    def shown(self) -> int | None:
        """The number, unless it is hidden."""
        return None if self.hidden else self.value


@dataclass
class Network:
    """All numbers that belong together."""

    arcs: list[Arc] = field(default_factory=list)

    def arc(self, tail: Node, head: Node, value: int, weight: int = 1, *, hidden: bool = False) -> Arc:
        """Add a number; it begins hidden where it is small."""
        made = Arc(tail, head, value, weight, hidden=hidden or value < SMALL)
        self.arcs.append(made)
        return made

    def protect(self) -> None:
        """Hide as much more as it takes that no hidden number can be told to within `SMALL`."""
        for arc in sorted((one for one in self.arcs if one.hidden), key=lambda one: one.value):
            for other in self._way_round(arc):
                other.hidden = True

    def _way_round(self, arc: Arc) -> Iterator[Arc]:
        """The numbers on the cheapest way from the head of one to its tail, along which more could go."""
        leaving: dict[Node, list[tuple[Node, Arc]]] = defaultdict(list)
        for other in self.arcs:
            if other is not arc:
                leaving[other.tail].append((other.head, other))
                if other.value >= SMALL:  # as much could flow back
                    leaving[other.head].append((other.tail, other))
        came = _cheapest(arc.head, leaving)
        node = arc.tail
        while node != arc.head:
            node, other = came[node]
            yield other


def _cheapest(start: Node, leaving: dict[Node, list[tuple[Node, Arc]]]) -> dict[Node, tuple[Node, Arc]]:
    """From which node, by which number, each node is reached most cheaply from the start."""
    came: dict[Node, tuple[Node, Arc]] = {}
    known = {start: 0}
    queue = [(0, start)]
    while queue:
        cost, node = heapq.heappop(queue)
        if cost > known[node]:
            continue
        for head, arc in leaving[node]:
            reached = cost + arc.cost
            if head not in known or reached < known[head]:
                known[head], came[head] = reached, (node, arc)
                heapq.heappush(queue, (reached, head))
    return came


def suppressed(counts: Counts, *, columns: int) -> Shown:
    """One table with the totals of its rows and columns."""
    return suppressed_together(counts, [], columns=columns)[0]


def suppressed_together(first: Counts, second: Counts, *, columns: int) -> tuple[Shown, Shown]:
    """Two tables that count the same people by the same columns: what one shows must not undo the other.

    The second shows the totals of its rows; those of its columns are the first's.
    """
    network = Network()
    total = sum(sum(row) for row in first)
    grand = network.arc(BACK, BOOK, total, GRAND_COST)
    column_arcs = [
        network.arc(("in", j), ("out", j) if second else BACK, sum(row[j] for row in first), TOTAL_COST)
        for j in range(columns)
    ]
    first_rows = [network.arc(BOOK, ("row", i), sum(row), TOTAL_COST) for i, row in enumerate(first)]
    first_cells = _cells(network, first)
    second_cells = [
        [network.arc(("out", j), ("below", i), value) for j, value in enumerate(row)]
        for i, row in enumerate(second)
    ]
    second_rows = [network.arc(("below", i), BACK, sum(row), TOTAL_COST) for i, row in enumerate(second)]
    if first:
        network.protect()
    columns_shown = tuple(arc.shown for arc in column_arcs)
    return (
        _shown(first_cells, first_rows, columns_shown, grand.shown),
        _shown(second_cells, second_rows, columns_shown, grand.shown),
    )


def rows_suppressed(counts: Counts, *, under: Sequence[int | None]) -> Shown:
    """A table whose rows may count a person several times, under columns' totals that count each once.

    Where the total of a column is hidden, its cells are.
    """
    network = Network()
    rows = [network.arc(BOOK, ("row", i), sum(row), TOTAL_COST) for i, row in enumerate(counts)]
    cells = [
        [network.arc(("row", i), ("in", j), value, hidden=under[j] is None) for j, value in enumerate(row)]
        for i, row in enumerate(counts)
    ]
    for j in range(len(under)):  # no such totals are shown
        network.arc(("in", j), BACK, sum(row[j] for row in counts), hidden=True)
    network.arc(BACK, BOOK, sum(arc.value for arc in rows), hidden=True)
    network.protect()
    return _shown(cells, rows, (None,) * len(under), None)


def _cells(network: Network, counts: Counts) -> list[list[Arc]]:
    return [
        [network.arc(("row", i), ("in", j), value) for j, value in enumerate(row)]
        for i, row in enumerate(counts)
    ]


def _shown(
    cells: Sequence[Sequence[Arc]],
    rows: Sequence[Arc],
    columns: tuple[int | None, ...],
    total: int | None,
) -> Shown:
    return Shown(
        cells=tuple(tuple(arc.shown for arc in row) for row in cells),
        row_totals=tuple(arc.shown for arc in rows),
        column_totals=columns,
        total=total,
    )
