"""What every tab is made of: its rows, its list beside the detail, its filter."""
