"""What may not stand in a text that a VPA can read: a class (D-32, A-27) and an open placeholder (K-23).

Both are pure functions of the text, run at every key pressed, and answer with places in the text as it was given. What
is sure stops, what is likely warns. How they judge is told in docs/woerter.md.
"""

from models.ground.vpa_text.classes import class_places
from models.ground.vpa_text.place import Place, Span, stops, warnings
from models.ground.vpa_text.placeholders import placeholder_places

__all__ = ["Place", "Span", "class_places", "placeholder_places", "stops", "warnings"]
