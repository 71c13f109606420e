-- Two records that are one (S-06): what hangs on the first hangs on the second afterwards, and nothing else moves an entry.
CREATE TRIGGER entry_moved BEFORE UPDATE OF subject ON entry
WHEN NEW.subject <> OLD.subject AND NOT EXISTS (SELECT 1 FROM vpa m WHERE substr(OLD.subject, 1, 4) = 'vpa:' AND substr(NEW.subject, 1, 4) = 'vpa:'
    AND ((m.id = substr(OLD.subject, 5) AND m.merged_into = substr(NEW.subject, 5))
    OR (m.id = substr(NEW.subject, 5) AND m.merged_into = substr(OLD.subject, 5))))
    AND NOT EXISTS (SELECT 1 FROM customer m WHERE substr(OLD.subject, 1, 9) = 'customer:' AND substr(NEW.subject, 1, 9) = 'customer:'
    AND ((m.id = substr(OLD.subject, 10) AND m.merged_into = substr(NEW.subject, 10))
    OR (m.id = substr(NEW.subject, 10) AND m.merged_into = substr(OLD.subject, 10))))
BEGIN SELECT RAISE(ABORT, 'append only'); END
;;
CREATE TRIGGER newest_moved AFTER UPDATE OF subject ON entry
WHEN NEW.subject <> OLD.subject AND NEW.subject GLOB 'customer:*' BEGIN
UPDATE newest SET (at, entry, author) = (
SELECT created_at, id, substr(author, 1, 100) FROM entry
WHERE subject = OLD.subject AND file IN ('oteam', 'vpa_kunde') AND withdrawn_at IS NULL
ORDER BY created_at DESC, id DESC LIMIT 1)
WHERE customer = substr(OLD.subject, 10);
UPDATE newest SET (at, entry, author) = (
SELECT created_at, id, substr(author, 1, 100) FROM entry
WHERE subject = NEW.subject AND file IN ('oteam', 'vpa_kunde') AND withdrawn_at IS NULL
ORDER BY created_at DESC, id DESC LIMIT 1)
WHERE customer = substr(NEW.subject, 10); END
;;
CREATE TRIGGER newest_merged AFTER UPDATE OF merged_into ON customer BEGIN
DELETE FROM newest WHERE customer = NEW.id AND NEW.merged_into IS NOT NULL;
INSERT INTO newest (customer, folded, status) SELECT NEW.id, NEW.folded, NEW.status
WHERE NEW.merged_into IS NULL AND OLD.merged_into IS NOT NULL;
UPDATE newest SET (at, entry, author) = (
SELECT created_at, id, substr(author, 1, 100) FROM entry
WHERE subject = 'customer:' || NEW.id AND file IN ('oteam', 'vpa_kunde') AND withdrawn_at IS NULL
ORDER BY created_at DESC, id DESC LIMIT 1)
WHERE customer = NEW.id; END
