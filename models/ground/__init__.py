"""What every room stands on: time, working days, text, errors, folders; knows no table."""
