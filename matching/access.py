"""Gates of access, language, setting, wishes, ride and a program's own conditions."""

from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter

import numpy as np

from matching.codes import (
    FEATURES,
    LIMITS,
    MODES,
    NO,
    NOT_ASKED,
    SETTINGS,
    UNKNOWN,
    YES,
    Bytes,
    bits,
    three_valued,
)
from matching.gate import Asked, Facts, Gate, joined, no_facts, shared_by, unsettle
from matching.options import Option, possible_settings
from matching.vocabulary import (
    Asks,
    ChangeBy,
    CommunicationMode,
    Feature,
    Insistence,
    Limit,
    OneToOne,
    Setting,
)

# Ways of communicating that only some programs can use; speech, gestures and emerging speech need no gate.
GATED_MODES = frozenset(
    {
        CommunicationMode.ASL,
        CommunicationMode.SIGNED_ENGLISH,
        CommunicationMode.TACTILE_SIGN,
        CommunicationMode.OBJECT_CUES,
        CommunicationMode.AAC_DEVICE,
        CommunicationMode.AAC_PICTURES,
        CommunicationMode.SWITCH,
    }
)


@shared_by(attrgetter("student.one_to_one"))
def one_to_one(asked: Asked) -> Iterator[Gate]:
    """A one-to-one adult is possible where one is needed."""
    need = asked.student.one_to_one
    wanted = None if need is None else need is not OneToOne.NONE
    yield from _feature_gate("one_to_one", asked, wanted, Feature.ONE_TO_ONE)


@shared_by(attrgetter("student.wheelchair"))
def wheelchair(asked: Asked) -> Iterator[Gate]:
    """The site is accessible to a wheelchair."""
    yield from _feature_gate("wheelchair", asked, asked.student.wheelchair, Feature.WHEELCHAIR_ACCESS)


@shared_by(attrgetter("student.lift"))
def lift(asked: Asked) -> Iterator[Gate]:
    """There is a lift where a transfer needs one."""
    yield from _feature_gate("lift", asked, asked.student.lift, Feature.LIFT)


@shared_by(attrgetter("student.accessible_changing"))
def changing(asked: Asked) -> Iterator[Gate]:
    """There is an accessible changing room where one is needed."""
    wanted = asked.student.accessible_changing
    yield from _feature_gate("changing", asked, wanted, Feature.ACCESSIBLE_CHANGING)


@shared_by(attrgetter("student.braille"))
def braille(asked: Asked) -> Iterator[Gate]:
    """Braille is taught where the student reads it."""
    yield from _feature_gate("braille", asked, asked.student.braille, Feature.BRAILLE)


@shared_by(attrgetter("student.intervener"))
def intervener(asked: Asked) -> Iterator[Gate]:
    """An intervener is there where one is needed."""
    yield from _feature_gate("intervener", asked, asked.student.intervener, Feature.INTERVENER)


def _feature_gate(code: str, asked: Asked, wanted: bool | None, feature: Feature) -> Iterator[Gate]:
    if wanted is False:
        return
    offer = _feature_answers(asked, feature)
    answers = offer if wanted else np.where(offer == YES, np.int8(YES), np.int8(UNKNOWN))
    asks = Asks.PROGRAM if wanted else Asks.TEAM
    yield Gate(code, answers, asks, ChangeBy.PROGRAM, _feature_facts(feature))


def _feature_answers(asked: Asked, feature: Feature) -> Bytes:
    """Whether each option has the feature; a feature read out of a description is to be asked."""
    answers: Bytes = asked.catalogue.features[FEATURES.index(feature)].copy()
    unsettle(asked.catalogue, answers, "features", feature)
    return answers


def _feature_facts(feature: Feature) -> Callable[[Option], Facts]:
    return lambda option: {"need": feature, "offer": option.program.features.get(feature)}


@shared_by(attrgetter("student.communication_modes"))
def modes(asked: Asked) -> Iterator[Gate]:
    """Each way of communicating that needs fluent staff is taught."""
    used = asked.student.communication_modes
    if used is None:
        taught = np.array([_mode_answers(asked, mode) for mode in sorted(GATED_MODES)])
        answers = np.where((taught == YES).all(axis=0), np.int8(YES), np.int8(UNKNOWN))
        yield Gate("modes", answers, Asks.TEAM, ChangeBy.TEAM, no_facts)
        return
    for mode in MODES:
        if mode in used & GATED_MODES:
            offer = _mode_answers(asked, mode)
            yield Gate(f"mode:{mode}", offer, Asks.PROGRAM, ChangeBy.PROGRAM, _mode_facts(mode))


def _mode_answers(asked: Asked, mode: CommunicationMode) -> Bytes:
    answers: Bytes = asked.catalogue.modes[MODES.index(mode)].copy()
    unsettle(asked.catalogue, answers, "communication_modes", mode)
    return answers


def _mode_facts(mode: CommunicationMode) -> Callable[[Option], Facts]:
    return lambda option: {"need": mode, "offer": option.program.communication_modes.get(mode)}


@shared_by(attrgetter("student.permitted_settings"))
def setting(asked: Asked) -> Iterator[Gate]:
    """The setting is among those the Team permits; none recorded is asked once for the ranking."""
    permitted = asked.student.permitted_settings
    if permitted is None:
        return
    possible, allowed = asked.catalogue.settings, bits(permitted, SETTINGS)
    answers = np.full(len(possible), UNKNOWN, np.int8)
    answers[(possible & ~allowed) == 0] = YES
    is_stated = np.bitwise_count(possible) == 1  # what is inferred or presumed rules nothing out
    answers[is_stated & ((possible & allowed) == 0)] = NO

    need = joined(permitted, Setting)

    def facts(option: Option) -> Facts:
        return {"need": need, "offer": joined(possible_settings(option.program), Setting)}

    yield Gate("setting", answers, Asks.PROGRAM, ChangeBy.TEAM, facts)


@shared_by(attrgetter("student.wishes"))
def wishes(asked: Asked) -> Iterator[Gate]:
    """Each must-have is there and each must-not is absent."""
    for wish in asked.student.wishes:
        offer = _feature_answers(asked, wish.feature)
        facts = _feature_facts(wish.feature)
        if wish.insistence is Insistence.MUST_HAVE:
            yield Gate(f"must_have:{wish.feature}", offer, Asks.PROGRAM, ChangeBy.TEAM, facts)
        elif wish.insistence is Insistence.MUST_NOT:
            absent = np.where(offer == UNKNOWN, offer, (offer == NO).astype(np.int8))
            yield Gate(f"must_not:{wish.feature}", absent, Asks.PROGRAM, ChangeBy.TEAM, facts)


def ride(asked: Asked) -> Iterator[Gate]:
    """The ride stays within the limit, where the Team made the limit a must."""
    if not asked.student.ride_limit_is_firm:
        return
    rides, limit = asked.rides, asked.rides.limit_minutes
    answers = np.full(len(asked.catalogue), UNKNOWN, np.int8)
    low, high = rides.low, rides.high
    answers[(high >= 0) & (high <= limit)] = YES
    answers[low > limit] = NO

    def facts(option: Option) -> Facts:
        minutes = rides.minutes_of(option)
        return {
            "need": limit,
            "minutes_low": minutes and minutes.low,
            "minutes_high": minutes and minutes.high,
        }

    yield Gate("ride", answers, Asks.TEAM, ChangeBy.TEAM, facts)


@shared_by(
    lambda asked: (
        frozenset(asked.student.meets.items()),
        asked.student.district,
        asked.first_day,
        asked.student.start_on is None,
    )
)
def limits(asked: Asked) -> Iterator[Gate]:
    """Each condition that a program sets on admission is met."""
    for place, limit in enumerate(LIMITS):
        sets_it = (asked.catalogue.limits >> place) & 1 == 1
        if not sets_it.any():
            continue
        if limit is Limit.MEMBERS_ONLY:
            met = _membership(asked)
        else:
            met = np.full(len(sets_it), three_valued(asked.student.meets.get(limit)), np.int8)
        asked_about = met.copy()
        unsettle(asked.catalogue, asked_about, "limits", limit)
        met = np.where(met == NO, asked_about, met)  # a condition that is met matters to nobody
        answers = np.where(sets_it, met, np.int8(NOT_ASKED))
        yield Gate(f"limit:{limit}", answers, _LIMIT_ASKS[limit], _LIMIT_CHANGE[limit], _limit_facts(limit))


_LIMIT_ASKS = {limit: Asks.PROGRAM if limit is Limit.MEMBERS_ONLY else Asks.TEAM for limit in Limit}
_LIMIT_CHANGE = {limit: ChangeBy.DATE if limit is Limit.SOBER_30_DAYS else ChangeBy.NOBODY for limit in Limit}


def _limit_facts(limit: Limit) -> Callable[[Option], Facts]:
    return lambda _option: {"need": limit}


def _membership(asked: Asked) -> Bytes:
    """Membership on the start date; while that is open, only one that no later date changes settles it."""
    district, day = asked.student.district, asked.first_day
    is_open = asked.student.start_on is None

    def made() -> Bytes:
        if is_open:
            return asked.catalogue.by_operator(lambda operator: operator.is_member_from(district, day))
        return asked.catalogue.by_operator(lambda operator: operator.is_member(district, day))

    members: Bytes = asked.catalogue.remember(("members", district, day, is_open), made)
    return members


ACCESS_GATES: tuple[Callable[[Asked], Iterable[Gate]], ...] = (
    one_to_one,
    wheelchair,
    lift,
    changing,
    modes,
    braille,
    intervener,
    setting,
    wishes,
    ride,
    limits,
)
