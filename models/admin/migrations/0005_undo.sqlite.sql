CREATE INDEX "reminder_entry" ON "reminder" ("entry")
