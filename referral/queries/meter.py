"""The meter for a student about to be referred: what was told before, and what may be told now."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from referral.models.base import db
from referral.models.organisations import Organisation
from referral.models.referrals import Disclosure, Referral
from referral.models.students import ProfileVersion
from referral.queries import catalog
from referral.queries.students import answers_of
from referral.rules.answers import Answers
from referral.rules.areas import AreaCounts
from referral.rules.disclosure import EVERYTHING, NOTHING, EnquiryView, Stated, enquiry_at, stated_by
from referral.rules.earlier_releases import EarlierRelease, told_before
from referral.rules.meter import (
    Area,
    Places,
    Reading,
    Step,
    Verdict,
    judge,
    places_of,
    read_meter,
    release_of,
)
from referral.rules.meter_words import MeterWords, meter_words
from referral.rules.programs import program_profile
from referral.rules.settings import Settings


@dataclass(frozen=True)
class Sending:
    """What would be sent of a student now: the answers, the areas, the verdict and how often before."""

    answers: Answers
    places: Places
    counts: AreaCounts
    verdict: Verdict
    times_before: int = 0

    def view(self, stated: Stated = EVERYTHING) -> EnquiryView:
        """Exactly what a program that states these things would see; at most this where none is named."""
        return enquiry_at(self.answers, self.verdict.step, self.places, stated)

    @property
    def in_district(self) -> Reading | None:
        """What is left for a program that guesses the district; None where its size is not known."""
        if self.places.share(Area.DISTRICT) is None:
            return None
        told = release_of(self.answers, Step(Area.DISTRICT, self.verdict.step.ages))
        return read_meter(told, self.places, k=self.reading.k)

    def words_before(self, student_id: int | None, day: date) -> MeterWords:
        """The verdict in sentences before a program is chosen: only a record for all covers it."""
        covers = not self.verdict.passes and is_covered_everywhere(student_id, day)
        return self.words(is_covered=covers)

    def words(self, *, is_covered: bool = False) -> MeterWords:
        """The verdict in sentences; a live disclosure record may cover what does not pass."""
        return meter_words(
            self.verdict,
            self.places,
            self.counts,
            times_before=self.times_before,
            in_district=self.in_district,
            is_covered=is_covered,
        )

    @property
    def reading(self) -> Reading:
        """The reading of the step, or the coarsest where none passes."""
        return self.verdict.reading


def sending_of(
    student_id: int | None,
    answers: Answers,
    district: Organisation,
    settings: Settings,
    now: datetime,
    *,
    collaborative_id: int | None = None,
) -> Sending:
    """What would be sent of these answers, with what was told of the student before."""
    before = earlier_releases([] if student_id is None else [student_id])
    return _sending(answers, district, settings, now, before[student_id or 0], collaborative_id)


def sendings_of(
    rows: Sequence[Referral], settings: Mapping[int, Settings], now: datetime
) -> Mapping[str, Sending]:
    """The same for referrals by code, in one statement; settings are by the district's key."""
    before = earlier_releases({row.student_id for row in rows})
    return {
        row.ref: _sending(
            answers_of(row.profile_version),
            row.district,
            settings[row.district_id],
            now,
            before[row.student_id],
            row.collaborative_id,
        )
        for row in rows
    }


def _sending(
    answers: Answers,
    district: Organisation,
    settings: Settings,
    now: datetime,
    before: Sequence[EarlierRelease],
    collaborative_id: int | None,
) -> Sending:
    places = places_of(district.state, settings.areas)
    told = [told_before(one, places, now, collaborative_id=collaborative_id) for one in before]
    verdict = judge(answers, places, k=settings.areas.k, earlier=told)
    return Sending(answers, places, settings.areas, verdict, len(before))


def earlier_releases(student_ids: Iterable[int]) -> Mapping[int, list[EarlierRelease]]:
    """Everything that was sent of these students to anybody, by student, the first one first."""
    found: dict[int, list[EarlierRelease]] = defaultdict(list)
    rows = db.session.execute(
        select(
            Referral.student_id,
            Referral.released,
            Referral.sent_at,
            Referral.collaborative_id,
            ProfileVersion.answers,
        )
        .join(Referral.profile_version)
        .where(Referral.student_id.in_(list(student_ids)), Referral.released.is_not(None))
        .order_by(Referral.sent_at, Referral.id)
    )
    for student_id, released, sent_at, collaborative_id, answers in rows:
        one = EarlierRelease(released, sent_at, collaborative_id, Answers.model_validate(answers))
        found[student_id].append(one)
    return found


def covered_by_record(rows: Sequence[Referral], days: Mapping[int, date]) -> frozenset[str]:
    """The codes of the referrals that a live disclosure record covers; days are by the district's key."""
    records = db.session.scalars(
        select(Disclosure).where(
            Disclosure.student_id.in_({row.student_id for row in rows}), Disclosure.revoked_on.is_(None)
        )
    ).all()
    return frozenset(
        row.ref
        for row in rows
        for record in records
        if record.student_id == row.student_id
        and record.collaborative_id in (None, row.collaborative_id)
        and record.signed_on <= days[row.district_id] <= record.expires_on
    )


def is_covered_everywhere(student_id: int | None, day: date) -> bool:
    """Whether a live disclosure record covers the student at every program."""
    found = select(Disclosure.id).where(
        Disclosure.student_id == student_id,
        Disclosure.collaborative_id.is_(None),
        Disclosure.revoked_on.is_(None),
        Disclosure.signed_on <= day,
        Disclosure.expires_on >= day,
    )
    return db.session.scalar(found.limit(1)) is not None


def stated_at(slug: str, now: datetime) -> Stated:
    """What the program of this address states that an enquiry is compared with."""
    return stated_by_slug([slug], now)[slug]


def stated_by_slug(slugs: Collection[str], now: datetime) -> Mapping[str, Stated]:
    """The same for several programs; one that is not in the directory states nothing."""
    _, held = catalog.current_stored()
    wanted = frozenset(slugs)
    profiles = (
        program_profile(record, held.agencies[record.agency], today=now.date())
        for record in held.records
        if record.key in wanted
    )
    return dict.fromkeys(wanted, NOTHING) | {one.key: stated_by(one) for one in profiles}
