"""The security headers, the same on every response: pages, errors and static files."""

from flask import Flask, Response, request

from referral.errors import ReferralError

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
HTTPS_HEADERS = {"Strict-Transport-Security": "max-age=63072000; includeSubDomains"}


class PlainHttp(ReferralError):
    """A request came over http where only https is served: the proxy does not say how it was reached."""

    default_code = "plain_http"


def refuse_plain_http() -> None:
    """Refuse a request that did not come over https; a monitor on the machine may ask for health."""
    if not request.is_secure and request.blueprint != "health":
        raise PlainHttp


def install(app: Flask) -> None:
    """Set the headers on every response of the app."""
    https = app.config["SETTINGS"].over_https
    fixed = HEADERS | (HTTPS_HEADERS if https else {})

    if https:
        app.before_request(refuse_plain_http)

    @app.after_request
    def set_headers(response: Response) -> Response:
        response.headers.update(fixed)
        if request.endpoint != "static":
            response.headers["Cache-Control"] = "no-store"
        return response
