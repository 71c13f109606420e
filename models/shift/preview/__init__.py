"""The Vorschau: four weeks ahead, and who has how much to do."""
