"""The blueprint of every view of the API."""

from flask import Blueprint

from referral.formats.api_operations import PREFIX

bp = Blueprint("api", __name__, url_prefix=PREFIX)
