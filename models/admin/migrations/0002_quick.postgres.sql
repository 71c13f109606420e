UPDATE "vpa" SET folded = left(folded, 500) WHERE length(folded) > 500
;;
UPDATE "customer" SET folded = left(folded, 500) WHERE length(folded) > 500
;;
UPDATE "task" SET folded = left(folded, 500) WHERE length(folded) > 500
;;
UPDATE "case" SET vpa_folded = left(vpa_folded, 500) WHERE length(vpa_folded) > 500
;;
UPDATE "flag" SET vpa_folded = left(vpa_folded, 500) WHERE length(vpa_folded) > 500
;;
DROP INDEX "reminder_subject_state"
;;
DROP INDEX "assignment_vpa"
;;
DROP INDEX "task_vpa"
;;
CREATE INDEX "case_state_vpa_folded_id" ON "case" ("state", "vpa_folded", "id")
;;
CREATE INDEX "case_state_kind_opened_at_id" ON "case" ("state", "kind", "opened_at", "id")
;;
CREATE INDEX "flag_state_vpa_folded_id" ON "flag" ("state", "vpa_folded", "id")
;;
CREATE INDEX "flag_state_stage_raised_on_id" ON "flag" ("state", "stage", "raised_on", "id")
;;
CREATE INDEX "customer_folded_id" ON "customer" ("folded", "id")
;;
CREATE INDEX "customer_status_id" ON "customer" ("status", "id")
;;
CREATE INDEX "vpa_folded_id" ON "vpa" ("folded", "id")
;;
CREATE INDEX "vpa_buddy" ON "vpa" (substr(buddy, 1, 100))
;;
CREATE INDEX "vpa_areas" ON "vpa" ("gone", substr(areas, 1, 300), "new_customers", "orders")
;;
CREATE INDEX "vpa_gone_start_id" ON "vpa" ("gone", "start", "id")
;;
CREATE INDEX "absence_end_start" ON "absence" ("end", "start")
;;
CREATE INDEX "assignment_vpa_customer_end" ON "assignment" ("vpa", "customer", "end")
;;
CREATE INDEX "task_vpa_state_deadline" ON "task" ("vpa", "state", "deadline")
;;
CREATE INDEX "task_deadline_id" ON "task" ("deadline", "id")
;;
CREATE INDEX "task_folded_id" ON "task" ("folded", "id")
;;
CREATE INDEX "task_state_folded_id" ON "task" ("state", "folded", "id")
;;
CREATE INDEX "reminder_subject_state_due" ON "reminder" ("subject", "state", "due")
;;
CREATE INDEX "reminder_state_about_due" ON "reminder" ("state", "about", "due")
;;
CREATE INDEX "reminder_closed" ON "reminder" ("owner", "done_at") WHERE ("done_at" IS NOT NULL)
;;
CREATE INDEX "reminder_moved" ON "reminder" ("state", "done_at") WHERE (owner <> original_owner OR owners <> '[]')
;;
CREATE INDEX "reminder_by_owner" ON "reminder" ("owner", "id") WHERE (coalesce(state, '') = 'open')
;;
CREATE INDEX "entry_of_vpa" ON "entry" ("subject", "created_at") WHERE (file = 'vpa_kunde' AND origin = 'vpa' AND withdrawn_at IS NULL)
;;
CREATE INDEX "task_new" ON "task" ("state", "id") WHERE ("new_customer")
;;
CREATE TABLE newest (customer TEXT NOT NULL PRIMARY KEY, folded TEXT NOT NULL, status TEXT NOT NULL,
at TIMESTAMPTZ, entry INTEGER, author TEXT)
;;
INSERT INTO newest (customer, folded, status, at, entry, author)
SELECT c.id, c.folded, c.status, e.created_at, e.id, substr(e.author, 1, 100) FROM customer c LEFT JOIN entry e ON e.id = (
SELECT n.id FROM entry n WHERE n.subject = 'customer:' || c.id AND n.file IN ('oteam', 'vpa_kunde')
AND n.withdrawn_at IS NULL ORDER BY n.created_at DESC, n.id DESC LIMIT 1)
;;
CREATE INDEX newest_at ON newest (at, entry) WHERE entry IS NOT NULL
;;
CREATE INDEX newest_author ON newest (author, at, entry) WHERE entry IS NOT NULL
;;
CREATE INDEX newest_status ON newest (status, at, entry) WHERE entry IS NOT NULL
;;
CREATE INDEX newest_silent ON newest (folded, customer) WHERE entry IS NULL
;;
CREATE FUNCTION newest_customer() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TG_OP = 'DELETE' THEN
        DELETE FROM newest WHERE customer = OLD.id;
    ELSE
        INSERT INTO newest (customer, folded, status) VALUES (NEW.id, NEW.folded, NEW.status)
        ON CONFLICT (customer) DO UPDATE SET folded = EXCLUDED.folded, status = EXCLUDED.status;
    END IF;
    RETURN NULL;
END $$
;;
CREATE FUNCTION newest_written() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
UPDATE newest SET at = NEW.created_at, entry = NEW.id, author = substr(NEW.author, 1, 100)
WHERE customer = substr(NEW.subject, 10) AND (at IS NULL OR (at, entry) < (NEW.created_at, NEW.id));
    RETURN NULL;
END $$
;;
CREATE FUNCTION newest_withdrawn() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
UPDATE newest SET (at, entry, author) = (
SELECT created_at, id, substr(author, 1, 100) FROM entry
WHERE subject = NEW.subject AND file IN ('oteam', 'vpa_kunde') AND withdrawn_at IS NULL
ORDER BY created_at DESC, id DESC LIMIT 1)
WHERE customer = substr(NEW.subject, 10);
    RETURN NULL;
END $$
;;
CREATE TRIGGER newest_of_new_customer AFTER INSERT ON customer FOR EACH ROW EXECUTE FUNCTION newest_customer()
;;
CREATE TRIGGER newest_renamed AFTER UPDATE OF folded, status ON customer
FOR EACH ROW WHEN (NEW.folded <> OLD.folded OR NEW.status <> OLD.status) EXECUTE FUNCTION newest_customer()
;;
CREATE TRIGGER newest_gone AFTER DELETE ON customer FOR EACH ROW EXECUTE FUNCTION newest_customer()
;;
CREATE TRIGGER newest_written AFTER INSERT ON entry
FOR EACH ROW WHEN (NEW.withdrawn_at IS NULL AND NEW.subject LIKE 'customer:%%' AND NEW.file IN ('oteam', 'vpa_kunde'))
EXECUTE FUNCTION newest_written()
;;
CREATE TRIGGER newest_withdrawn AFTER UPDATE OF withdrawn_at ON entry
FOR EACH ROW WHEN (NEW.subject LIKE 'customer:%%' AND NEW.file IN ('oteam', 'vpa_kunde')) EXECUTE FUNCTION newest_withdrawn()
