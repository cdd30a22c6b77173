"""The macros and BaseForm together: every error is linked to its control, in both directions."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask, render_template_string
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, FieldList, FormField, IntegerField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional

from referral.web.forms.base import BaseForm, CheckboxGroup, PartForm, RadioGroup

ROOT = Path(__file__).parents[2]
PAGE = """{% import "macros/forms.html" as forms %}{{ forms.summary(form) }}
{% call forms.form(form) %}{% for f in form %}{{ forms.field(f) }}{% endfor %}{% endcall %}"""


class ServiceForm(PartForm):
    minutes = IntegerField("Minutes", [InputRequired("Enter the minutes")])


class NeedForm(BaseForm):
    class Meta:
        csrf = False

    mode = RadioGroup(
        "Main way of communication",
        [InputRequired("Choose the main way")],
        choices=[SelectChoice("speech", "Speech", {"hint": "Spoken words"}), SelectChoice("sign", "Sign")],
    )
    device = StringField("Device", [Optional()], render_kw={"data-show-if": "mode=sign"})
    services = CheckboxGroup(
        "Services", [InputRequired("Choose a service")], choices={"ot": "OT", "pt": "PT"}
    )
    ride = IntegerField(
        "Ride", [NumberRange(10, 120)], description="From 10 to 120.", render_kw={"unit": "minutes"}
    )
    agreed = BooleanField("The Team agrees", [InputRequired("Confirm the agreement")])
    grid = FieldList(FormField(ServiceForm), "Grid", min_entries=2, render_kw={"each": "Service"})


@pytest.fixture
def page() -> Iterator[BeautifulSoup]:
    app = Flask(__name__, template_folder=str(ROOT / "templates"))
    app.secret_key = "for this test"
    with app.test_request_context(method="POST"):
        form = NeedForm(MultiDict({"ride": "500"}))
        form.validate()
        yield BeautifulSoup(render_template_string(PAGE, form=form), "html.parser")


def test_every_error_is_named_by_its_control_or_group(page):
    errors = {error["id"] for error in page.select(".error")}

    named = {note for tag in page.select("[aria-describedby]") for note in tag["aria-describedby"].split()}

    assert len(errors) == 6
    assert errors <= named


def test_every_line_of_the_summary_lands_on_a_control(page):
    targets = [link["href"].removeprefix("#") for link in page.select(".error-summary a")]

    controls = [page.find(id=target).name for target in targets]

    assert targets == ["mode-0", "services-0", "ride", "agreed", "grid-0-minutes", "grid-1-minutes"]
    assert set(controls) == {"input"}


def test_repeated_entries_are_told_apart(page):
    lines = [link.text for link in page.select(".error-summary a")]

    assert lines[-2:] == ["Service 1: Enter the minutes", "Service 2: Enter the minutes"]


def test_groups_are_fieldsets_with_a_legend(page):
    legends = [fieldset.legend.text.strip() for fieldset in page.select("fieldset")]

    assert legends == ["Main way of communication", "Services", "Grid", "Service 1", "Service 2"]


def test_a_control_names_its_hint_unit_and_error(page):
    ride = page.find(id="ride")

    assert ride["aria-describedby"] == "ride-hint ride-unit ride-error"
    assert ride["aria-invalid"] == "true"
    assert not ride.has_attr("unit")


def test_stock_sentences_are_plain(page):
    assert page.find(id="ride-error").text == "Error: Enter a number from 10 to 120"


def test_the_condition_stands_on_the_box_not_on_the_control(page):
    assert page.select_one("[data-show-if]").name == "div"
    assert "(optional)" in page.find(attrs={"for": "device"}).text


def test_a_choice_names_its_own_hint(page):
    assert page.find(id="mode-0")["aria-describedby"] == "mode-0-hint"


@pytest.mark.parametrize(("folder", "limit_bytes"), [("css", 25_000), ("js", 12_000)])
def test_styles_and_modules_stay_small(folder, limit_bytes):
    files = (ROOT / "referral/static" / folder).iterdir()

    assert sum(file.stat().st_size for file in files) <= limit_bytes
