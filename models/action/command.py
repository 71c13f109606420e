"""What a command is known by."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Command:
    """Identity of a command: a retry with the same id does nothing twice (DESIGN law 8)."""

    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    step: int = 0
