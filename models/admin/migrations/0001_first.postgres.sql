CREATE TABLE "vpa" ("id" TEXT NOT NULL PRIMARY KEY, "version" INTEGER NOT NULL, "exported" TEXT, "name" TEXT NOT NULL, "folded" TEXT NOT NULL, "klasse" TEXT NOT NULL, "start" DATE NOT NULL, "rising_star" BOOLEAN, "onboarding_call" DATE, "part_time" BOOLEAN NOT NULL, "mobile_app" BOOLEAN, "active" BOOLEAN, "last_activity" TIMESTAMPTZ, "new_customers" BOOLEAN, "orders" BOOLEAN, "areas" TEXT NOT NULL, "buddy" TEXT, "gone" BOOLEAN NOT NULL, "known" TEXT NOT NULL)
;;
CREATE TABLE "absence" ("id" TEXT NOT NULL PRIMARY KEY, "version" INTEGER NOT NULL, "exported" TEXT, "vpa" TEXT NOT NULL, "start" DATE NOT NULL, "end" DATE NOT NULL, "entered_on" DATE NOT NULL, "changed_on" DATE, "withdrawn" BOOLEAN NOT NULL, "known" TEXT, "pending" BOOLEAN NOT NULL, FOREIGN KEY ("vpa") REFERENCES "vpa" ("id"))
;;
CREATE INDEX "absence_vpa" ON "absence" ("vpa")
;;
CREATE TABLE "customer" ("id" TEXT NOT NULL PRIMARY KEY, "version" INTEGER NOT NULL, "exported" TEXT, "name" TEXT NOT NULL, "folded" TEXT NOT NULL, "klasse" TEXT, "status" TEXT NOT NULL, "pattern" TEXT, "last_booking" DATE, "wizard" TEXT, "kept_on" DATE, "kept_by" TEXT)
;;
CREATE TABLE "assignment" ("id" SERIAL NOT NULL PRIMARY KEY, "version" INTEGER NOT NULL, "exported" TEXT, "customer" TEXT NOT NULL, "vpa" TEXT NOT NULL, "start" DATE NOT NULL, "end" DATE, "reason" TEXT, FOREIGN KEY ("customer") REFERENCES "customer" ("id"), FOREIGN KEY ("vpa") REFERENCES "vpa" ("id"))
;;
CREATE INDEX "assignment_customer" ON "assignment" ("customer")
;;
CREATE INDEX "assignment_vpa" ON "assignment" ("vpa")
;;
CREATE UNIQUE INDEX "assignment_customer_vpa_start" ON "assignment" ("customer", "vpa", "start")
;;
CREATE TABLE "case" ("id" SERIAL NOT NULL PRIMARY KEY, "version" INTEGER NOT NULL, "kind" TEXT NOT NULL, "vpa" TEXT NOT NULL, "vpa_name" TEXT NOT NULL, "vpa_folded" TEXT NOT NULL, "absence" TEXT, "opened_at" TIMESTAMPTZ NOT NULL, "findings" TEXT NOT NULL, "facts" TEXT, "state" TEXT NOT NULL, "before" TEXT, "after" TEXT, "changed_on" DATE NOT NULL, "workable_from" TIMESTAMPTZ, "contacted_at" TIMESTAMPTZ, "contacted_by" TEXT, "measure" TEXT, "note" TEXT, "details" TEXT NOT NULL, "resolved_at" TIMESTAMPTZ, "resolved_by" TEXT, FOREIGN KEY ("vpa") REFERENCES "vpa" ("id"), FOREIGN KEY ("absence") REFERENCES "absence" ("id"))
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
CREATE TABLE "entry" ("id" SERIAL NOT NULL PRIMARY KEY, "file" TEXT NOT NULL, "subject" TEXT NOT NULL, "kind" TEXT NOT NULL, "situation" TEXT NOT NULL, "link" TEXT, "response" TEXT, "next_steps" TEXT, "tags" TEXT NOT NULL, "author" TEXT NOT NULL, "account" TEXT NOT NULL, "created_at" TIMESTAMPTZ NOT NULL, "corrects" INTEGER, "withdrawn_at" TIMESTAMPTZ, "origin" TEXT NOT NULL, "folded" TEXT NOT NULL, "platform_id" TEXT, "exported" TEXT)
;;
CREATE INDEX "entry_corrects" ON "entry" ("corrects")
;;
CREATE UNIQUE INDEX "entry_platform_id" ON "entry" ("platform_id")
;;
CREATE INDEX "entry_subject_created_at_id" ON "entry" ("subject", "created_at", "id")
;;
CREATE TABLE "flag" ("id" SERIAL NOT NULL PRIMARY KEY, "version" INTEGER NOT NULL, "vpa" TEXT NOT NULL, "vpa_name" TEXT NOT NULL, "vpa_folded" TEXT NOT NULL, "stage" TEXT NOT NULL, "raised_on" DATE NOT NULL, "state" TEXT NOT NULL, "informed_at" TIMESTAMPTZ, "informed_by" TEXT, "details" TEXT NOT NULL, "removed_at" TIMESTAMPTZ, "removed_by" TEXT, FOREIGN KEY ("vpa") REFERENCES "vpa" ("id"))
;;
CREATE UNIQUE INDEX "flag_vpa_stage" ON "flag" ("vpa", "stage")
;;
CREATE INDEX "flag_state_raised_on_id" ON "flag" ("state", "raised_on", "id")
;;
CREATE TABLE "handover" ("id" SERIAL NOT NULL PRIMARY KEY, "version" INTEGER NOT NULL, "customer" TEXT NOT NULL, "vpa" TEXT, "state" TEXT NOT NULL, "reason_kind" TEXT, "reason" TEXT, "opened_at" TIMESTAMPTZ NOT NULL, "opened_by" TEXT NOT NULL, "questions" TEXT NOT NULL, "talks" TEXT NOT NULL, "measures" TEXT NOT NULL, "successor" TEXT, "effort" TEXT, "refund" BOOLEAN, "exception_by" TEXT, "proposed_at" TIMESTAMPTZ, "proposed_by" TEXT, "facts" TEXT NOT NULL, "decided_at" TIMESTAMPTZ, "decided_by" TEXT, "remark" TEXT, "informed_on" DATE, "training_wanted" BOOLEAN, "training_done_on" DATE, "closed_at" TIMESTAMPTZ, "closed_by" TEXT, "entry" INTEGER, FOREIGN KEY ("customer") REFERENCES "customer" ("id"), FOREIGN KEY ("vpa") REFERENCES "vpa" ("id"))
;;
CREATE INDEX "handover_customer" ON "handover" ("customer")
;;
CREATE INDEX "handover_vpa" ON "handover" ("vpa")
;;
CREATE INDEX "handover_state_opened_at_id" ON "handover" ("state", "opened_at", "id")
;;
CREATE TABLE "history" ("id" INTEGER NOT NULL PRIMARY KEY, "at" TIMESTAMPTZ NOT NULL, "member" TEXT, "account" TEXT NOT NULL, "action" TEXT NOT NULL, "subject" TEXT, "command" TEXT NOT NULL, "step" INTEGER NOT NULL, "route" TEXT NOT NULL, "target" INTEGER, "undoable" BOOLEAN NOT NULL, "changes" TEXT NOT NULL, "args" TEXT, "extra" TEXT, "hash" TEXT NOT NULL)
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
CREATE TABLE "import" ("id" SERIAL NOT NULL PRIMARY KEY, "at" TIMESTAMPTZ NOT NULL, "member" TEXT, "newest" TEXT NOT NULL, "counts" TEXT NOT NULL, "baseline" BOOLEAN NOT NULL, "rows" INTEGER NOT NULL)
;;
CREATE TABLE "member" ("kuerzel" TEXT NOT NULL PRIMARY KEY, "version" INTEGER NOT NULL, "key" TEXT NOT NULL, "name" TEXT NOT NULL, "roles" TEXT NOT NULL, "login" TEXT, "left_on" DATE)
;;
CREATE UNIQUE INDEX "member_key" ON "member" ("key")
;;
CREATE INDEX "member_login" ON "member" ("login")
;;
CREATE TABLE "leave" ("id" SERIAL NOT NULL PRIMARY KEY, "member" TEXT NOT NULL, "reason" TEXT NOT NULL, "start" DATE NOT NULL, "end" DATE NOT NULL, FOREIGN KEY ("member") REFERENCES "member" ("kuerzel"))
;;
CREATE INDEX "leave_member" ON "leave" ("member")
;;
CREATE TABLE "look" ("id" SERIAL NOT NULL PRIMARY KEY, "member" TEXT NOT NULL, "at" TIMESTAMPTZ NOT NULL, "own_due" INTEGER NOT NULL)
;;
CREATE TABLE "task" ("id" TEXT NOT NULL PRIMARY KEY, "version" INTEGER NOT NULL, "exported" TEXT, "customer" TEXT NOT NULL, "vpa" TEXT, "title" TEXT NOT NULL, "folded" TEXT NOT NULL, "hours" DOUBLE PRECISION, "deadline" DATE, "state" TEXT NOT NULL, "link" TEXT, "new_customer" BOOLEAN NOT NULL, "delegated_by" TEXT, "delegation_reason" TEXT, "delegation_comment" TEXT, "checklist" TEXT NOT NULL, "tags_checked" BOOLEAN NOT NULL, "released_by" TEXT, "released_at" TIMESTAMPTZ, "offered_at" TIMESTAMPTZ, "offered_by" TEXT, "declined_at" TIMESTAMPTZ, "steps" INTEGER, FOREIGN KEY ("customer") REFERENCES "customer" ("id"), FOREIGN KEY ("vpa") REFERENCES "vpa" ("id"))
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
CREATE TABLE "note" ("id" SERIAL NOT NULL PRIMARY KEY, "task" TEXT NOT NULL, "at" TIMESTAMPTZ NOT NULL, "author" TEXT NOT NULL, "text" TEXT NOT NULL, "kind" TEXT NOT NULL, "vpa" TEXT, "watched" BOOLEAN NOT NULL, FOREIGN KEY ("task") REFERENCES "task" ("id"))
;;
CREATE INDEX "note_task" ON "note" ("task")
;;
CREATE INDEX "note_vpa_kind" ON "note" ("vpa", "kind")
;;
CREATE TABLE "reminder" ("id" SERIAL NOT NULL PRIMARY KEY, "version" INTEGER NOT NULL, "subject" TEXT NOT NULL, "about" TEXT, "kind" TEXT NOT NULL, "due" TIMESTAMPTZ NOT NULL, "reason" TEXT NOT NULL, "folded" TEXT, "owner" TEXT NOT NULL, "original_owner" TEXT NOT NULL, "owners" TEXT NOT NULL, "created_by" TEXT NOT NULL, "created_at" TIMESTAMPTZ NOT NULL, "after_entry" INTEGER NOT NULL, "state" TEXT NOT NULL, "outcome" TEXT, "note" TEXT, "entry" INTEGER, "accepted_at" TIMESTAMPTZ, "done_at" TIMESTAMPTZ, "done_by" TEXT)
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
CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'append only'; END $$
;;
CREATE TRIGGER history_append_only BEFORE UPDATE OR DELETE ON history FOR EACH ROW EXECUTE FUNCTION append_only()
;;
CREATE TRIGGER history_no_truncate BEFORE TRUNCATE ON history FOR EACH STATEMENT EXECUTE FUNCTION append_only()
;;
CREATE TRIGGER entry_no_update BEFORE UPDATE OF id, file, subject, kind, situation, link, response, next_steps, tags, author, account, created_at, corrects, origin, platform_id ON entry FOR EACH ROW EXECUTE FUNCTION append_only()
;;
CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry FOR EACH ROW EXECUTE FUNCTION append_only()
;;
CREATE TRIGGER entry_no_truncate BEFORE TRUNCATE ON entry FOR EACH STATEMENT EXECUTE FUNCTION append_only()
;;
CREATE FUNCTION search_vector(words text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    IF octet_length(words) < 2000 THEN
        RETURN array_to_tsvector(string_to_array(words, ' '));
    END IF;
    RETURN array_to_tsvector(ARRAY(
        SELECT DISTINCT left(word, 64) FROM unnest(string_to_array(left(words, 250000), ' ')) word WHERE word <> ''));
END $$
;;
CREATE FUNCTION search_words(id text, folded text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT btrim(regexp_replace(
        translate(folded || ' ' || lower(id COLLATE "C"), '!"#$%%&''()*+,-./:;<=>?@[\]^_`{|}~	
¡¢£¤¥¦§©«¬®°±¶·»¿×÷‐‒–—―‘’‚‛“”„‹›•†‡‰′⁄€', '                                                                          '), ' +', ' ', 'g'))
$$
;;
CREATE INDEX search_entry ON entry USING gin (search_vector(folded))
;;
CREATE TABLE named (n BIGSERIAL PRIMARY KEY, subject TEXT NOT NULL UNIQUE, words TEXT NOT NULL)
;;
CREATE INDEX search_named ON named USING gin (search_vector(words))
;;
CREATE FUNCTION named_insert() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO named (subject, words)
    SELECT TG_TABLE_NAME || ':' || id, search_words(id, folded) FROM fresh;
    RETURN NULL;
END $$
;;
CREATE FUNCTION named_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE named SET words = search_words(NEW.id, NEW.folded) WHERE subject = TG_TABLE_NAME || ':' || NEW.id;
    RETURN NULL;
END $$
;;
CREATE FUNCTION named_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    DELETE FROM named WHERE subject = TG_TABLE_NAME || ':' || OLD.id;
    RETURN NULL;
END $$
;;
CREATE FUNCTION named_truncate() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    DELETE FROM named WHERE starts_with(subject, TG_TABLE_NAME || ':');
    RETURN NULL;
END $$
;;
CREATE TRIGGER vpa_named_insert AFTER INSERT ON vpa REFERENCING NEW TABLE AS fresh
FOR EACH STATEMENT EXECUTE FUNCTION named_insert()
;;
CREATE TRIGGER vpa_named_update AFTER UPDATE OF folded ON vpa
FOR EACH ROW WHEN (NEW.folded <> OLD.folded) EXECUTE FUNCTION named_update()
;;
CREATE TRIGGER vpa_named_delete AFTER DELETE ON vpa
FOR EACH ROW EXECUTE FUNCTION named_delete()
;;
CREATE TRIGGER vpa_named_truncate AFTER TRUNCATE ON vpa
FOR EACH STATEMENT EXECUTE FUNCTION named_truncate()
;;
CREATE TRIGGER customer_named_insert AFTER INSERT ON customer REFERENCING NEW TABLE AS fresh
FOR EACH STATEMENT EXECUTE FUNCTION named_insert()
;;
CREATE TRIGGER customer_named_update AFTER UPDATE OF folded ON customer
FOR EACH ROW WHEN (NEW.folded <> OLD.folded) EXECUTE FUNCTION named_update()
;;
CREATE TRIGGER customer_named_delete AFTER DELETE ON customer
FOR EACH ROW EXECUTE FUNCTION named_delete()
;;
CREATE TRIGGER customer_named_truncate AFTER TRUNCATE ON customer
FOR EACH STATEMENT EXECUTE FUNCTION named_truncate()
;;
CREATE TRIGGER task_named_insert AFTER INSERT ON task REFERENCING NEW TABLE AS fresh
FOR EACH STATEMENT EXECUTE FUNCTION named_insert()
;;
CREATE TRIGGER task_named_update AFTER UPDATE OF folded ON task
FOR EACH ROW WHEN (NEW.folded <> OLD.folded) EXECUTE FUNCTION named_update()
;;
CREATE TRIGGER task_named_delete AFTER DELETE ON task
FOR EACH ROW EXECUTE FUNCTION named_delete()
;;
CREATE TRIGGER task_named_truncate AFTER TRUNCATE ON task
FOR EACH STATEMENT EXECUTE FUNCTION named_truncate()
