"""The tab Aufgaben, its chats and Experten."""
