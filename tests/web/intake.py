"""What a browser posts for a step: every control of the page as it stands, with some answers changed."""

from bs4 import BeautifulSoup
from bs4.element import Tag


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
