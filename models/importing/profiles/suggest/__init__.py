"""What a table most likely is: a profile suggested by headers, by cells, and by whom is known here."""
