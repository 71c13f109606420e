"""Being written right now by a colleague (not by the author of the app shell): the tab itself, its views and its pages query."""
