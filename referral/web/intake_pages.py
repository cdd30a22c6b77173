"""What the pages of the intake are drawn from."""

from collections.abc import Mapping
from typing import Any

from flask import current_app, render_template, request, url_for

from referral.models.base import utc_now
from referral.models.students import Draft
from referral.queries import drafts as queries
from referral.queries.matches import Matches, matches, program_names
from referral.queries.meter import sending_of
from referral.queries.settings import settings_of
from referral.rules.answer_words import NOT_KNOWN, answer_rows
from referral.rules.disclosure import hidden_labels
from referral.rules.intake import after, open_questions, status_of, step_asking
from referral.rules.questions import LABELS, LEVELS, STEPS, Step
from referral.web.access import current_actor
from referral.web.forms.intake import StepForm
from referral.web.need_words import level_rows, sections
from referral.web.today import today

CHECK = "check"


def step_page(draft: Draft, page: Step, form: StepForm) -> str:
    """One step."""
    return render_template("intake/step.html", **_around(draft, page), form=form, step=page, back=_back())


def conflict_page(draft: Draft, page: Step, form: StepForm, refusal: str) -> str:
    """A step that was changed elsewhere: the answers saved there beside those typed here."""
    form.version.process(None, str(draft.version))
    theirs = queries.answers_of(draft)
    yours = theirs.model_copy(update=dict(form.write(page, by_button=True).values))
    names = names_of_programs()
    saved = {name: said for name, _, said in answer_rows(page, theirs, program_names=names)}
    here = {name: said for name, _, said in answer_rows(page, yours, program_names=names)}
    differences = [
        {"label": LABELS[name], "saved": saved.get(name) or NOT_KNOWN, "here": here.get(name) or NOT_KNOWN}
        for name in page.names
        if saved.get(name) != here.get(name)
    ]
    return render_template(
        "intake/conflict.html",
        **_around(draft, page),
        form=form,
        step=page,
        back=_back(),
        refusal=refusal,
        differences=differences,
    )


def overview_page(draft: Draft) -> str:
    """The steps with their status."""
    return render_template("intake/overview.html", **_around(draft, None), tasks=_bar(draft, None))


def check_page(draft: Draft, *, refusal: str = "") -> str:
    """Every answer with the way to change it, the levels, and what a program would see."""
    answers = queries.answers_of(draft)
    names = names_of_programs()
    settings, now = settings_of(draft.district), utc_now()
    sending = sending_of(draft.student_id, answers, draft.district, settings, now)
    return render_template(
        "intake/check.html",
        **_around(draft, None),
        sections=sections(answers, names, change_url=lambda name: _change_url(draft, name)),
        level_rows=level_rows(answers),
        levels_url=url_for("intake.step", ref=draft.ref, step_key=LEVELS.key, back=CHECK),
        view=sending.view(),
        meter=sending.words_before(draft.student_id, settings.calendar(draft.district.state).day_of(now)),
        hidden=hidden_labels(),
        open_labels=[LABELS[name] for name in open_questions(answers)],
        problems=[
            {"label": LABELS[name], "url": _change_url(draft, name)}
            for name in draft.refused
            if name in LABELS
        ],
        refusal=refusal,
        form_errors=bool(refusal),
    )


def counts(draft: Draft) -> dict[str, int]:
    """The numbers beside the form, by the names the page shows them under."""
    found = matches_of(draft)
    return {"possible": found.possible, "total": found.total, "ruled_out": found.ruled_out}


def matches_of(draft: Draft) -> Matches:
    """How many programs match a draft so far."""
    return matches(
        current_actor(),
        draft.district,
        queries.answers_of(draft),
        today=today(),
        with_examples=current_app.config["SETTINGS"].demo,
    )


def names_of_programs() -> Mapping[str, str]:
    """The names by which programs are chosen."""
    return program_names(current_actor())


def way_on(draft: Draft, page: Step) -> str:
    """Where a saved step leads: the same step for another row, the check page, or the next step."""
    if "again" in request.form:
        return url_for("intake.step", ref=draft.ref, step_key=page.key, back=_back()) + "#wishes"
    following = None if _back() == CHECK else after(page)
    if following is None:
        return url_for("intake.check", ref=draft.ref)
    return url_for("intake.step", ref=draft.ref, step_key=following.key)


def _around(draft: Draft, page: Step | None) -> dict[str, Any]:
    """What every page of the intake shows around its own part."""
    return {
        "draft": draft,
        "bar": _bar(draft, page),
        "matches": matches_of(draft),
        "town": draft.district.town or draft.district.name,
    }


def _bar(draft: Draft, page: Step | None) -> list[dict[str, str]]:
    answers = queries.answers_of(draft)
    return [
        {
            "label": step.title,
            "url": url_for("intake.step", ref=draft.ref, step_key=step.key),
            "state": "current"
            if step == page
            else status_of(step, answers, refused=draft.refused, saved=draft.saved_steps).value,
        }
        for step in STEPS
    ]


def _change_url(draft: Draft, name: str) -> str:
    """The question in its step, coming straight back to the check page."""
    address = url_for("intake.step", ref=draft.ref, step_key=step_asking(name).key, back=CHECK)
    return f"{address}#{'services' if name == 'services_not_needed' else name}"


def _back() -> str | None:
    return CHECK if request.args.get("back") == CHECK else None
