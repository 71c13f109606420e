"""What the steps of a VPA-Wechsel are called on the screen."""

from __future__ import annotations

TITLES = {
    "question": "Rückfrage festhalten", "talk": "Gespräch mit dem Kunden", "measure": "Maßnahme festhalten",
    "propose": "Nachfolger vorschlagen", "send-back": "Anfrage zurückgeben", "approve": "Freigeben",
    "reject": "Nicht freigeben", "informed": "Kunde informiert", "training": "Einarbeitung", "finish": "Abschließen",
}  # fmt: skip
"""What the form of each action says it will do."""
SHORT = {
    "question": "Rückfrage", "talk": "Gespräch", "measure": "Maßnahme", "propose": "Nachfolger",
    "send-back": "zurückgeben", "approve": "Freigabe VM/KM", "informed": "Kunde informieren",
    "training": "Einarbeitung", "finish": "abschließen",
}  # fmt: skip
"""What the list says comes next."""
