"""The profile of a program, edited by the staff of the collaborative that runs it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from referral.actions import programs as actions
from referral.errors import InvalidInput, StaleUpdate
from referral.queries import programs as queries
from referral.queries.programs import ProgramEntry
from referral.rules.permissions import Permission
from referral.rules.program_records import ProgramRecord
from referral.rules.programs import program_profile
from referral.web.access import current_actor, requires
from referral.web.forms.profiles import ProfileForm
from referral.web.forms.reading import number_sent
from referral.web.forms.refusals import explain
from referral.web.profile_answers import changes_of, form_of
from referral.web.program_words import sections
from referral.web.today import today
from referral.web.transactions import commits

bp = Blueprint("profiles", __name__, url_prefix="/programs/<slug>")
Answer = str | Response | tuple[str, int]
GROUPS = (
    ("The program", ("name", "status", "program_type", "setting", "placement_types", "note")),
    (
        "Whom it serves",
        ("ages", "ages_at_admission", "grades", "populations", "other_populations", "limits", "entry"),
    ),
    ("Services", ("services",)),
    ("Communication", ("communication_modes",)),
    ("What the program has", ("features",)),
    ("Level of support", ("levels",)),
    ("Staff and time with peers", ("students_per_adult", "staffing_printed", "peer_time")),
    ("School year", ("days", "hours", "summer_days", "summer_hours")),
)


@bp.route("/edit", methods=["GET", "POST"])
@requires(Permission.PROGRAM_EDIT)
@commits
def edit(slug: str) -> Answer:
    """The profile as grouped questions; a save over someone else's shows both."""
    actor = current_actor()
    entry = queries.get_own(actor, slug, Permission.PROGRAM_EDIT)
    form = form_of(entry.record, entry.version)
    if form.validate_on_submit():
        try:
            actions.edit(
                actor,
                slug,
                changes_of(form),
                confirmed=form.confirmed.data or (),
                version_seen=_version_seen(form),
            )
        except InvalidInput as error:
            explain(form, error)
        except StaleUpdate:
            return _conflict_page(entry, form)
        else:
            flash("Profile saved.", "success")
            return redirect(url_for("programs.show", slug=slug), code=303)
    return _page(entry, form)


def _page(entry: ProgramEntry, form: ProfileForm) -> Answer:
    page = render_template("profiles/edit.html", record=entry.record, form=form, groups=GROUPS)
    return (page, 422) if form.errors or form.form_errors else page


def _conflict_page(entry: ProgramEntry, form: ProfileForm) -> Answer:
    """Both profiles side by side where they differ; what was typed stays in the form."""
    yours = actions.edited(entry.record, changes_of(form), form.confirmed.data or ())
    form.version.data = str(entry.version)
    page = render_template(
        "profiles/edit.html",
        record=entry.record,
        form=form,
        groups=GROUPS,
        differences=_differences(entry, yours),
    )
    return page, 409


def _differences(entry: ProgramEntry, yours: ProgramRecord) -> list[tuple[str, str, str]]:
    """Facts that differ, in words: the term, theirs, yours."""
    mine = program_profile(yours, entry.agency, today=today())
    old = _by_term(sections(entry.record, entry.profile(today())))
    new = _by_term(sections(yours, mine))
    terms = dict.fromkeys([*old, *new])
    return [
        (term, old.get(term, "not known"), new.get(term, "not known"))
        for term in terms
        if old.get(term) != new.get(term)
    ]


def _by_term(found: list[tuple[str, list[dict[str, str]]]]) -> dict[str, str]:
    return {row["term"]: row["value"] for _, rows in found for row in rows}


def _version_seen(form: ProfileForm) -> int:
    return number_sent(form.version.data)
