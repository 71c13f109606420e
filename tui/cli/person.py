"""`schicht person …`."""

from __future__ import annotations

from tui.cli.actions import add_actions
from tui.cli.german import GermanGroup

person_command = GermanGroup("person", help="Rechte der Menschen: Auskunft, einschränken, aufbewahren, fällig.")
add_actions(person_command, "person", "models.persons.actions")
