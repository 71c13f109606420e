"""All actions on a VPA-Wechsel, so that the catalogue finds them in one place."""

from __future__ import annotations

from models.care.handover.escalate import EscalateHandover
from models.care.handover.finish import FinishHandover
from models.care.handover.release import (
    ApproveHandover,
    InformedHandover,
    RejectHandover,
    TrainingHandover,
)
from models.care.handover.steps import (
    MeasureHandover,
    OpenHandover,
    ProposeHandover,
    QuestionHandover,
    SendBackHandover,
    TalkHandover,
)

__all__ = [
    "ApproveHandover",
    "EscalateHandover",
    "FinishHandover",
    "InformedHandover",
    "MeasureHandover",
    "OpenHandover",
    "ProposeHandover",
    "QuestionHandover",
    "RejectHandover",
    "SendBackHandover",
    "TalkHandover",
    "TrainingHandover",
]
