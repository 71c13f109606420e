"""What a member sees: one screen a tab, the forms, the detail panel and the widgets they are made of."""
