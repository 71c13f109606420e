CREATE TABLE "vpa" ("id" TEXT NOT NULL PRIMARY KEY, "version" INTEGER NOT NULL, "exported" TEXT, "name" TEXT NOT NULL, "folded" TEXT NOT NULL, "klasse" TEXT NOT NULL, "start" DATE NOT NULL, "rising_star" INTEGER, "onboarding_call" DATE, "part_time" INTEGER NOT NULL, "mobile_app" INTEGER, "active" INTEGER, "last_activity" TIMESTAMPTZ, "new_customers" INTEGER, "orders" INTEGER, "areas" TEXT NOT NULL, "buddy" TEXT, "gone" INTEGER NOT NULL, "known" TEXT NOT NULL)
;;
CREATE TABLE "absence" ("id" TEXT NOT NULL PRIMARY KEY, "version" INTEGER NOT NULL, "exported" TEXT, "vpa" TEXT NOT NULL, "start" DATE NOT NULL, "end" DATE NOT NULL, "entered_on" DATE NOT NULL, "changed_on" DATE, "withdrawn" INTEGER NOT NULL, "known" TEXT, "pending" INTEGER NOT NULL, FOREIGN KEY ("vpa") REFERENCES "vpa" ("id"))
;;
CREATE INDEX "absence_vpa" ON "absence" ("vpa")
;;
CREATE TABLE "customer" ("id" TEXT NOT NULL PRIMARY KEY, "version" INTEGER NOT NULL, "exported" TEXT, "name" TEXT NOT NULL, "folded" TEXT NOT NULL, "klasse" TEXT, "status" TEXT NOT NULL, "pattern" TEXT, "last_booking" DATE, "wizard" TEXT, "kept_on" DATE, "kept_by" TEXT)
;;
CREATE TABLE "assignment" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "version" INTEGER NOT NULL, "exported" TEXT, "customer" TEXT NOT NULL, "vpa" TEXT NOT NULL, "start" DATE NOT NULL, "end" DATE, "reason" TEXT, FOREIGN KEY ("customer") REFERENCES "customer" ("id"), FOREIGN KEY ("vpa") REFERENCES "vpa" ("id"))
;;
CREATE INDEX "assignment_customer" ON "assignment" ("customer")
;;
CREATE INDEX "assignment_vpa" ON "assignment" ("vpa")
;;
CREATE UNIQUE INDEX "assignment_customer_vpa_start" ON "assignment" ("customer", "vpa", "start")
;;
CREATE TABLE "case" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "version" INTEGER NOT NULL, "kind" TEXT NOT NULL, "vpa" TEXT NOT NULL, "vpa_name" TEXT NOT NULL, "vpa_folded" TEXT NOT NULL, "absence" TEXT, "opened_at" TIMESTAMPTZ NOT NULL, "findings" TEXT NOT NULL, "facts" TEXT, "state" TEXT NOT NULL, "before" TEXT, "after" TEXT, "changed_on" DATE NOT NULL, "workable_from" TIMESTAMPTZ, "contacted_at" TIMESTAMPTZ, "contacted_by" TEXT, "measure" TEXT, "note" TEXT, "details" TEXT NOT NULL, "resolved_at" TIMESTAMPTZ, "resolved_by" TEXT, FOREIGN KEY ("vpa") REFERENCES "vpa" ("id"), FOREIGN KEY ("absence") REFERENCES "absence" ("id"))
;;
CREATE INDEX "case_absence" ON "case" ("absence")
;;
CREATE INDEX "case_state_opened_at_id" ON "case" ("state", "opened_at", "id")
;;
CREATE INDEX "case_vpa_state" ON "case" ("vpa", "state")
;;
CREATE UNIQUE INDEX "case_one_open" ON "case" ("vpa", "kind", coalesce(absence, '')) WHERE state = 'open'
;;
CREATE TABLE "day" ("date" DATE NOT NULL PRIMARY KEY, "version" INTEGER NOT NULL, "sealed_by" TEXT NOT NULL, "sealed_at" TIMESTAMPTZ NOT NULL, "counts" TEXT NOT NULL, "leftovers" TEXT NOT NULL)
;;
CREATE TABLE "entry" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "file" TEXT NOT NULL, "subject" TEXT NOT NULL, "kind" TEXT NOT NULL, "situation" TEXT NOT NULL, "link" TEXT, "response" TEXT, "next_steps" TEXT, "tags" TEXT NOT NULL, "author" TEXT NOT NULL, "account" TEXT NOT NULL, "created_at" TIMESTAMPTZ NOT NULL, "corrects" INTEGER, "withdrawn_at" TIMESTAMPTZ, "origin" TEXT NOT NULL, "folded" TEXT NOT NULL, "platform_id" TEXT, "exported" TEXT)
;;
CREATE INDEX "entry_corrects" ON "entry" ("corrects")
;;
CREATE UNIQUE INDEX "entry_platform_id" ON "entry" ("platform_id")
;;
CREATE INDEX "entry_subject_created_at_id" ON "entry" ("subject", "created_at", "id")
;;
CREATE TABLE "flag" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "version" INTEGER NOT NULL, "vpa" TEXT NOT NULL, "vpa_name" TEXT NOT NULL, "vpa_folded" TEXT NOT NULL, "stage" TEXT NOT NULL, "raised_on" DATE NOT NULL, "state" TEXT NOT NULL, "informed_at" TIMESTAMPTZ, "informed_by" TEXT, "details" TEXT NOT NULL, "removed_at" TIMESTAMPTZ, "removed_by" TEXT, FOREIGN KEY ("vpa") REFERENCES "vpa" ("id"))
;;
CREATE UNIQUE INDEX "flag_vpa_stage" ON "flag" ("vpa", "stage")
;;
CREATE INDEX "flag_state_raised_on_id" ON "flag" ("state", "raised_on", "id")
;;
CREATE TABLE "handover" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "version" INTEGER NOT NULL, "customer" TEXT NOT NULL, "vpa" TEXT, "state" TEXT NOT NULL, "reason_kind" TEXT, "reason" TEXT, "opened_at" TIMESTAMPTZ NOT NULL, "opened_by" TEXT NOT NULL, "questions" TEXT NOT NULL, "talks" TEXT NOT NULL, "measures" TEXT NOT NULL, "successor" TEXT, "effort" TEXT, "refund" INTEGER, "exception_by" TEXT, "proposed_at" TIMESTAMPTZ, "proposed_by" TEXT, "facts" TEXT NOT NULL, "decided_at" TIMESTAMPTZ, "decided_by" TEXT, "remark" TEXT, "informed_on" DATE, "training_wanted" INTEGER, "training_done_on" DATE, "closed_at" TIMESTAMPTZ, "closed_by" TEXT, "entry" INTEGER, FOREIGN KEY ("customer") REFERENCES "customer" ("id"), FOREIGN KEY ("vpa") REFERENCES "vpa" ("id"))
;;
CREATE INDEX "handover_customer" ON "handover" ("customer")
;;
CREATE INDEX "handover_vpa" ON "handover" ("vpa")
;;
CREATE INDEX "handover_state_opened_at_id" ON "handover" ("state", "opened_at", "id")
;;
CREATE TABLE "history" ("id" INTEGER NOT NULL PRIMARY KEY, "at" TIMESTAMPTZ NOT NULL, "member" TEXT, "account" TEXT NOT NULL, "action" TEXT NOT NULL, "subject" TEXT, "command" TEXT NOT NULL, "step" INTEGER NOT NULL, "route" TEXT NOT NULL, "target" INTEGER, "undoable" INTEGER NOT NULL, "changes" TEXT NOT NULL, "args" TEXT, "extra" TEXT, "hash" TEXT NOT NULL)
;;
CREATE INDEX "history_subject" ON "history" ("subject")
;;
CREATE INDEX "history_target" ON "history" ("target")
;;
CREATE UNIQUE INDEX "history_command_step" ON "history" ("command", "step")
;;
CREATE INDEX "history_member_id" ON "history" ("member", "id")
;;
CREATE TABLE "history_head" ("id" INTEGER NOT NULL PRIMARY KEY, "last" INTEGER NOT NULL, "hash" TEXT NOT NULL, "seal" TEXT NOT NULL)
;;
CREATE TABLE "import" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "at" TIMESTAMPTZ NOT NULL, "member" TEXT, "newest" TEXT NOT NULL, "counts" TEXT NOT NULL, "baseline" INTEGER NOT NULL, "rows" INTEGER NOT NULL)
;;
CREATE TABLE "member" ("kuerzel" TEXT NOT NULL PRIMARY KEY, "version" INTEGER NOT NULL, "key" TEXT NOT NULL, "name" TEXT NOT NULL, "roles" TEXT NOT NULL, "login" TEXT, "left_on" DATE)
;;
CREATE UNIQUE INDEX "member_key" ON "member" ("key")
;;
CREATE INDEX "member_login" ON "member" ("login")
;;
CREATE TABLE "leave" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "member" TEXT NOT NULL, "reason" TEXT NOT NULL, "start" DATE NOT NULL, "end" DATE NOT NULL, FOREIGN KEY ("member") REFERENCES "member" ("kuerzel"))
;;
CREATE INDEX "leave_member" ON "leave" ("member")
;;
CREATE TABLE "look" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "member" TEXT NOT NULL, "at" TIMESTAMPTZ NOT NULL, "own_due" INTEGER NOT NULL)
;;
CREATE TABLE "task" ("id" TEXT NOT NULL PRIMARY KEY, "version" INTEGER NOT NULL, "exported" TEXT, "customer" TEXT NOT NULL, "vpa" TEXT, "title" TEXT NOT NULL, "folded" TEXT NOT NULL, "hours" REAL, "deadline" DATE, "state" TEXT NOT NULL, "link" TEXT, "new_customer" INTEGER NOT NULL, "delegated_by" TEXT, "delegation_reason" TEXT, "delegation_comment" TEXT, "checklist" TEXT NOT NULL, "tags_checked" INTEGER NOT NULL, "released_by" TEXT, "released_at" TIMESTAMPTZ, "offered_at" TIMESTAMPTZ, "offered_by" TEXT, "declined_at" TIMESTAMPTZ, "steps" INTEGER, FOREIGN KEY ("customer") REFERENCES "customer" ("id"), FOREIGN KEY ("vpa") REFERENCES "vpa" ("id"))
;;
CREATE INDEX "task_customer" ON "task" ("customer")
;;
CREATE INDEX "task_vpa" ON "task" ("vpa")
;;
CREATE INDEX "task_delegated_by" ON "task" ("delegated_by")
;;
CREATE INDEX "task_state_id" ON "task" ("state", "id")
;;
CREATE INDEX "task_state_deadline_id" ON "task" ("state", "deadline", "id")
;;
CREATE TABLE "message" ("id" TEXT NOT NULL PRIMARY KEY, "version" INTEGER NOT NULL, "task" TEXT NOT NULL, "at" TIMESTAMPTZ NOT NULL, "sender" TEXT NOT NULL, "text" TEXT NOT NULL, "tags" TEXT NOT NULL, "relied_on" TEXT, "exported" TEXT, FOREIGN KEY ("task") REFERENCES "task" ("id"))
;;
CREATE INDEX "message_task_at_id" ON "message" ("task", "at", "id")
;;
CREATE TABLE "meta" ("key" TEXT NOT NULL PRIMARY KEY, "value" TEXT NOT NULL)
;;
CREATE TABLE "note" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "task" TEXT NOT NULL, "at" TIMESTAMPTZ NOT NULL, "author" TEXT NOT NULL, "text" TEXT NOT NULL, "kind" TEXT NOT NULL, "vpa" TEXT, "watched" INTEGER NOT NULL, FOREIGN KEY ("task") REFERENCES "task" ("id"))
;;
CREATE INDEX "note_task" ON "note" ("task")
;;
CREATE INDEX "note_vpa_kind" ON "note" ("vpa", "kind")
;;
CREATE TABLE "reminder" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "version" INTEGER NOT NULL, "subject" TEXT NOT NULL, "about" TEXT, "kind" TEXT NOT NULL, "due" TIMESTAMPTZ NOT NULL, "reason" TEXT NOT NULL, "folded" TEXT, "owner" TEXT NOT NULL, "original_owner" TEXT NOT NULL, "owners" TEXT NOT NULL, "created_by" TEXT NOT NULL, "created_at" TIMESTAMPTZ NOT NULL, "after_entry" INTEGER NOT NULL, "state" TEXT NOT NULL, "outcome" TEXT, "note" TEXT, "entry" INTEGER, "accepted_at" TIMESTAMPTZ, "done_at" TIMESTAMPTZ, "done_by" TEXT)
;;
CREATE INDEX "reminder_state_due_id" ON "reminder" ("state", "due", "id")
;;
CREATE INDEX "reminder_owner_state_due" ON "reminder" ("owner", "state", "due")
;;
CREATE INDEX "reminder_subject_state" ON "reminder" ("subject", "state")
;;
CREATE INDEX "reminder_about_state_due" ON "reminder" ("about", "state", "due")
;;
CREATE TABLE "setting" ("key" TEXT NOT NULL PRIMARY KEY, "version" INTEGER NOT NULL, "value" TEXT NOT NULL)
;;
CREATE TRIGGER history_no_update BEFORE UPDATE ON history BEGIN SELECT RAISE(ABORT, 'append only'); END
;;
CREATE TRIGGER history_no_delete BEFORE DELETE ON history BEGIN SELECT RAISE(ABORT, 'append only'); END
;;
CREATE TRIGGER history_no_replace BEFORE INSERT ON history WHEN EXISTS (SELECT 1 FROM history WHERE id = NEW.id OR (command = NEW.command AND step = NEW.step)) BEGIN SELECT RAISE(ABORT, 'append only'); END
;;
CREATE TRIGGER entry_no_update BEFORE UPDATE OF id, file, subject, kind, situation, link, response, next_steps, tags, author, account, created_at, corrects, origin, platform_id ON entry BEGIN SELECT RAISE(ABORT, 'append only'); END
;;
CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'append only'); END
;;
CREATE TRIGGER entry_no_replace BEFORE INSERT ON entry WHEN EXISTS (SELECT 1 FROM entry WHERE id = NEW.id OR platform_id = NEW.platform_id) BEGIN SELECT RAISE(ABORT, 'append only'); END
;;
CREATE VIRTUAL TABLE search_entry USING fts5
(folded, content='entry', content_rowid='id', tokenize='ascii', detail='none', columnsize=0, prefix='1 2')
;;
CREATE TRIGGER search_entry_insert AFTER INSERT ON entry BEGIN
INSERT INTO search_entry (rowid, folded) VALUES (NEW.id, NEW.folded); END
;;
CREATE TRIGGER search_entry_update AFTER UPDATE OF folded ON entry BEGIN
INSERT INTO search_entry (search_entry, rowid, folded) VALUES ('delete', OLD.id, OLD.folded);
INSERT INTO search_entry (rowid, folded) VALUES (NEW.id, NEW.folded); END
;;
CREATE TABLE named (n INTEGER PRIMARY KEY, subject TEXT NOT NULL UNIQUE, words TEXT NOT NULL)
;;
CREATE VIRTUAL TABLE search_named USING fts5
(words, content='named', content_rowid='n', tokenize='ascii', detail='none', columnsize=0, prefix='1 2')
;;
CREATE TRIGGER search_named_insert AFTER INSERT ON named BEGIN
INSERT INTO search_named (rowid, words) VALUES (NEW.n, NEW.words); END
;;
CREATE TRIGGER search_named_update AFTER UPDATE OF words ON named BEGIN
INSERT INTO search_named (search_named, rowid, words) VALUES ('delete', OLD.n, OLD.words);
INSERT INTO search_named (rowid, words) VALUES (NEW.n, NEW.words); END
;;
CREATE TRIGGER search_named_delete AFTER DELETE ON named BEGIN
INSERT INTO search_named (search_named, rowid, words) VALUES ('delete', OLD.n, OLD.words); END
;;
CREATE TRIGGER vpa_named_insert AFTER INSERT ON vpa WHEN NOT ((NEW.folded || ' ' || lower(NEW.id)) GLOB '*[^a-z0-9 ]*' OR (NEW.folded || ' ' || lower(NEW.id)) GLOB '*  *') BEGIN
INSERT INTO named (subject, words) VALUES ('vpa:' || NEW.id, trim((NEW.folded || ' ' || lower(NEW.id)))); END
;;
CREATE TRIGGER vpa_named_insert_signs AFTER INSERT ON vpa WHEN (NEW.folded || ' ' || lower(NEW.id)) GLOB '*[^a-z0-9 ]*' OR (NEW.folded || ' ' || lower(NEW.id)) GLOB '*  *' BEGIN
INSERT INTO named (subject, words) VALUES ('vpa:' || NEW.id, (SELECT trim(replace(replace(replace(w, ' ', '<>'), '><', ''), '<>', ' ')) FROM (SELECT replace(replace(w, '⁄', ' '), '€', ' ') AS w FROM (SELECT replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(w, '‚', ' '), '‛', ' '), '“', ' '), '”', ' '), '„', ' '), '‹', ' '), '›', ' '), '•', ' '), '†', ' '), '‡', ' '), '‰', ' '), '′', ' ') AS w FROM (SELECT replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(w, '·', ' '), '»', ' '), '¿', ' '), '×', ' '), '÷', ' '), '‐', ' '), '‒', ' '), '–', ' '), '—', ' '), '―', ' '), '‘', ' '), '’', ' ') AS w FROM (SELECT replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(w, '£', ' '), '¤', ' '), '¥', ' '), '¦', ' '), '§', ' '), '©', ' '), '«', ' '), '¬', ' '), '®', ' '), '°', ' '), '±', ' '), '¶', ' ') AS w FROM (SELECT replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(w, ']', ' '), '^', ' '), '_', ' '), '`', ' '), '{', ' '), '|', ' '), '}', ' '), '~', ' '), '	', ' '), '
', ' '), '¡', ' '), '¢', ' ') AS w FROM (SELECT replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(w, '-', ' '), '.', ' '), '/', ' '), ':', ' '), ';', ' '), '<', ' '), '=', ' '), '>', ' '), '?', ' '), '@', ' '), '[', ' '), '\', ' ') AS w FROM (SELECT replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(w, '!', ' '), '"', ' '), '#', ' '), '$', ' '), '%', ' '), '&', ' '), '''', ' '), '(', ' '), ')', ' '), '*', ' '), '+', ' '), ',', ' ') AS w FROM (SELECT (NEW.folded || ' ' || lower(NEW.id)) AS w)))))))))); END
;;
CREATE TRIGGER vpa_named_update AFTER UPDATE OF folded ON vpa
WHEN NEW.folded <> OLD.folded AND NOT ((NEW.folded || ' ' || lower(NEW.id)) GLOB '*[^a-z0-9 ]*' OR (NEW.folded || ' ' || lower(NEW.id)) GLOB '*  *') BEGIN
UPDATE named SET words = trim((NEW.folded || ' ' || lower(NEW.id))) WHERE subject = 'vpa:' || NEW.id; END
;;
CREATE TRIGGER vpa_named_update_signs AFTER UPDATE OF folded ON vpa
WHEN NEW.folded <> OLD.folded AND ((NEW.folded || ' ' || lower(NEW.id)) GLOB '*[^a-z0-9 ]*' OR (NEW.folded || ' ' || lower(NEW.id)) GLOB '*  *') BEGIN
UPDATE named SET words = (SELECT trim(replace(replace(replace(w, ' ', '<>'), '><', ''), '<>', ' ')) FROM (SELECT replace(replace(w, '⁄', ' '), '€', ' ') AS w FROM (SELECT replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(w, '‚', ' '), '‛', ' '), '“', ' '), '”', ' '), '„', ' '), '‹', ' '), '›', ' '), '•', ' '), '†', ' '), '‡', ' '), '‰', ' '), '′', ' ') AS w FROM (SELECT replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(w, '·', ' '), '»', ' '), '¿', ' '), '×', ' '), '÷', ' '), '‐', ' '), '‒', ' '), '–', ' '), '—', ' '), '―', ' '), '‘', ' '), '’', ' ') AS w FROM (SELECT replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(w, '£', ' '), '¤', ' '), '¥', ' '), '¦', ' '), '§', ' '), '©', ' '), '«', ' '), '¬', ' '), '®', ' '), '°', ' '), '±', ' '), '¶', ' ') AS w FROM (SELECT replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(w, ']', ' '), '^', ' '), '_', ' '), '`', ' '), '{', ' '), '|', ' '), '}', ' '), '~', ' '), '	', ' '), '
', ' '), '¡', ' '), '¢', ' ') AS w FROM (SELECT replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(w, '-', ' '), '.', ' '), '/', ' '), ':', ' '), ';', ' '), '<', ' '), '=', ' '), '>', ' '), '?', ' '), '@', ' '), '[', ' '), '\', ' ') AS w FROM (SELECT replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(w, '!', ' '), '"', ' '), '#', ' '), '$', ' '), '%', ' '), '&', ' '), '''', ' '), '(', ' '), ')', ' '), '*', ' '), '+', ' '), ',', ' ') AS w FROM (SELECT (NEW.folded || ' ' || lower(NEW.id)) AS w))))))))) WHERE subject = 'vpa:' || NEW.id; END
;;
CREATE TRIGGER vpa_named_delete AFTER DELETE ON vpa BEGIN
DELETE FROM named WHERE subject = 'vpa:' || OLD.id; END
;;
CREATE TRIGGER customer_named_insert AFTER INSERT ON customer WHEN NOT ((NEW.folded || ' ' || lower(NEW.id)) GLOB '*[^a-z0-9 ]*' OR (NEW.folded || ' ' || lower(NEW.id)) GLOB '*  *') BEGIN
INSERT INTO named (subject, words) VALUES ('customer:' || NEW.id, trim((NEW.folded || ' ' || lower(NEW.id)))); END
;;
CREATE TRIGGER customer_named_insert_signs AFTER INSERT ON customer WHEN (NEW.folded || ' ' || lower(NEW.id)) GLOB '*[^a-z0-9 ]*' OR (NEW.folded || ' ' || lower(NEW.id)) GLOB '*  *' BEGIN
INSERT INTO named (subject, words) VALUES ('customer:' || NEW.id, (SELECT trim(replace(replace(replace(w, ' ', '<>'), '><', ''), '<>', ' ')) FROM (SELECT replace(replace(w, '⁄', ' '), '€', ' ') AS w FROM (SELECT replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(w, '‚', ' '), '‛', ' '), '“', ' '), '”', ' '), '„', ' '), '‹', ' '), '›', ' '), '•', ' '), '†', ' '), '‡', ' '), '‰', ' '), '′', ' ') AS w FROM (SELECT replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(w, '·', ' '), '»', ' '), '¿', ' '), '×', ' '), '÷', ' '), '‐', ' '), '‒', ' '), '–', ' '), '—', ' '), '―', ' '), '‘', ' '), '’', ' ') AS w FROM (SELECT replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(w, '£', ' '), '¤', ' '), '¥', ' '), '¦', ' '), '§', ' '), '©', ' '), '«', ' '), '¬', ' '), '®', ' '), '°', ' '), '±', ' '), '¶', ' ') AS w FROM (SELECT replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(w, ']', ' '), '^', ' '), '_', ' '), '`', ' '), '{', ' '), '|', ' '), '}', ' '), '~', ' '), '	', ' '), '
', ' '), '¡', ' '), '¢', ' ') AS w FROM (SELECT replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(w, '-', ' '), '.', ' '), '/', ' '), ':', ' '), ';', ' '), '<', ' '), '=', ' '), '>', ' '), '?', ' '), '@', ' '), '[', ' '), '\', ' ') AS w FROM (SELECT replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(w, '!', ' '), '"', ' '), '#', ' '), '$', ' '), '%', ' '), '&', ' '), '''', ' '), '(', ' '), ')', ' '), '*', ' '), '+', ' '), ',', ' ') AS w FROM (SELECT (NEW.folded || ' ' || lower(NEW.id)) AS w)))))))))); END
;;
CREATE TRIGGER customer_named_update AFTER UPDATE OF folded ON customer
WHEN NEW.folded <> OLD.folded AND NOT ((NEW.folded || ' ' || lower(NEW.id)) GLOB '*[^a-z0-9 ]*' OR (NEW.folded || ' ' || lower(NEW.id)) GLOB '*  *') BEGIN
UPDATE named SET words = trim((NEW.folded || ' ' || lower(NEW.id))) WHERE subject = 'customer:' || NEW.id; END
;;
CREATE TRIGGER customer_named_update_signs AFTER UPDATE OF folded ON customer
WHEN NEW.folded <> OLD.folded AND ((NEW.folded || ' ' || lower(NEW.id)) GLOB '*[^a-z0-9 ]*' OR (NEW.folded || ' ' || lower(NEW.id)) GLOB '*  *') BEGIN
UPDATE named SET words = (SELECT trim(replace(replace(replace(w, ' ', '<>'), '><', ''), '<>', ' ')) FROM (SELECT replace(replace(w, '⁄', ' '), '€', ' ') AS w FROM (SELECT replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(w, '‚', ' '), '‛', ' '), '“', ' '), '”', ' '), '„', ' '), '‹', ' '), '›', ' '), '•', ' '), '†', ' '), '‡', ' '), '‰', ' '), '′', ' ') AS w FROM (SELECT replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(w, '·', ' '), '»', ' '), '¿', ' '), '×', ' '), '÷', ' '), '‐', ' '), '‒', ' '), '–', ' '), '—', ' '), '―', ' '), '‘', ' '), '’', ' ') AS w FROM (SELECT replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(w, '£', ' '), '¤', ' '), '¥', ' '), '¦', ' '), '§', ' '), '©', ' '), '«', ' '), '¬', ' '), '®', ' '), '°', ' '), '±', ' '), '¶', ' ') AS w FROM (SELECT replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(w, ']', ' '), '^', ' '), '_', ' '), '`', ' '), '{', ' '), '|', ' '), '}', ' '), '~', ' '), '	', ' '), '
', ' '), '¡', ' '), '¢', ' ') AS w FROM (SELECT replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(w, '-', ' '), '.', ' '), '/', ' '), ':', ' '), ';', ' '), '<', ' '), '=', ' '), '>', ' '), '?', ' '), '@', ' '), '[', ' '), '\', ' ') AS w FROM (SELECT replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(w, '!', ' '), '"', ' '), '#', ' '), '$', ' '), '%', ' '), '&', ' '), '''', ' '), '(', ' '), ')', ' '), '*', ' '), '+', ' '), ',', ' ') AS w FROM (SELECT (NEW.folded || ' ' || lower(NEW.id)) AS w))))))))) WHERE subject = 'customer:' || NEW.id; END
;;
CREATE TRIGGER customer_named_delete AFTER DELETE ON customer BEGIN
DELETE FROM named WHERE subject = 'customer:' || OLD.id; END
;;
CREATE TRIGGER task_named_insert AFTER INSERT ON task WHEN NOT ((NEW.folded || ' ' || lower(NEW.id)) GLOB '*[^a-z0-9 ]*' OR (NEW.folded || ' ' || lower(NEW.id)) GLOB '*  *') BEGIN
INSERT INTO named (subject, words) VALUES ('task:' || NEW.id, trim((NEW.folded || ' ' || lower(NEW.id)))); END
;;
CREATE TRIGGER task_named_insert_signs AFTER INSERT ON task WHEN (NEW.folded || ' ' || lower(NEW.id)) GLOB '*[^a-z0-9 ]*' OR (NEW.folded || ' ' || lower(NEW.id)) GLOB '*  *' BEGIN
INSERT INTO named (subject, words) VALUES ('task:' || NEW.id, (SELECT trim(replace(replace(replace(w, ' ', '<>'), '><', ''), '<>', ' ')) FROM (SELECT replace(replace(w, '⁄', ' '), '€', ' ') AS w FROM (SELECT replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(w, '‚', ' '), '‛', ' '), '“', ' '), '”', ' '), '„', ' '), '‹', ' '), '›', ' '), '•', ' '), '†', ' '), '‡', ' '), '‰', ' '), '′', ' ') AS w FROM (SELECT replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(w, '·', ' '), '»', ' '), '¿', ' '), '×', ' '), '÷', ' '), '‐', ' '), '‒', ' '), '–', ' '), '—', ' '), '―', ' '), '‘', ' '), '’', ' ') AS w FROM (SELECT replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(w, '£', ' '), '¤', ' '), '¥', ' '), '¦', ' '), '§', ' '), '©', ' '), '«', ' '), '¬', ' '), '®', ' '), '°', ' '), '±', ' '), '¶', ' ') AS w FROM (SELECT replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(w, ']', ' '), '^', ' '), '_', ' '), '`', ' '), '{', ' '), '|', ' '), '}', ' '), '~', ' '), '	', ' '), '
', ' '), '¡', ' '), '¢', ' ') AS w FROM (SELECT replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(w, '-', ' '), '.', ' '), '/', ' '), ':', ' '), ';', ' '), '<', ' '), '=', ' '), '>', ' '), '?', ' '), '@', ' '), '[', ' '), '\', ' ') AS w FROM (SELECT replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(w, '!', ' '), '"', ' '), '#', ' '), '$', ' '), '%', ' '), '&', ' '), '''', ' '), '(', ' '), ')', ' '), '*', ' '), '+', ' '), ',', ' ') AS w FROM (SELECT (NEW.folded || ' ' || lower(NEW.id)) AS w)))))))))); END
;;
CREATE TRIGGER task_named_update AFTER UPDATE OF folded ON task
WHEN NEW.folded <> OLD.folded AND NOT ((NEW.folded || ' ' || lower(NEW.id)) GLOB '*[^a-z0-9 ]*' OR (NEW.folded || ' ' || lower(NEW.id)) GLOB '*  *') BEGIN
UPDATE named SET words = trim((NEW.folded || ' ' || lower(NEW.id))) WHERE subject = 'task:' || NEW.id; END
;;
CREATE TRIGGER task_named_update_signs AFTER UPDATE OF folded ON task
WHEN NEW.folded <> OLD.folded AND ((NEW.folded || ' ' || lower(NEW.id)) GLOB '*[^a-z0-9 ]*' OR (NEW.folded || ' ' || lower(NEW.id)) GLOB '*  *') BEGIN
UPDATE named SET words = (SELECT trim(replace(replace(replace(w, ' ', '<>'), '><', ''), '<>', ' ')) FROM (SELECT replace(replace(w, '⁄', ' '), '€', ' ') AS w FROM (SELECT replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(w, '‚', ' '), '‛', ' '), '“', ' '), '”', ' '), '„', ' '), '‹', ' '), '›', ' '), '•', ' '), '†', ' '), '‡', ' '), '‰', ' '), '′', ' ') AS w FROM (SELECT replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(w, '·', ' '), '»', ' '), '¿', ' '), '×', ' '), '÷', ' '), '‐', ' '), '‒', ' '), '–', ' '), '—', ' '), '―', ' '), '‘', ' '), '’', ' ') AS w FROM (SELECT replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(w, '£', ' '), '¤', ' '), '¥', ' '), '¦', ' '), '§', ' '), '©', ' '), '«', ' '), '¬', ' '), '®', ' '), '°', ' '), '±', ' '), '¶', ' ') AS w FROM (SELECT replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(w, ']', ' '), '^', ' '), '_', ' '), '`', ' '), '{', ' '), '|', ' '), '}', ' '), '~', ' '), '	', ' '), '
', ' '), '¡', ' '), '¢', ' ') AS w FROM (SELECT replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(w, '-', ' '), '.', ' '), '/', ' '), ':', ' '), ';', ' '), '<', ' '), '=', ' '), '>', ' '), '?', ' '), '@', ' '), '[', ' '), '\', ' ') AS w FROM (SELECT replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(w, '!', ' '), '"', ' '), '#', ' '), '$', ' '), '%', ' '), '&', ' '), '''', ' '), '(', ' '), ')', ' '), '*', ' '), '+', ' '), ',', ' ') AS w FROM (SELECT (NEW.folded || ' ' || lower(NEW.id)) AS w))))))))) WHERE subject = 'task:' || NEW.id; END
;;
CREATE TRIGGER task_named_delete AFTER DELETE ON task BEGIN
DELETE FROM named WHERE subject = 'task:' || OLD.id; END
