"""Every attack by raw SQL, by every role: `make test-long`."""

from __future__ import annotations

import pytest

from tests.rights.attacks import BY_MEMBERS, BY_VIEWERS
from tests.rights.scene import VIEWER, Attacker
from tests.rights.team import PARTS, Team
from tests.rights.test_attacks import besieged as besieged

FEWEST = 40
"""Attacks for each role (issue 5 §2)."""


@pytest.mark.slow
@pytest.mark.parametrize("kuerzel", [*PARTS, VIEWER])
def test_every_attack_is_refused(besieged: Team, kuerzel: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is changed, nothing internal is shown; each would have succeeded without what stands in its way."""
    attacker = Attacker(besieged, kuerzel)
    attacks = [one for one in (BY_VIEWERS if kuerzel == VIEWER else BY_MEMBERS) if kuerzel not in one.allowed]
    assert len(attacks) >= FEWEST
    assert [attack.name for attack in attacks if attacker.succeeds(attack)] == []
    controls = [attack for attack in attacks if attack.controlled]
    assert [attack.name for attack in controls if not attacker.would_succeed(attack)] == []
    assert besieged.admin("history", "verify").exit_code == 0
    with capsys.disabled():
        parts = PARTS.get(kuerzel, ("vpa_view",))
        print(f"\n{', '.join(parts)}: {len(attacks)} attacks refused, {len(controls)} with a control")
