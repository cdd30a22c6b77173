"""The words of the method itself: criteria, verdicts, adequacy, seat status and what settles an order."""

from matching.vocabulary.term import OURS, Term


class Criterion(Term):
    """The twelve criteria of the value, in the order of the columns of a value matrix."""

    SERVICES = "services", "Related services", "Required and preferred services deliverable", OURS
    COMMUNICATION = "communication", "Communication", "Support against need", OURS
    BEHAVIOR = "behavior", "Behavior support", "Support against need", OURS
    MEDICAL = "medical", "Health care", "Support against need", OURS
    MOBILITY = "mobility", "Mobility", "Support against need", OURS
    SENSORY = "sensory", "Hearing and vision", "Support against need", OURS
    ACADEMIC = "academic", "Academics", "Support against need", OURS
    RATIO = "ratio", "Students per adult", "Offered against needed", OURS
    INCLUSION = "inclusion", "Peers and return", "Peers without disabilities, return to district", OURS
    RIDE = "ride", "Ride", "One way, in minutes", OURS
    START = "start", "Start", "First open seat against the needed date", OURS
    PREFERENCE = "preference", "Family preference", "Among named options", OURS


class Verdict(Term):
    """What the gates say of an option."""

    ELIGIBLE = "eligible", "Meets every must", "Every gate is passed", OURS
    TO_CONFIRM = "to_confirm", "To confirm", "No gate fails; at least one is not known", OURS
    NOT_ELIGIBLE = "not_eligible", "Ruled out", "At least one gate fails", OURS


class Adequacy(Term):
    """Whether the need fit is sure to reach the threshold without a critical gap."""

    ADEQUATE = "adequate", "Adequate", "", OURS
    OPEN = "open", "Open", "Depends on facts not known", OURS
    NOT_ADEQUATE = "not_adequate", "Not adequate", "", OURS


class Answer(Term, source=OURS):
    """A gate's answer."""

    YES = "yes", "Yes"
    NO = "no", "No"
    UNKNOWN = "unknown", "Not known"


class Asks(Term, source=OURS):
    """Who can answer a question."""

    PROGRAM = "program", "The program"
    TEAM = "team", "The IEP Team"


class SeatStatus(Term, source=OURS):
    """Whether a seat can be had; never a gate."""

    OPEN = "open", "Open"
    EXPECTED = "expected", "Expected"
    WAITING = "waiting", "Waiting list"
    UNKNOWN = "unknown", "Not known"


class Freshness(Term):
    """How much the age of a seat fact lets it count."""

    CURRENT = "current", "Current", "14 days or less", OURS
    ASK = "ask", "Ask again", "15 to 30 days", OURS
    STALE = "stale", "Old", "31 to 90 days", OURS
    UNKNOWN = "unknown", "Not known", "More than 90 days, or never confirmed", OURS


class OrderReason(Term, source=OURS):
    """Why an option stands before the next one."""

    BLOCK = "block", "Stands in an earlier group"
    TIER = "tier", "Less restrictive"
    VALUE = "value", "Higher value"
    COST = "cost", "Same value, lower cost"
    COST_PLACE = "cost_place", "Same value; known costs stand in order around an unknown one"
    START = "start", "Same value, earlier start"
    RIDE = "ride", "Same value, shorter ride"
    KNOWN = "known", "Same value, fewer open questions"
    DRAW = "draw", "Equal; order drawn by the student's code"
    LAST = "last", "No option follows"


class ChangeBy(Term, source=OURS):
    """Who could change a fact that rules an option out."""

    DATE = "date", "A date passes"
    PROGRAM = "program", "The program could change it"
    TEAM = "team", "The Team could revise it"
    STATE = "state", "The state could approve it, or another group is found"
    NOBODY = "nobody", "Not changeable"


class Certainty(Term):
    """How sure a first place is among equally restrictive options; shown, never used to order."""

    CLEAR = "clear", "Clear", "First under at least 80 % of plausible priorities", OURS
    LIKELY = "likely", "Likely", "First under at least half of plausible priorities", OURS
    CLOSE = "close", "Close", "First under less than half of plausible priorities", OURS
