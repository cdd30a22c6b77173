"""What a browser posts for a step: every control of the page as it stands, with some answers changed."""

from bs4 import BeautifulSoup
from bs4.element import Tag

from referral.actions.drafts import save_step
from referral.queries import drafts
from referral.rules.intake import StepWrite
from referral.rules.questions import PAGES
from tests.students import everything


def url(ref: str, step: str = "student", end: str = "") -> str:
    """The address of a step."""
    return f"/intake/{ref}/{step}{end}"


def answers_in(app, client, ref):
    """What a draft holds now."""
    with app.app_context():
        return drafts.answers_of(drafts.get(client.actor, ref))


def fill(actor, ref: str) -> str:
    """Answer every question of a draft; gives its reference."""
    for one in PAGES:
        values = {name: getattr(everything(), name) for name in one.names}
        save_step(actor, ref, StepWrite(step=one, values=values, seen_version=99, by_button=True))
    return ref


def controls(soup: BeautifulSoup) -> list[tuple[str, str]]:
    """Name and value of every control a browser would send of the intake's form."""
    form = soup.select_one("form[data-autosave]")
    assert isinstance(form, Tag)
    sent: list[tuple[str, str]] = []
    for control in form.select("input[name], select[name]"):
        sent.extend(_values(control))
    return sent


def _values(control: Tag) -> list[tuple[str, str]]:
    name = str(control["name"])
    if control.name == "select":
        return [(name, str(option["value"])) for option in control.select("option[selected]")]
    if control.get("type") in ("radio", "checkbox") and not control.has_attr("checked"):
        return []
    return [(name, str(control.get("value", "")))]


def names(soup: BeautifulSoup) -> list[str]:
    """Every name a browser could send of the intake's form."""
    form = soup.select_one("form[data-autosave]")
    assert isinstance(form, Tag)
    return list(dict.fromkeys(str(one["name"]) for one in form.select("input[name], select[name]")))
