"""The same ranking in pandas, as an analyst would write it: a frame of options, columns of gates and values.

It covers what the made-up student asks (placement, age, three services, levels, one mode, setting) and gives
blocks, tiers, values and the order before cost bands. The frame is built beforehand and not timed.
"""

import numpy as np
import pandas as pd

from matching import NeedProfile, Policy, ProgramProfile
from matching.vocabulary import SETTING_TIER, Criterion, Delivery, Dimension, Feature, PeerTime
from tests.benchmarks.made_up import TODAY

PEERS = list(PeerTime)


def frame(programs: list[ProgramProfile]) -> pd.DataFrame:
    """One row per program with everything the ranking reads; NaN and NA where not known."""
    return pd.DataFrame([_row(program) for program in programs]).astype(
        {"mode": "boolean", "step_down": "boolean"}
    )


def _row(program: ProgramProfile) -> dict[str, object]:
    room, seats = program.rooms[0], program.rooms[0].seats
    return {
        "key": program.key,
        "age_low": np.nan if program.ages is None else program.ages.low * 12,
        "age_high": np.nan if program.ages is None else program.ages.high * 12 + 11,
        "setting": str(program.setting),
        "tier": SETTING_TIER[program.setting],
        "mode": program.communication_modes.get("aac_pictures"),
        "step_down": program.features.get(Feature.STEP_DOWN),
        "peer_time": np.nan if program.peer_time is None else PEERS.index(program.peer_time),
        "ratio": np.nan if room.students_per_adult is None else float(room.students_per_adult),
        "open": seats.open,
        "opening": (seats.next_opening - TODAY).days if seats.next_opening else np.nan,
        "seat_age": (TODAY - seats.confirmed_on).days,
        "latitude": program.sites[0].place.latitude,
        "longitude": program.sites[0].place.longitude,
        "tuition": program.prices[0].usd_per_year,
        **{f"level_{d}": program.levels[d].low if d in program.levels else np.nan for d in Dimension},
        **{
            f"service_{s}": str(program.services[s].delivery) if s in program.services else None
            for s in SERVICES
        },
    }


SERVICES = ("speech_therapy", "occupational_therapy", "counseling")


def ranked(options: pd.DataFrame, student: NeedProfile, policy: Policy) -> pd.DataFrame:
    """The options in order before cost bands, with verdict, block, tier and value."""
    gates = _gates(options, student, policy)
    verdict = np.select([(gates == 0).any(axis=1), (gates == 2).any(axis=1)], [2, 1], 0)
    low, high = _values(options, student, policy)
    middle = (low + high) // 2
    value = sum(middle[criterion] * policy.weights[criterion] for criterion in Criterion)
    out = options.assign(verdict=verdict, value=value, unknown=(low != high).sum(axis=1))
    out["block"] = _blocks(out, low, high, student, policy)
    out["rank_in_band"] = out.groupby(["block", "tier"]).value.rank(ascending=False, method="first")
    return out.sort_values(["block", "tier", "value"], ascending=[True, True, False], kind="stable")


def _gates(options: pd.DataFrame, student: NeedProfile, policy: Policy) -> pd.DataFrame:
    age = student.age_months.low
    gates = pd.DataFrame(index=options.index)
    inside = (options.age_low <= age) & (age <= options.age_high)
    gates["age"] = inside.astype(int).mask(options.age_low.isna(), 2)
    for service in SERVICES:
        offer = options[f"service_{service}"]
        gates[service] = (offer == Delivery.DIRECT).astype(int).mask(offer.isna(), 2)
    for name, dimension, least in (
        ("health", Dimension.MEDICAL, policy.medical_gate_from),
        ("behavior", Dimension.BEHAVIOR, policy.behavior_gate_from),
    ):
        need, offer = student.level(dimension).low, options[f"level_{dimension}"]
        if need >= least:
            gates[name] = (offer >= need).astype(int).mask(offer.isna(), 2)
    gates["mode"] = options["mode"].astype("Int64").fillna(2)
    gates["setting"] = options.setting.isin([str(s) for s in student.permitted_settings]).astype(int)
    return gates


def _values(options: pd.DataFrame, student: NeedProfile, policy: Policy) -> tuple[pd.DataFrame, pd.DataFrame]:
    low, high = pd.DataFrame(index=options.index), pd.DataFrame(index=options.index)
    shares = (334, 333, 333)
    offers = [options[f"service_{service}"] for service in SERVICES]
    low["services"] = sum(s * (o == Delivery.DIRECT) for s, o in zip(shares, offers, strict=True))
    high["services"] = sum(
        s * ((o == Delivery.DIRECT) | o.isna()) for s, o in zip(shares, offers, strict=True)
    )
    for dimension in Dimension:
        need, offer = student.level(dimension).low, options[f"level_{dimension}"]
        gap = need - offer
        value = 1000 - (gap.clip(lower=0) * 250 + (-gap).clip(lower=0) * 100)
        candidates = [1000 - (250 * max(need - b, 0) + 100 * max(b - need, 0)) for b in range(5)]
        low[dimension.value] = value.fillna(min(candidates))
        high[dimension.value] = value.fillna(max(candidates))
    need = float(student.students_per_adult)
    ratio = np.floor(1000 * (3 * need - options.ratio) / (2 * need)).clip(0, 1000)
    low["ratio"], high["ratio"] = ratio.fillna(0), ratio.fillna(1000)
    points = options.peer_time.map(dict(enumerate((400, 600, 600, 600))))
    back = options.step_down
    low["inclusion"] = points.fillna(400) + 400 * back.fillna(False).astype(int)
    high["inclusion"] = points.fillna(600) + 400 * back.fillna(True).astype(int)
    low["ride"], high["ride"] = _ride(options, student, policy)
    low["start"], high["start"] = _start(options, student)
    low["preference"] = high["preference"] = 500
    return low.astype(int), high.astype(int)


def _ride(options: pd.DataFrame, student: NeedProfile, policy: Policy) -> tuple[pd.Series, pd.Series]:
    there, here = np.radians(options.latitude), np.radians(student.origin.latitude)
    across = np.radians(options.longitude - student.origin.longitude)
    chord = np.sin((there - here) / 2) ** 2 + np.cos(here) * np.cos(there) * np.sin(across / 2) ** 2
    likely = 5 + 2.4 * 2 * 3958.8 * np.arcsin(np.sqrt(chord))
    shortest, longest = np.floor(likely * policy.ride_low_share), np.ceil(likely * policy.ride_high_share)
    return tuple(np.floor(1000 * (60 - m) / 40).clip(0, 1000) for m in (longest, shortest))


def _start(options: pd.DataFrame, student: NeedProfile) -> tuple[pd.Series, pd.Series]:
    needed = (student.start_on - TODAY).days
    late = (options.opening - needed).clip(lower=0).where(options.open == 0, 0)
    value = np.floor(1000 * (90 - late) / 90).clip(0, 1000)
    low, high = value.fillna(0), value.fillna(1000)
    return low.mask(options.seat_age > 30, 0), high.mask(options.seat_age > 90, 1000)


def _blocks(
    out: pd.DataFrame, low: pd.DataFrame, high: pd.DataFrame, student: NeedProfile, policy: Policy
) -> np.ndarray:
    needs = {d: student.level(d).low for d in Dimension if student.level(d).low >= 1}
    weights = [policy.weights[c] for c in (Criterion.SERVICES, Criterion.RATIO)]
    least = [low["services"], low["ratio"]]
    most = [high["services"], high["ratio"]]
    certain, possible = pd.Series(False, index=out.index), pd.Series(False, index=out.index)
    for dimension, need in needs.items():
        gap = (need - out[f"level_{dimension}"]).clip(lower=0)
        weights.append(policy.weights[Criterion(dimension.value)])
        least.append((1000 - 250 * gap).fillna(1000 - 250 * need))
        most.append((1000 - 250 * gap).fillna(1000))
        if need >= 2:
            certain |= gap >= 2
            possible |= (gap >= 2) | out[f"level_{dimension}"].isna()
    threshold = 600 * sum(weights)
    surely = sum(w * v for w, v in zip(weights, least, strict=True)) >= threshold
    maybe = sum(w * v for w, v in zip(weights, most, strict=True)) >= threshold
    adequate, failing = surely & ~possible, ~maybe | certain
    return np.select([out.verdict == 2, failing, out.verdict == 1, ~adequate], [5, 4, 3, 2], 1)
