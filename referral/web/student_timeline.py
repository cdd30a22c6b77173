"""The timeline of a student: who did what when, over the profile, rankings, consents and every referral."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Blueprint, render_template

from referral.models.referrals import ReferralMove, ReferralNote
from referral.queries.settings import settings_of
from referral.queries.student_story import StudentStory, story_of
from referral.rules.permissions import Permission
from referral.web.access import current_actor, requires
from referral.web.names import names_of
from referral.web.referral_timeline import SIDES, Entry, moment_words, named_facts
from referral.wording.referral_story import facts_sentences, reason_words
from referral.wording.referrals import BASES, DONE, PARTIES

bp = Blueprint("student_timeline", __name__, url_prefix="/students")


@bp.get("/<ref>/timeline")
@requires(Permission.STUDENT_READ)
def show(ref: str) -> str:
    """What happened around a student, the newest first."""
    story = story_of(current_actor(), ref)
    zone = ZoneInfo(settings_of(story.student.district).zone)
    entries = sorted(_entries(story, zone), key=lambda entry: entry.at, reverse=True)
    names = names_of([story.student.ref])
    return render_template("students/timeline.html", student=story.student, entries=entries, names=names)


def _entries(story: StudentStory, zone: ZoneInfo) -> Iterator[Entry]:
    for version in story.versions:
        by = version.created_by.name if version.created_by else None
        yield _plain(version.created_at, zone, by, f"Profile, version {version.number}")
    for ranking in story.rankings:
        yield _plain(ranking.made_at, zone, ranking.made_by, f"Ranking {ranking.ref}")
    for record in story.disclosures:
        until = f"{BASES[record.basis]} recorded, until {record.expires_on:%b} {record.expires_on.day}"
        yield _plain(record.made_at, zone, None, f"{until}, {record.expires_on.year}")
    for move in story.moves:
        yield _move(story, move, zone)
    for note in story.notes:
        yield _note(story, note, zone)


def _plain(at: datetime, zone: ZoneInfo, who: str | None, what: str) -> Entry:
    return Entry(at=at, when=moment_words(at, zone), who=who or "District", what=what)


def _move(story: StudentStory, move: ReferralMove, zone: ZoneInfo) -> Entry:
    row = story.referrals[move.referral_id]
    said = [reason_words(move.verb, move.reason), *facts_sentences(named_facts(move.facts, row.room))]
    return Entry(
        at=move.at,
        when=moment_words(move.at, zone),
        who=move.actor.name if move.actor else PARTIES[move.party],
        what=f"{row.program.name}: {DONE[move.verb]}",
        details=[sentence for sentence in said if sentence],
    )


def _note(story: StudentStory, note: ReferralNote, zone: ZoneInfo) -> Entry:
    return Entry(
        at=note.at,
        when=moment_words(note.at, zone),
        who=note.author.name if note.author else SIDES[note.side],
        what=f"{story.referrals[note.referral_id].program.name}: note",
        notes=[note.text],
    )
