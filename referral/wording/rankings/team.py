"""The Team's status and what the Team is told, in sentences without cost, ranks or values."""

from datetime import date

from matching.vocabulary import ChangeBy, TeamStatus
from referral.wording.rankings.terms import day

HEADING = "For the Team's consideration. The Team decides."


def team_status_sentence(status: TeamStatus | None, on: date | None) -> str:
    """How far the Team is; a search before a decision says so."""
    dated = f" ({day(on)})" if on else ""
    if status is TeamStatus.SUPPORTS:
        return f"The Team supports a placement outside the district{dated}."
    if status is TeamStatus.CHANGING:
        return f"The student is placed outside the district and needs another program{dated}."
    if status is TeamStatus.SEARCHING:
        return f"A look at options before a Team decision{dated}. No placement has been proposed."
    return "The Team's status is not recorded. No placement has been proposed here."


# Ruled-out programs by what would change it, the nearest first.
GROUPS = {
    ChangeBy.DATE: ("A later date would change this", "Time alone settles what is missing."),
    ChangeBy.PROGRAM: ("The program could change this", "A service, a level or an access that it could add."),
    ChangeBy.TEAM: ("The Team could revise this", "A setting, a must or a limit the Team has set."),
    ChangeBy.STATE: (
        "The state or another group could change this",
        "A wider span of ages that the state approves, or a room of other ages.",
    ),
    ChangeBy.NOBODY: ("Not changeable", "Age, a closed program or a condition of admission."),
}
