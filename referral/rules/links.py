"""What a signed one-use link lets a program's contact do, and for how long."""

from datetime import timedelta
from enum import Enum


class LinkAct(Enum):
    """The one act a link allows."""

    CONFIRM_SEATS = "confirm_seats"
    ANSWER_REFERRAL = "answer_referral"


LINK_LASTS = timedelta(days=8)
CONFIRM_EVERY_DAYS = 14
