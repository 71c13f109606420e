"""A German sentence for every failure, with a way out; our own faults go to the log without values (law 11)."""

from __future__ import annotations

from models.action.work import Session


def sentence_for(session: Session, error: BaseException) -> str:
    """What a member reads about an error that is none of our own kinds."""
    from models.database.causes import explain
    from models.database.store import is_unusable
    from models.ground.log import log_defect

    if is_unusable(error):
        return explain(session.store, error)
    reference = log_defect(error)
    return f"Das hätte nicht passieren dürfen. Der Fehler steht im Protokoll: {reference}"
