"""Every table of the program, with the history and the newest entry of each file beside them."""
