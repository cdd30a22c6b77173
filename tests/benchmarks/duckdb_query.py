"""The query of the DuckDB ranking: gates, bounds of the values, need fit, block, tier and value of each pair.

Gates give 0 no, 1 yes, 2 not known, NULL where they are not asked.
"""

from collections.abc import Iterable, Sequence

from matching import Policy
from matching.vocabulary import Criterion, Dimension, Feature, PeerTime, Service

FEATURE_NEEDS = {
    "one_to_one": Feature.ONE_TO_ONE,
    "wheelchair": Feature.WHEELCHAIR_ACCESS,
    "lift": Feature.LIFT,
    "accessible_changing": Feature.ACCESSIBLE_CHANGING,
    "braille": Feature.BRAILLE,
    "intervener": Feature.INTERVENER,
}
EARTH_DIAMETER_MILES = 2 * 3958.8


def top_query(pairs: str, count: int) -> str:
    """The best pairs of each student."""
    place = "row_number() over (partition by sid order by block, tier, value desc, pid)"
    return f"select sid, pid, block, tier, value from ({pairs}) qualify {place} <= {count}"  # noqa: S608


def pairs_query(
    policy: Policy, services: Sequence[Service], modes: Iterable[str], *, passing_only: bool = False
) -> str:
    """One row for each pair of a student and an option, or for each that no gate rules out: gates first."""
    gates = [*_gates(policy), *_service_gates(services), *_mode_gates(modes)]
    bounds = _bounds(policy, services)
    columns = [f"({sql}) as gate_{number}" for number, sql in enumerate(gates)]
    columns += [f"{low} as {name}_low, {high} as {name}_high" for name, (low, high) in bounds.items()]
    columns += [f"({low}) as {d}_fit_low, ({high}) as {d}_fit_high" for d, (low, high) in _fit(policy)]
    passing = f"where not ({_any([f'({sql})' for sql in gates], 0)})" if passing_only else ""
    names = [f"gate_{number}" for number in range(len(gates))]
    value = " + ".join(f"{policy.weights[c]} * ((m.{c}_low + m.{c}_high) // 2)" for c in Criterion)
    return f"""
        select sid, pid, tier, value, verdict, case when verdict = 2 then 5 when not_adequate then 4
            when verdict = 1 then 3 when not adequate then 2 else 1 end as block
        from (select sid, pid, tier, {value} as value,
                case when {_any(names, 0)} then 2 when {_any(names, 2)} then 1 else 0 end as verdict,
                ({_margin(policy, "low", "least")}) >= 0 and not ({_gaps(policy, "high", "low")}) as adequate,
                ({_margin(policy, "high", "greatest")}) < 0
                    or ({_gaps(policy, "low", "high")}) as not_adequate
            from (select s.sid, o.pid, o.tier, {_needs()}, {", ".join(columns)}
                from students s, options o {passing}) m)"""  # noqa: S608


def _any(gates: Iterable[str], answer: int) -> str:
    return " or ".join(f"coalesce({gate} = {answer}, false)" for gate in gates)


def _gates(policy: Policy) -> Iterable[str]:
    yield "case when s.placement is null then 2 when s.placement = o.placement then 1 else 0 end"
    yield """case when s.age is null or o.age_low is null then 2
        when s.age between o.age_low and o.age_high then 1 else 0 end"""
    limit = policy.age_limit_months
    yield f"case when s.age is null then 2 when s.age >= {limit} then 0 end"
    yield "case when s.permitted is not null then (s.permitted & o.setting_bit <> 0)::int end"
    for name, least in (("medical", policy.medical_gate_from), ("behavior", policy.behavior_gate_from)):
        yield f"""case when s.high_{name} < {least} then null when not o.stated_{name} then 2
            when o.low_{name} >= s.high_{name} then 1
            when s.low_{name} >= {least} and o.high_{name} < s.low_{name} then 0 else 2 end"""
    for need, feature in FEATURE_NEEDS.items():
        yield f"""case when o.has_{feature} and coalesce(s.{need}, true) then 1 when s.{need} is null then 2
            when s.{need} then case when o.has_{feature} is null then 2 else 0 end end"""


def _service_gates(services: Iterable[Service]) -> Iterable[str]:
    yield "case when s.services is null and not o.all_direct then 2 end"
    for service in services:
        yield f"case when s.required_{service} then {_delivered(service)} end"


def _delivered(service: Service) -> str:
    offer, need = f"o.service_{service}", f"s.delivery_{service}"
    return f"""case when {offer} is null then 2 when {offer} = 'direct' then 1
        when {offer} = 'not_offered' then 0
        when {need} = 'consult' then 1 when {need} = 'direct' then 0 else 2 end"""


def _mode_gates(modes: Iterable[str]) -> Iterable[str]:
    yield "case when not s.modes_known and not o.all_modes then 2 end"
    for mode in modes:
        yield f"case when s.mode_{mode} then coalesce(o.mode_{mode}::int, 2) end"


def _bounds(policy: Policy, services: Sequence[Service]) -> dict[Criterion, tuple[str, str]]:
    """The least and the most value of each criterion."""
    ratio = f"least(1000, greatest(0, 1000 * ({policy.ratio_zero_multiple} * s.ratio - o.ratio)"
    ratio += f" // ({policy.ratio_zero_multiple - 1} * s.ratio)))"
    named = f"""case when s.preferred is null then {policy.preference_none_stated}
        when s.preferred = o.pid then {policy.preference_points[0]} else {policy.preference_not_named} end"""
    return {
        Criterion.SERVICES: _service_bounds(services),
        **{Criterion(d.value): _support(policy, d, policy.over_support_loss) for d in Dimension},
        Criterion.RATIO: _where_known("s.ratio is null or o.ratio is null", ratio, ratio),
        Criterion.INCLUSION: _inclusion(policy),
        Criterion.RIDE: _ride(policy),
        Criterion.START: _start(policy),
        Criterion.PREFERENCE: (named, named),
    }


def _service_bounds(services: Sequence[Service]) -> tuple[str, str]:
    surely = " + ".join(f"s.share_{one} * (({_delivered(one)}) = 1)::int" for one in services)
    maybe = " + ".join(f"s.share_{one} * (({_delivered(one)}) <> 0)::int" for one in services)
    return tuple(
        f"case when s.services is null then {unknown} when s.services = 0 then 1000 else {share} end"
        for unknown, share in ((0, surely), (1000, maybe))
    )


def _support(policy: Policy, dimension: Dimension, over_loss: int) -> tuple[str, str]:
    """The farthest and the nearest pair of levels that the two ranges leave possible."""
    above = f"(s.high_{dimension} - o.low_{dimension})"
    below = f"(s.low_{dimension} - o.high_{dimension})"

    def value(gap: str) -> str:
        loss = f"case when {gap} > 0 then {policy.under_support_loss} * {gap} else {-over_loss} * {gap} end"
        return f"greatest(0, 1000 - ({loss}))"

    nearest = f"(greatest({below}, 0) + least({above}, 0))"
    return f"least({value(above)}, {value(below)})", value(nearest)


def _fit(policy: Policy) -> Iterable[tuple[Dimension, tuple[str, str]]]:
    """Bounds without the loss of over-support, of a need of at least 1 where there may be one."""
    for d in Dimension:
        least = f"least(greatest(s.low_{d}, 1), s.high_{d})"
        low = f"greatest(0, 1000 - {policy.under_support_loss} * greatest(s.high_{d} - o.low_{d}, 0))"
        high = f"greatest(0, 1000 - {policy.under_support_loss} * greatest({least} - o.high_{d}, 0))"
        yield d, (low, high)


def _inclusion(policy: Policy) -> tuple[str, str]:
    points = [policy.peer_points[time] for time in PeerTime]
    listed, full = f"{points}", points[-1]
    back = policy.return_support_points
    given = f"{listed}[coalesce(o.peer_time, %s) + 1]"
    low = f"{full} - greatest(0, {listed}[s.peers_high + 1] - {given % 0})"
    high = f"{full} - greatest(0, {listed}[s.peers_low + 1] - {given % (len(points) - 1)})"
    returns = f"o.has_{Feature.STEP_DOWN}"
    return (
        f"({low} + {back} * coalesce({returns}, false)::int)",
        f"({high} + {back} * coalesce({returns}, true)::int)",
    )


def _ride(policy: Policy) -> tuple[str, str]:
    across = "pow(sin((o.longitude - s.longitude) / 2), 2)"
    chord = f"pow(sin((o.latitude - s.latitude) / 2), 2) + cos(s.latitude) * cos(o.latitude) * {across}"
    miles = f"{EARTH_DIAMETER_MILES} * asin(sqrt({chord}))"
    likely = f"({policy.ride_base_minutes} + {policy.ride_minutes_per_mile} * {miles})"
    limit, full = policy.ride_default_limit_minutes, policy.ride_full_minutes

    def value(minutes: str) -> str:
        return f"least(1000, greatest(0, 1000 * ({limit} - {minutes}::int) // {limit - full}))"

    longest, shortest = (
        f"ceil({likely} * {policy.ride_high_share})",
        f"floor({likely} * {policy.ride_low_share})",
    )
    return _where_known("s.latitude is null", value(longest), value(shortest))


def _where_known(unknown: str, low: str, high: str) -> tuple[str, str]:
    """Both bounds; `greatest` and `least` pass over NULL, so it must be asked for."""
    return f"case when {unknown} then 0 else {low} end", f"case when {unknown} then 1000 else {high} end"


def _start(policy: Policy) -> tuple[str, str]:
    late = "case when o.open_seats > 0 then 0 else greatest(o.opening - coalesce(s.start, 0), 0) end"
    value = f"greatest(0, 1000 * ({policy.start_zero_days} - ({late})) // {policy.start_zero_days})"
    low = f"case when o.seat_age > {policy.seats_ask_days} then 0 else {value} end"
    high = f"""case when o.seat_age > {policy.seats_stale_days} then 1000
        when s.start is null and o.open_seats <= 0 then 1000 else {value} end"""
    return low, high


def _needs() -> str:
    """Whether each criterion of the need fit counts: 0 no, 1 surely, 2 perhaps; and levels for the gaps."""
    columns = ["case when s.services is null then 2 when s.services = 0 then 0 else 1 end as services_need"]
    columns.append("case when s.ratio is null then 2 else 1 end as ratio_need")
    for d in Dimension:
        columns.append(
            f"case when s.low_{d} >= 1 then 1 when s.high_{d} >= 1 then 2 else 0 end as {d}_need,"
            f" s.low_{d} as need_low_{d}, s.high_{d} as need_high_{d},"
            f" o.low_{d} as offer_low_{d}, o.high_{d} as offer_high_{d}"
        )
    return ", ".join(columns)


def _margin(policy: Policy, bound: str, worst: str) -> str:
    """Weighted distance of the need fit from the threshold; a need that is uncertain may count or not."""
    parts = []
    for name in ("services", "ratio", *Dimension):
        fit = f"{name}_fit_{bound}" if name in set(Dimension) else f"{name}_{bound}"
        distance = f"{policy.weights[Criterion(str(name))]} * (m.{fit} - {policy.need_fit_threshold})"
        parts.append(
            f"case m.{name}_need when 1 then {distance} when 2 then {worst}(0, {distance}) else 0 end"
        )
    return " + ".join(parts)


def _gaps(policy: Policy, need: str, offer: str) -> str:
    return " or ".join(
        f"(m.need_{need}_{d} >= {policy.critical_need}"
        f" and m.need_{need}_{d} - m.offer_{offer}_{d} >= {policy.critical_gap})"
        for d in Dimension
    )
