SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true)
;;
-- Two records that are one (S-06): what hangs on the first hangs on the second afterwards, and nothing else moves an entry.
CREATE FUNCTION entry_moved() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF NOT EXISTS (SELECT 1 FROM vpa m WHERE substr(OLD.subject, 1, 4) = 'vpa:' AND substr(NEW.subject, 1, 4) = 'vpa:'
    AND ((m.id = substr(OLD.subject, 5) AND m.merged_into = substr(NEW.subject, 5))
    OR (m.id = substr(NEW.subject, 5) AND m.merged_into = substr(OLD.subject, 5))))
    AND NOT EXISTS (SELECT 1 FROM customer m WHERE substr(OLD.subject, 1, 9) = 'customer:' AND substr(NEW.subject, 1, 9) = 'customer:'
    AND ((m.id = substr(OLD.subject, 10) AND m.merged_into = substr(NEW.subject, 10))
    OR (m.id = substr(NEW.subject, 10) AND m.merged_into = substr(OLD.subject, 10)))) THEN
        RAISE EXCEPTION 'append only';
    END IF;
    RETURN NEW;
END $$
;;
CREATE TRIGGER entry_moved BEFORE UPDATE OF subject ON entry
FOR EACH ROW WHEN (NEW.subject <> OLD.subject) EXECUTE FUNCTION entry_moved()
;;
CREATE FUNCTION newest_moved() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
UPDATE newest SET (at, entry, author) = (
SELECT created_at, id, substr(author, 1, 100) FROM entry
WHERE subject = OLD.subject AND file IN ('oteam', 'vpa_kunde') AND withdrawn_at IS NULL
ORDER BY created_at DESC, id DESC LIMIT 1)
WHERE customer = substr(OLD.subject, 10);
UPDATE newest SET (at, entry, author) = (
SELECT created_at, id, substr(author, 1, 100) FROM entry
WHERE subject = NEW.subject AND file IN ('oteam', 'vpa_kunde') AND withdrawn_at IS NULL
ORDER BY created_at DESC, id DESC LIMIT 1)
WHERE customer = substr(NEW.subject, 10);
    RETURN NULL;
END $$
;;
CREATE TRIGGER newest_moved AFTER UPDATE OF subject ON entry
FOR EACH ROW WHEN (NEW.subject <> OLD.subject AND NEW.subject LIKE 'customer:%%') EXECUTE FUNCTION newest_moved()
;;
CREATE FUNCTION newest_merged() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
DELETE FROM newest WHERE customer = NEW.id;
IF NEW.merged_into IS NULL THEN
INSERT INTO newest (customer, folded, status) VALUES (NEW.id, NEW.folded, NEW.status);
UPDATE newest SET (at, entry, author) = (
SELECT created_at, id, substr(author, 1, 100) FROM entry
WHERE subject = 'customer:' || NEW.id AND file IN ('oteam', 'vpa_kunde') AND withdrawn_at IS NULL
ORDER BY created_at DESC, id DESC LIMIT 1)
WHERE customer = NEW.id;
END IF;
    RETURN NULL;
END $$
;;
CREATE TRIGGER newest_merged AFTER UPDATE OF merged_into ON customer
FOR EACH ROW WHEN (NEW.merged_into IS DISTINCT FROM OLD.merged_into) EXECUTE FUNCTION newest_merged()
;;
CREATE TRIGGER vpa_made BEFORE INSERT ON vpa
FOR EACH ROW WHEN (NEW.made_by IS NOT NULL) EXECUTE FUNCTION rights_signed('made_by')
;;
CREATE TRIGGER customer_made BEFORE INSERT ON customer
FOR EACH ROW WHEN (NEW.made_by IS NOT NULL) EXECUTE FUNCTION rights_signed('made_by')
;;
CREATE TRIGGER absence_made BEFORE INSERT ON absence
FOR EACH ROW WHEN (NEW.made_by IS NOT NULL) EXECUTE FUNCTION rights_signed('made_by')
;;
CREATE TRIGGER task_made BEFORE INSERT ON task
FOR EACH ROW WHEN (NEW.made_by IS NOT NULL) EXECUTE FUNCTION rights_signed('made_by')
;;
CREATE TRIGGER case_made BEFORE INSERT ON "case"
FOR EACH ROW WHEN (NEW.made_by IS NOT NULL) EXECUTE FUNCTION rights_signed('made_by')
;;
-- Whom a row is about changes by merging alone: the table, and the columns that name one of it.
CREATE FUNCTION rights_moved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    old_id text;
    new_id text;
    allowed boolean;
    place text;
BEGIN
    IF rights_owner() THEN
        RETURN NEW;
    END IF;
    FOREACH place IN ARRAY TG_ARGV LOOP
        old_id := to_jsonb(OLD) ->> place;
        new_id := to_jsonb(NEW) ->> place;
        IF new_id IS DISTINCT FROM old_id THEN
            EXECUTE format('SELECT EXISTS (SELECT FROM %%I WHERE (id = $1 AND merged_into = $2) '
                || 'OR (id = $2 AND merged_into = $1))', place) INTO allowed USING old_id, new_id;
            IF NOT allowed THEN
                PERFORM rights_refuse('whom a row is about changes by merging alone');
            END IF;
        END IF;
    END LOOP;
    RETURN NEW;
END $$
;;
CREATE TRIGGER case_moved BEFORE UPDATE OF vpa ON "case"
FOR EACH ROW EXECUTE FUNCTION rights_moved('vpa')
;;
CREATE TRIGGER note_moved BEFORE UPDATE OF vpa ON note
FOR EACH ROW EXECUTE FUNCTION rights_moved('vpa')
;;
CREATE TRIGGER flag_moved BEFORE UPDATE OF vpa ON flag
FOR EACH ROW EXECUTE FUNCTION rights_moved('vpa')
;;
CREATE TRIGGER assignment_moved BEFORE UPDATE OF customer, vpa ON assignment
FOR EACH ROW EXECUTE FUNCTION rights_moved('customer', 'vpa')
;;
CREATE TRIGGER handover_moved BEFORE UPDATE OF customer, vpa ON handover
FOR EACH ROW EXECUTE FUNCTION rights_moved('customer', 'vpa')
;;
ALTER FUNCTION newest_moved() SECURITY DEFINER SET search_path FROM CURRENT
;;
ALTER FUNCTION newest_merged() SECURITY DEFINER SET search_path FROM CURRENT
;;
ALTER FUNCTION entry_moved() SECURITY DEFINER SET search_path FROM CURRENT
