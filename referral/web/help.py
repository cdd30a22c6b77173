"""Help, glossary and the accessibility statement, open to all."""

from flask import Blueprint, render_template

from referral.formats.api_operations import PREFIX
from referral.web.access import open_to_all
from referral.web.api_words import operations_shown
from referral.web.glossary import GROUPS
from referral.web.referral_picture import ended_states, open_states

bp = Blueprint("help", __name__, url_prefix="/help")


@bp.get("")
@open_to_all
def index() -> str:
    """Help for each of the three users."""
    return render_template("help/index.html")


@bp.get("/glossary")
@open_to_all
def glossary() -> str:
    """The words of the field, each with its definition and source."""
    return render_template("help/glossary.html", groups=GROUPS)


@bp.get("/accessibility")
@open_to_all
def accessibility() -> str:
    """The accessibility statement."""
    return render_template("help/accessibility.html")


@bp.get("/api")
@open_to_all
def api() -> str:
    """What the JSON API can do, from its own document."""
    return render_template("help/api.html", prefix=PREFIX, operations=operations_shown())


@bp.get("/referrals")
@open_to_all
def referrals() -> str:
    """The states of a referral, who may do what, and the clocks."""
    return render_template("help/referrals.html", open_states=open_states(), ended_states=ended_states())
