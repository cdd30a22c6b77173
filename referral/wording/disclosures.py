"""Records of consent or authority in sentences."""

from datetime import date

from referral.wording.referrals import AUTHORITIES, SIGNERS


def record_sentence(signer: str | None, authority: str | None, *, signed_on: date, expires_on: date) -> str:
    """What a record allows and until when: "Consent of the parent of Nov 23, 2026, good until ..."."""
    if signer is not None:
        basis = f"Consent signed by: {SIGNERS[signer].lower()}, {_day(signed_on)}"
    else:
        basis = f"{AUTHORITIES[authority or '']}; notice of {_day(signed_on)}"
    return f"{basis}. Good until {_day(expires_on)}."


def _day(day: date) -> str:
    return f"{day:%b} {day.day}, {day.year}"
