-- Taking an import back (X-04): the database keeps the rows it writes over, and lets a login take away nothing but what
-- the newest import has brought, once that is marked as taken back.
SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true)
;;
-- What stands in a row before an import writes it. It runs only where the import says so, and keeps the first of each.
CREATE FUNCTION earlier_kept() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    moments text;
BEGIN
    IF TG_OP = 'INSERT' THEN
        EXECUTE format('INSERT INTO earlier SELECT %%L, r.id::text, NULL FROM seen r ON CONFLICT DO NOTHING',
            TG_TABLE_NAME);
        RETURN NULL;
    END IF;
    -- Moments as SQLite keeps them: a journal may move from one to the other.
    SELECT string_agg(format('%%L, to_char(r.%%I AT TIME ZONE ''UTC'', ''YYYY-MM-DD HH24:MI:SS.US'') || ''+00:00''',
        attname, attname), ', ') INTO moments
    FROM pg_attribute WHERE attrelid = TG_RELID AND attnum > 0 AND atttypid = 'timestamptz'::regtype;
    EXECUTE format('INSERT INTO earlier SELECT %%L, r.id::text, (to_jsonb(r) || jsonb_build_object(%%s))::text '
        'FROM seen r ON CONFLICT DO NOTHING', TG_TABLE_NAME, moments);
    RETURN NULL;
END $$
;;
DO $$ DECLARE name text; BEGIN
    FOREACH name IN ARRAY ARRAY['vpa', 'customer', 'assignment', 'absence', 'task', 'message', 'case', 'flag',
        'reminder', 'entry'] LOOP
        EXECUTE format('CREATE TRIGGER %%I AFTER UPDATE ON %%I REFERENCING OLD TABLE AS seen FOR EACH STATEMENT '
            'WHEN (current_setting(''schicht.importing'', true) = ''on'') EXECUTE FUNCTION earlier_kept()',
            name || '_earlier', name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['vpa', 'customer', 'absence', 'task', 'message'] LOOP
        EXECUTE format('CREATE TRIGGER %%I AFTER INSERT ON %%I REFERENCING NEW TABLE AS seen FOR EACH STATEMENT '
            'WHEN (current_setting(''schicht.importing'', true) = ''on'') EXECUTE FUNCTION earlier_kept()',
            name || '_brought', name);
    END LOOP;
END $$
;;
CREATE TRIGGER profile_traced AFTER INSERT OR UPDATE OR DELETE ON profile EXECUTE FUNCTION rights_changed()
;;
CREATE TRIGGER profile_signed BEFORE INSERT OR UPDATE OF set_by ON profile
FOR EACH ROW EXECUTE FUNCTION rights_signed('+set_by')
;;
-- Who takes an import back signs; it stays taken back, and a baseline is a matter of the managers.
CREATE TRIGGER import_reverted BEFORE UPDATE OF reverted_by ON import
FOR EACH ROW EXECUTE FUNCTION rights_signed('reverted_by')
;;
CREATE FUNCTION rights_revert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT rights_owner() AND (NEW.reverted_at IS NULL OR NEW.reverted_by IS NULL OR OLD.reverted_at IS NOT NULL
            OR NEW.id <> (SELECT max(id) FROM import)
            OR (NEW.baseline AND NOT rights_role('vpa_manager', 'customer_manager'))) THEN
        PERFORM rights_refuse('X-04');
    END IF;
    RETURN NEW;
END $$
;;
CREATE TRIGGER import_taken_back BEFORE UPDATE OF reverted_at, reverted_by ON import
FOR EACH ROW EXECUTE FUNCTION rights_revert()
;;
-- Whether the newest import has brought this row, and was taken back.
CREATE FUNCTION import_brought(place text, key text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
    SELECT EXISTS (SELECT FROM import i WHERE i.id = (SELECT max(id) FROM import) AND i.reverted_at IS NOT NULL AND (
        EXISTS (SELECT FROM earlier e WHERE e.place = $1 AND e.key = $2 AND e.was IS NULL)
        OR (i.marks::jsonb -> $1 IS NOT NULL AND $2::bigint > (i.marks::jsonb -> $1 ->> 0)::bigint
            AND $2::bigint <= (i.marks::jsonb -> $1 ->> 1)::bigint)))
$$
;;
-- What was made by hand goes with its undo, as long as nobody has built on it (S-01 to S-03).
CREATE FUNCTION rights_brought() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    reverted boolean;
    foreign_row boolean;
    span jsonb;
BEGIN
    IF rights_owner() THEN
        RETURN NULL;
    END IF;
    SELECT marks::jsonb -> TG_TABLE_NAME INTO span FROM import
    WHERE id = (SELECT max(id) FROM import) AND reverted_at IS NOT NULL;
    reverted := FOUND;
    EXECUTE format('SELECT EXISTS (SELECT FROM seen r WHERE (%%s) IS NOT TRUE)', CASE TG_TABLE_NAME
        WHEN 'flag' THEN 'r.state = ''open'' AND r.informed_by IS NULL AND EXISTS (SELECT FROM vpa v '
            'WHERE v.id = r.vpa AND v.made_by = rights_kuerzel())'
        WHEN 'case' THEN 'r.made_by = rights_kuerzel() AND r.state = ''open'' AND r.contacted_by IS NULL'
        ELSE 'r.made_by = rights_kuerzel() AND r.exported IS NULL' END) INTO foreign_row;
    IF NOT foreign_row THEN
        RETURN NULL;
    END IF;
    IF NOT reverted THEN
        PERFORM rights_refuse('X-04: nothing is taken away but by taking an import back');
    END IF;
    EXECUTE format('SELECT EXISTS (SELECT FROM seen r WHERE NOT EXISTS (SELECT FROM earlier e WHERE e.place = %%L '
        'AND e.key = r.id::text AND e.was IS NULL) AND (%%s))', TG_TABLE_NAME,
        CASE WHEN span IS NOT NULL THEN format('r.id <= %%s OR r.id > %%s', span ->> 0, span ->> 1)
        ELSE 'true' END
        || CASE WHEN TG_TABLE_NAME = 'flag' THEN ') AND NOT EXISTS (SELECT FROM earlier e WHERE e.place = ''vpa'' '
        'AND e.key = r.vpa AND e.was IS NULL' ELSE '' END) INTO foreign_row;
    IF foreign_row THEN
        PERFORM rights_refuse('X-04: this row was not brought by the newest import');
    END IF;
    RETURN NULL;
END $$
;;
DO $$ DECLARE name text; BEGIN
    FOREACH name IN ARRAY ARRAY['vpa', 'customer', 'absence', 'task', 'case', 'flag'] LOOP
        EXECUTE format('CREATE TRIGGER %%I AFTER DELETE ON %%I REFERENCING OLD TABLE AS seen FOR EACH STATEMENT '
            'EXECUTE FUNCTION rights_brought()', name || '_taken_back', name);
    END LOOP;
END $$
;;
DROP TRIGGER reminder_taken ON reminder
;;
CREATE TRIGGER reminder_taken BEFORE DELETE ON reminder
FOR EACH ROW WHEN (NOT import_brought('reminder', OLD.id::text)) EXECUTE FUNCTION rights_taken('created_by')
;;
-- An entry of the platform is withdrawn with the import that brought it, and shown again by one that brings it anew.
CREATE FUNCTION rights_platform_entry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    -- Or withdrawn again, with the import that showed it again.
    IF NOT rights_owner() AND NEW.withdrawn_at IS NOT NULL AND NOT import_brought('entry', NEW.id::text) AND NOT EXISTS (
            SELECT FROM earlier e JOIN import i ON i.id = (SELECT max(id) FROM import) AND i.reverted_at IS NOT NULL
            WHERE e.place = 'entry' AND e.key = NEW.id::text) THEN
        PERFORM rights_refuse('K-04: an entry of the platform');
    END IF;
    RETURN NEW;
END $$
;;
DROP TRIGGER entry_withdrawn ON entry
;;
CREATE TRIGGER entry_withdrawn BEFORE UPDATE OF withdrawn_at ON entry
FOR EACH ROW WHEN (NEW.platform_id IS NULL) EXECUTE FUNCTION rights_entry()
;;
CREATE TRIGGER entry_taken_back BEFORE UPDATE OF withdrawn_at ON entry
FOR EACH ROW WHEN (NEW.platform_id IS NOT NULL) EXECUTE FUNCTION rights_platform_entry()
;;
-- The name of a table brings the collation of catalogues along, and with it no index is found: every row that went or was
-- renamed read all names.
CREATE OR REPLACE FUNCTION named_update() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$ BEGIN
    UPDATE named SET words = search_words(NEW.id, NEW.folded)
    WHERE subject = (TG_TABLE_NAME || ':' || NEW.id) COLLATE "default";
    RETURN NULL;
END $$
;;
CREATE OR REPLACE FUNCTION named_delete() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$ BEGIN
    DELETE FROM named WHERE subject = (TG_TABLE_NAME || ':' || OLD.id) COLLATE "default";
    RETURN NULL;
END $$
