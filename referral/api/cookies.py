"""The API knows no cookies: it reads none and sets none, so a browser's session is worth nothing."""

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

from referral.formats.api_operations import PREFIX


class PageSessions(SecureCookieSessionInterface):
    """Sessions in a signed cookie, for the pages only."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session of a page's request; none for the API, where nothing can be kept."""
        if request.path.startswith(f"{PREFIX}/"):
            return None
        return super().open_session(app, request)


def install(app: Flask) -> None:
    """Let the app open sessions for its pages only."""
    app.session_interface = PageSessions()
