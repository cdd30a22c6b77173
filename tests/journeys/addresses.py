"""Every page of the product: who looks at it and at which address; test_pages.py proves it complete."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import Flask

from referral.rules.permissions import Permission, Role

Values = Mapping[str, str]


@dataclass(frozen=True)
class Sight:
    """A page in a state, as one role sees it. A value in braces is a reference of the demo's scenes."""

    endpoint: str
    role: Role | None
    values: Values = field(default_factory=dict)
    query: str = ""
    state: str = "full"
    again: bool = True  # looked at again in dark, at 320 px and at 200 % zoom

    def address(self, app: Flask, names: Mapping[str, str]) -> str:
        """Where the page is."""
        values = {name: value.format(**names) for name, value in self.values.items()}
        with app.test_request_context():
            return app.url_for(self.endpoint, **values, _external=False) + self.query.format(**names)

    @property
    def title(self) -> str:
        """What the test is called."""
        role = self.role.value if self.role else "nobody"
        return f"{self.endpoint}-{'-'.join(self.values.values())}{self.query}-{self.state}-{role}"


COORDINATOR, DIRECTOR = Role.COORDINATOR, Role.DIRECTOR
STAFF, ADMINISTRATOR = Role.COLLABORATIVE_STAFF, Role.SITE_ADMINISTRATOR
DRAFT, STUDENT, RANKING = {"ref": "{draft}"}, {"ref": "{student}"}, {"ref": "{ranking}"}
OWN, ROOM = {"slug": "{program}"}, {"slug": "{program}", "key": "{room}"}
MEMBER = {"slug": "{collaborative}", "district": "{district}", "first_day": "{first_day}"}
STEPS = ("student", "disability", "access", "behavior", "services", "place", "levels")
# One page of a move for each part its form can have
MOVES = (
    (DIRECTOR, "{awaiting_approval_referral}", "send_back"),
    (COORDINATOR, "{awaiting_approval_referral}", "withdraw"),
    (COORDINATOR, "{offered_referral}", "accept"),
    (STAFF, "{visit_answer}", "offer"),
)

SIGHTS = (
    Sight("security.login", None),
    Sight("security.forgot_password", None),
    Sight("security.reset_password", None, {"token": "{token}"}),
    Sight("help.index", None),
    Sight("help.glossary", None),
    Sight("help.accessibility", None),
    Sight("help.api", None),
    Sight("tokens.index", DIRECTOR),
    Sight("account.index", COORDINATOR),
    Sight("account.second_step", DIRECTOR),
    Sight("account.password", COORDINATOR),
    Sight("account.second_step", STAFF, state="begin"),
    Sight("confirm.ask", COORDINATOR),
    Sight("parked.index", COORDINATOR),
    Sight("parked.index", STAFF, state="empty"),
    *(Sight("home.index", role, again=role is COORDINATOR) for role in Role),
    Sight("programs.index", COORDINATOR),
    Sight("programs.index", COORDINATOR, query="?q=zzzz", state="empty"),
    Sight("programs.index", COORDINATOR, query="?near=Lexingtin&age=old", state="error"),
    Sight("programs.index", COORDINATOR, query="?near=Lexington&need=population:autism&open=y", state="near"),
    Sight("programs.index", STAFF, query="?first=100&sort=ages", again=False),
    Sight("programs.show", COORDINATOR, OWN),
    Sight("programs.show", STAFF, OWN, again=False),
    Sight("programs.show", DIRECTOR, {"slug": "{closed}"}, state="closed"),
    Sight("programs.show", DIRECTOR, {"slug": "{bare}"}, state="bare"),
    Sight("students.index", COORDINATOR),
    Sight("students.index", DIRECTOR, query="?archived=y", state="empty"),
    Sight("students.new", COORDINATOR),
    Sight("students.show", COORDINATOR, STUDENT),
    Sight("students.show", DIRECTOR, {"ref": "{revised}"}, state="revised", again=False),
    Sight("students.version", COORDINATOR, {"ref": "{revised}", "number": "1"}),
    Sight("students.key_slip", COORDINATOR, STUDENT),
    Sight("identities.show", COORDINATOR, STUDENT),
    Sight("identities.edit", COORDINATOR, STUDENT),
    Sight("identities.index", DIRECTOR),
    Sight("student_timeline.show", COORDINATOR, STUDENT),
    Sight("student_access.show", COORDINATOR, {"code": "{consented}"}),
    Sight("student_access.show", DIRECTOR, {"code": "{student}"}, state="empty", again=False),
    Sight("intake.overview", COORDINATOR, DRAFT),
    *(Sight("intake.step", COORDINATOR, DRAFT | {"step_key": key}) for key in STEPS),
    Sight("intake.step", COORDINATOR, {"ref": "{full_draft}", "step_key": "services"}, state="filled"),
    Sight("intake.check", COORDINATOR, DRAFT, state="error"),
    Sight("intake.check", COORDINATOR, {"ref": "{full_draft}"}),
    Sight("rankings.index", DIRECTOR),
    Sight("rankings.index", COORDINATOR, query="?q=S-NOTHERE", state="empty"),
    Sight("rankings.show", COORDINATOR, RANKING),
    Sight("rankings.show", DIRECTOR, RANKING, query="?view=table", state="table"),
    Sight("rankings.show", DIRECTOR, RANKING, query="?view=value", state="value"),
    Sight("rankings.show", DIRECTOR, {"ref": "{revised_ranking}"}, state="revised", again=False),
    Sight("rankings.show", COORDINATOR, RANKING, query="?all=1", state="all", again=False),
    Sight("rankings.compare", COORDINATOR, RANKING, query="?program={first}&program={second}", state="two"),
    Sight(
        "rankings.compare",
        DIRECTOR,
        RANKING,
        query="?program={first}&program={second}&program={third}&program={fourth}",
    ),
    Sight("rankings.ruled_out", COORDINATOR, RANKING),
    Sight("rankings.team_sheet", COORDINATOR, RANKING),
    Sight("rankings.team_sheet", DIRECTOR, {"ref": "{revised_ranking}"}, state="searching", again=False),
    Sight("rankings.override", DIRECTOR, RANKING),
    Sight("rankings.note", DIRECTOR, RANKING),
    Sight("priorities.show", COORDINATOR, RANKING),
    Sight("priorities.show", COORDINATOR, RANKING, query="?ride=much_more&services=much_less", state="tried"),
    Sight("referring.choose", COORDINATOR, RANKING, query="?program={first}&program={second}"),
    Sight("referrals.index", COORDINATOR),
    Sight("referrals.index", COORDINATOR, query="?q=zzzz", state="empty"),
    Sight("referrals.index", STAFF, state="program", again=False),
    Sight("referrals.show", COORDINATOR, {"ref": "{drafted_referral}"}, state="draft", again=False),
    Sight("referrals.show", COORDINATOR, {"ref": "{offered_referral}"}),
    Sight("referrals.show", COORDINATOR, {"ref": "{waitlisted_referral}"}, state="line", again=False),
    Sight("referrals.show", DIRECTOR, {"ref": "{awaiting_approval_referral}"}, state="waits", again=False),
    Sight("referrals.show", STAFF, {"ref": "{enquiry_sent_answer}"}, state="enquiry"),
    Sight("referrals.show", STAFF, {"ref": "{visit_answer}"}, state="packet"),
    *(Sight("referrals.move", role, {"ref": ref, "verb": verb}) for role, ref, verb in MOVES),
    Sight("approvals.index", DIRECTOR),
    Sight("approvals.index", COORDINATOR, state="reading", again=False),
    Sight("disclosures.index", COORDINATOR, {"code": "{consented}"}),
    Sight("disclosures.index", COORDINATOR, {"code": "{student}"}, state="empty", again=False),
    Sight("documents.index", COORDINATOR, {"referral": "{packet_sent_referral}"}),
    Sight("documents.index", STAFF, {"referral": "{visit_answer}"}, state="program"),
    Sight("help.referrals", None),
    Sight("inbox.index", STAFF),
    Sight("inbox.index", STAFF, query="?view=answered", state="answered", again=False),
    Sight("inbox.index", STAFF, query="?program=x", state="empty"),
    Sight("inbox.decline", STAFF, {"ref": "{enquiry_sent_answer}"}),
    Sight("capacity.index", COORDINATOR),
    Sight("capacity.index", STAFF, state="to_answer"),
    Sight("capacity.index", DIRECTOR, state="reading", again=False),
    Sight("capacity.ask", COORDINATOR, query="?program={program}&program={first}"),
    Sight("capacity.ask", COORDINATOR, state="empty", again=False),
    Sight("upkeep.edit", STAFF, OWN),
    Sight("contact.act", None, {"secret": "{seats_link}"}),
    Sight("contact.act", None, {"secret": "{enquiry_link}"}),
    Sight("policies.index", COORDINATOR),
    Sight("policies.index", DIRECTOR, state="may_propose", again=False),
    Sight("policies.propose", DIRECTOR),
    Sight("policies.show", DIRECTOR, {"ref": "{policy}"}),
    Sight("policies.show", COORDINATOR, {"ref": "{policy}"}, state="reading", again=False),
    Sight("policies.show", DIRECTOR, {"ref": "{withdrawn_policy}"}, state="withdrawn", again=False),
    Sight("seats.mine", STAFF),
    Sight("seats.mine", Role.COLLABORATIVE_ADMINISTRATOR, again=False),
    Sight("seat_sheets.send", STAFF),
    Sight("seats.index", STAFF, OWN),
    Sight("seats.index", STAFF, {"slug": "{bare}"}, state="empty"),
    Sight("seats.edit", STAFF, ROOM),
    Sight("seats.history", STAFF, OWN),
    Sight("profiles.edit", STAFF, OWN),
    Sight("prices.index", STAFF, OWN),
    Sight(
        "prices.end", STAFF, {"slug": "{bare}", "item": "tuition", "audience": "all", "first": "{price_day}"}
    ),
    Sight("rooms.index", STAFF, OWN),
    Sight("rooms.add", STAFF, OWN),
    Sight("rooms.edit", STAFF, ROOM),
    Sight("notices.index", COORDINATOR),
    Sight("notices.index", Role.COOPERATIVE_ADMINISTRATOR, state="empty"),
    Sight("notices.choices", COORDINATOR),
    Sight("settings.index", DIRECTOR),
    Sight("settings.index", Role.COLLABORATIVE_ADMINISTRATOR, state="collaborative"),
    Sight("settings.words", DIRECTOR),
    Sight("mails.index", ADMINISTRATOR),
    Sight("retention.index", ADMINISTRATOR),
    Sight("reports.caseload", DIRECTOR),
    Sight("reports.needs", STAFF),
    Sight("reports.totals", DIRECTOR),
    Sight("reports.totals", Role.COOPERATIVE_ADMINISTRATOR, state="empty", again=False),
    Sight("holds.show", DIRECTOR, {"code": "{student}"}),
    Sight("holds.show", COORDINATOR, {"code": "{revised}"}, state="held", again=False),
    Sight("audit.index", ADMINISTRATOR),
    Sight("audit.index", ADMINISTRATOR, query="?tag=none:", state="empty"),
    Sight("organisations.index", ADMINISTRATOR),
    Sight("organisations.index", ADMINISTRATOR, query="?q=zzzz", state="empty"),
    Sight("organisations.show", ADMINISTRATOR, {"slug": "{collaborative}"}),
    Sight("organisations.show", ADMINISTRATOR, {"slug": "{district}"}, state="district", again=False),
    Sight("organisations.add", ADMINISTRATOR),
    Sight("organisations.edit", ADMINISTRATOR, {"slug": "{collaborative}"}),
    Sight("memberships.add", ADMINISTRATOR, {"slug": "{collaborative}"}),
    Sight("memberships.edit", ADMINISTRATOR, MEMBER),
    Sight("users.index", ADMINISTRATOR),
    Sight("users.index", ADMINISTRATOR, query="?q=zzzz", state="empty"),
    Sight("users.show", ADMINISTRATOR, {"ref": "{user}"}),
    Sight("users.invite", ADMINISTRATOR),
)
LISTS = ("referrals", "seat_sheets", "directory_file", "student_file")
DOWNLOADS = {f"{one}.{kind}" for one in LISTS for kind in ("csv", "xlsx")}
DOWNLOADS |= {f"reports.{one}_{kind}" for one in ("needs", "caseload", "totals") for kind in ("csv", "xlsx")}
NOT_PAGES = DOWNLOADS | {
    "audit.csv",
    "student_access.pdf",
    "documents.download",
    "notices.open_subject",
    "second_step.ask",  # opens only after a password: tests/security/test_second_step.py looks at it
    "static",
    "health.alive",
    "health.ready",
}
# Pages of the fault family: what a person sees who may not, or whose address leads nowhere.
FAULTS = (
    ("/nothing", COORDINATOR),
    ("/users", COORDINATOR),
    ("/students/S-NOTHING", DIRECTOR),
    ("/c/never-made", None),
)


def endpoints_of_pages(app: Flask) -> set[str]:
    """Every endpoint that shows a page."""
    return {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or set()) and not rule.endpoint.startswith("api.")
    } - NOT_PAGES


def is_public(app: Flask, endpoint: str) -> bool:
    """Whether a page opens without an account."""
    permission: Permission = app.view_functions[endpoint].permission  # type: ignore[attr-defined]
    return permission is Permission.PUBLIC
