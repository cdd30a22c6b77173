"""The coded need profile of a student's version: identity stops at the answers, and a town is a point."""

from matching import NeedProfile, Place
from referral.formats.places import find_place
from referral.models.organisations import Organisation
from referral.models.students import ProfileVersion, Student
from referral.queries.students import answers_of
from referral.rules.answers import Answers
from referral.rules.students import need_profile


def profile_of(student: Student, version: ProfileVersion) -> NeedProfile:
    """The profile that is ranked for a version of a student."""
    return profile_in(student.district, answers_of(version), code=student.ref)


def profile_in(district: Organisation, answers: Answers, *, code: str) -> NeedProfile:
    """The profile that answers give in a district."""
    return need_profile(
        answers,
        code=code,
        district=district.name,
        state=district.state,
        origin=_origin(district, answers.home_zip),
    )


def _origin(district: Organisation, home_zip: str | None) -> Place | None:
    """The ZIP's centroid if one was entered, else that of the district's town."""
    return find_place(home_zip, district.town or district.name, district.state or "")
