"""The weights drawn for a policy as they are kept; those used lately stay in this process."""

from sqlalchemy import bindparam, exists, select

from matching import Draws
from referral.formats.kept_draws import unpack_draws
from referral.models.base import db
from referral.models.weight_draws import WeightDraws
from referral.queries.catalog import keep

_held: dict[str, Draws] = {}


def kept(digest: str) -> Draws | None:
    """The draws kept for a policy of this digest; None where there are none."""
    held = _held.get(digest)
    if held is None:
        held = unheld(digest)
        if held is not None:
            keep(_held, digest, held)
        return held
    return held if db.session.scalar(_IS_KEPT, {"digest": digest}) else None


_IS_KEPT = select(exists().where(WeightDraws.digest == bindparam("digest")))


def unheld(digest: str) -> Draws | None:
    """The draws as they stand in the database, also before they are committed."""
    row = db.session.execute(
        select(WeightDraws.content, WeightDraws.seed).where(WeightDraws.digest == digest)
    ).one_or_none()
    return None if row is None else unpack_draws(row.content, row.seed)
