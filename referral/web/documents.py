"""Documents of a referral: the list, adding one, reading one through the gate, and removing one."""

from io import BytesIO
from typing import IO

from flask import (
    Blueprint,
    Flask,
    Request,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask import session as cookie
from werkzeug.wrappers import Response

from referral.actions import documents as actions
from referral.actions.transactions import in_transaction
from referral.errors import InvalidInput
from referral.formats.sealed_files import SealedFolder
from referral.models.base import utc_now
from referral.models.documents import Document
from referral.queries import documents as queries
from referral.queries import referrals
from referral.queries.referrals import Standing
from referral.rules.documents import (
    BYTES_MAX,
    DOCUMENTS_MAX,
    MAY_BE_ADDED,
    MEDIA_TYPES,
    DocumentKind,
    DocumentRefused,
)
from referral.rules.permissions import Permission
from referral.rules.referrals import DISCLOSED, State
from referral.web.access import current_actor, requires
from referral.web.forms.documents import DocumentForm
from referral.web.forms.refusals import explain
from referral.web.transactions import commits
from referral.wording import sentence
from referral.wording.documents import KINDS, TYPES, size_words

bp = Blueprint("documents", __name__)
Answer = str | Response | tuple[str, int]
REQUEST_BYTES_MAX = BYTES_MAX + 100_000  # the form around the file


class MemoryRequest(Request):
    """A request whose files stay in memory: a document never lies unsealed on the disk."""

    def _get_file_stream(self, *_about: object, **_more: object) -> IO[bytes]:
        return BytesIO()


def install(app: Flask) -> None:
    """Let a signed-in user send a document, which is larger than other requests; before forms are read."""
    app.request_class = MemoryRequest

    @app.before_request
    def allow_a_document() -> None:
        if request.endpoint == "documents.add" and "_user_id" in cookie:
            request.max_content_length = REQUEST_BYTES_MAX


@bp.get("/referrals/<referral>/documents")
@requires(Permission.REFERRAL_READ)
def index(referral: str) -> str:
    """The documents of a referral that the actor may read now."""
    return _page(referrals.get(current_actor(), referral), DocumentForm())


@bp.post("/referrals/<referral>/documents")
@requires(Permission.REFERRAL_WRITE)
@commits
def add(referral: str) -> Answer:
    """Add a document to the packet."""
    standing = referrals.get(current_actor(), referral)
    form = DocumentForm()
    if not form.validate_on_submit():
        return _page(standing, form), 422
    try:
        content = form.content.data.read(BYTES_MAX + 1)
        actions.add(current_actor(), _folder(), referral, DocumentKind(form.kind.data), content)
    except InvalidInput as error:
        explain(form, error)
        return _page(standing, form), 422
    except DocumentRefused as error:
        form.form_errors.append(sentence(error))
        return _page(standing, form), error.status
    flash("The document was added to the packet.", "success")
    return redirect(url_for(".index", referral=standing.row.ref), code=303)


@bp.get("/documents/<ref>")
@requires(Permission.REFERRAL_READ)
def download(ref: str) -> Response:
    """The document as a file to save, once it is on record who reads it."""
    actor, folder = current_actor(), _folder()
    opened = in_transaction(lambda: actions.read(actor, folder, ref, now=utc_now()))
    return send_file(
        BytesIO(opened.content),
        mimetype=MEDIA_TYPES[opened.file],
        as_attachment=True,
        download_name=opened.name,
        etag=False,
    )


@bp.post("/documents/<ref>/remove")
@requires(Permission.REFERRAL_WRITE)
@commits
def remove(ref: str) -> Response:
    """Remove a document; nobody can read it from now on."""
    row = actions.remove(current_actor(), ref, now=utc_now())
    flash("The document was removed. Nobody can read it anymore.", "success")
    return redirect(url_for(".index", referral=row.referral.ref), code=303)


def _folder() -> SealedFolder:
    settings = current_app.config["SETTINGS"]
    return SealedFolder.of_instance(settings.instance, settings.secret)


def _page(standing: Standing, form: DocumentForm) -> str:
    now, state = utc_now(), State(standing.row.state)
    readable = queries.may_read(standing, now)
    rows = queries.of_referral(standing, now)
    return render_template(
        "documents/index.html",
        row=standing.row,
        form=form,
        is_district=standing.is_district,
        is_readable=readable,
        is_sent=state in DISCLOSED,
        why_not=_why_not(standing, len(rows)),
        lines=[_line(one) for one in rows],
        most=DOCUMENTS_MAX,
    )


def _why_not(standing: Standing, count: int) -> str:
    """Why no document can be added now; empty where one can."""
    if State(standing.row.state) not in MAY_BE_ADDED:
        return sentence(DocumentRefused())
    return sentence(DocumentRefused("documents_full", most=DOCUMENTS_MAX)) if count >= DOCUMENTS_MAX else ""


def _line(row: Document) -> dict[str, object]:
    return {
        "ref": row.ref,
        "name": f"{row.number}. {KINDS[row.kind]}",
        "file": f"{TYPES[row.file_type]}, {size_words(row.size_bytes)}",
        "added_at": row.added_at,
        "added_by": row.added_by.name if row.added_by else None,
    }
