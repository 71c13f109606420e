-- What a team's own logins may do is held by the database itself (issue 5 §2). Whoever holds the owner's rights (init,
-- restore, erasing, a database that one login shares) is let through everywhere: there the program alone holds the
-- rules. The roles, and who gets what, are in models/rights/grants.sql: they belong to the cluster, this to the database.
--
-- Every function here runs as the owner, with a search path on which nobody's temporary table comes before ours.
SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true)
;;
-- Who asks ------------------------------------------------------------------------------------------------------------
CREATE FUNCTION rights_owner() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
    SELECT pg_has_role(session_user, relowner, 'MEMBER') FROM pg_class WHERE oid = 'history'::regclass
$$
;;
-- Whether the login plays one of these parts in this team; SET ROLE changes nothing about it.
CREATE FUNCTION rights_role(VARIADIC roles text[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
    SELECT EXISTS (SELECT FROM pg_roles r WHERE pg_has_role(session_user, r.oid, 'MEMBER')
        AND r.rolname IN (SELECT current_database() || '_' || role FROM unnest(roles) role))
$$
;;
-- The Kürzel that belongs to the login; null where it is nobody's or several people's.
CREATE FUNCTION rights_kuerzel() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
    SELECT min(kuerzel) FROM member WHERE login = session_user AND left_on IS NULL HAVING count(*) = 1
$$
;;
CREATE FUNCTION rights_sandbox() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
    SELECT EXISTS (SELECT FROM meta WHERE key = 'sandbox' AND value = '1')
$$
;;
CREATE FUNCTION rights_refuse(why text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege', MESSAGE = 'permission denied: ' || why;
END $$
;;
-- The audit trail -----------------------------------------------------------------------------------------------------
-- Writers queue up here, so that the chain never forks; nobody needs a right to change its end for that.
CREATE FUNCTION history_lock() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$ BEGIN
    PERFORM FROM history_head FOR UPDATE;
END $$
;;
-- The only door: it shows nothing, and what is put in goes through the trigger.
CREATE VIEW audit
(id, at, member, account, action, subject, command, step, route, target, undoable, changes, args, extra)
AS SELECT 0, now(), '', '', '', '', '', 0, '', 0, false, '', '', '' WHERE false
;;
CREATE FUNCTION audit_append() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    head history_head;
    me text;
    sealed text;
BEGIN
    SELECT * INTO STRICT head FROM history_head FOR UPDATE;
    IF NOT rights_owner() THEN
        me := rights_kuerzel();
        -- Nobody but the program's own doing (the flags of the day) goes without a name.
        IF me IS NULL OR (NEW.member IS DISTINCT FROM me AND NOT (NEW.member IS NULL AND NEW.route = 'auto')) THEN
            PERFORM rights_refuse('this login does not act as that member');
        END IF;
        NEW.account := session_user;
        IF NOT rights_sandbox() THEN
            NEW.at := clock_timestamp();
        END IF;
        DELETE FROM untraced WHERE tx = pg_current_xact_id();
    END IF;
    NEW.id := head.last + 1;
    -- As models/history.py seals: JSON without blanks, of what is stored, in the order of the columns.
    sealed := '[' || array_to_string(ARRAY[
        NEW.id::text, to_json(to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') || '+00:00')::text,
        to_json(NEW.member)::text, to_json(NEW.account)::text, to_json(NEW.action)::text, to_json(NEW.subject)::text,
        to_json(NEW.command)::text, NEW.step::text, to_json(NEW.route)::text, NEW.target::text,
        NEW.undoable::integer::text, to_json(NEW.changes)::text, to_json(NEW.args)::text, to_json(NEW.extra)::text
    ], ',', 'null') || ']';
    head.last := NEW.id;
    head.hash := encode(sha256(convert_to(head.hash || E'\n' || sealed, 'UTF8')), 'hex');
    head.seal := encode(sha256(convert_to(E'head\n[' || head.last || ',"' || head.hash || '"]', 'UTF8')), 'hex');
    INSERT INTO history VALUES (NEW.id, NEW.at, NEW.member, NEW.account, NEW.action, NEW.subject, NEW.command,
        NEW.step, NEW.route, NEW.target, NEW.undoable, NEW.changes, NEW.args, NEW.extra, head.hash);
    UPDATE history_head SET last = head.last, hash = head.hash, seal = head.seal;
    RETURN NEW;
END $$
;;
CREATE TRIGGER audit_append INSTEAD OF INSERT ON audit FOR EACH ROW EXECUTE FUNCTION audit_append()
;;
-- No change without a trace: a transaction of a login that has changed something and written no audit row afterwards
-- does not commit.
CREATE UNLOGGED TABLE untraced (tx xid8 NOT NULL PRIMARY KEY)
;;
CREATE FUNCTION rights_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT rights_owner() THEN
        INSERT INTO untraced VALUES (pg_current_xact_id()) ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$
;;
CREATE FUNCTION rights_traced() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    IF EXISTS (SELECT FROM untraced WHERE tx = pg_current_xact_id()) THEN
        PERFORM rights_refuse('a change without a trace in the history');
    END IF;
    RETURN NULL;
END $$
;;
CREATE CONSTRAINT TRIGGER untraced_at_commit AFTER INSERT ON untraced DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION rights_traced()
;;
CREATE TRIGGER setting_traced AFTER INSERT OR UPDATE OR DELETE ON setting EXECUTE FUNCTION rights_changed()
;;
CREATE TRIGGER member_traced AFTER INSERT OR UPDATE OR DELETE ON member EXECUTE FUNCTION rights_changed()
;;
CREATE TRIGGER leave_traced AFTER INSERT OR UPDATE OR DELETE ON leave EXECUTE FUNCTION rights_changed()
;;
CREATE TRIGGER vpa_traced AFTER INSERT OR UPDATE OR DELETE ON vpa EXECUTE FUNCTION rights_changed()
;;
CREATE TRIGGER customer_traced AFTER INSERT OR UPDATE OR DELETE ON customer EXECUTE FUNCTION rights_changed()
;;
CREATE TRIGGER assignment_traced AFTER INSERT OR UPDATE OR DELETE ON assignment EXECUTE FUNCTION rights_changed()
;;
CREATE TRIGGER absence_traced AFTER INSERT OR UPDATE OR DELETE ON absence EXECUTE FUNCTION rights_changed()
;;
CREATE TRIGGER import_traced AFTER INSERT OR UPDATE OR DELETE ON import EXECUTE FUNCTION rights_changed()
;;
CREATE TRIGGER entry_traced AFTER INSERT OR UPDATE OR DELETE ON entry EXECUTE FUNCTION rights_changed()
;;
CREATE TRIGGER reminder_traced AFTER INSERT OR UPDATE OR DELETE ON reminder EXECUTE FUNCTION rights_changed()
;;
CREATE TRIGGER case_traced AFTER INSERT OR UPDATE OR DELETE ON "case" EXECUTE FUNCTION rights_changed()
;;
CREATE TRIGGER flag_traced AFTER INSERT OR UPDATE OR DELETE ON flag EXECUTE FUNCTION rights_changed()
;;
CREATE TRIGGER task_traced AFTER INSERT OR UPDATE OR DELETE ON task EXECUTE FUNCTION rights_changed()
;;
CREATE TRIGGER message_traced AFTER INSERT OR UPDATE OR DELETE ON message EXECUTE FUNCTION rights_changed()
;;
CREATE TRIGGER note_traced AFTER INSERT OR UPDATE OR DELETE ON note EXECUTE FUNCTION rights_changed()
;;
CREATE TRIGGER handover_traced AFTER INSERT OR UPDATE OR DELETE ON handover EXECUTE FUNCTION rights_changed()
;;
CREATE TRIGGER day_traced AFTER INSERT OR UPDATE OR DELETE ON day EXECUTE FUNCTION rights_changed()
;;
CREATE TRIGGER look_traced AFTER INSERT OR UPDATE OR DELETE ON look EXECUTE FUNCTION rights_changed()
;;
-- Nobody signs as somebody else ---------------------------------------------------------------------------------------
-- The columns named hold the Kürzel of who did it. One may sign where nobody has, and take the own name away again.
-- A column that begins with "+" may also be signed over somebody else's, and be given back by undoing that.
CREATE FUNCTION rights_signed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    me text;
    old_row jsonb := '{}';
    new_row jsonb;
    old_name text;
    new_name text;
    signature text;
BEGIN
    IF rights_owner() THEN
        RETURN NEW;
    END IF;
    me := coalesce(rights_kuerzel(), '');
    new_row := to_jsonb(NEW);
    IF TG_OP = 'UPDATE' THEN
        old_row := to_jsonb(OLD);
    END IF;
    FOREACH signature IN ARRAY TG_ARGV LOOP
        old_name := old_row ->> ltrim(signature, '+');
        new_name := new_row ->> ltrim(signature, '+');
        IF new_name IS DISTINCT FROM old_name AND (
            (coalesce(new_name, me) = me AND coalesce(old_name, me) = me)
            OR (signature LIKE '+_%%' AND me IN (old_name, new_name))
        ) IS NOT TRUE THEN
            PERFORM rights_refuse('somebody else''s Kürzel in ' || ltrim(signature, '+'));
        END IF;
    END LOOP;
    RETURN NEW;
END $$
;;
CREATE TRIGGER import_signed BEFORE INSERT ON import FOR EACH ROW EXECUTE FUNCTION rights_signed('member')
;;
CREATE TRIGGER look_signed BEFORE INSERT ON look FOR EACH ROW EXECUTE FUNCTION rights_signed('member')
;;
CREATE TRIGGER day_signed BEFORE INSERT ON day FOR EACH ROW EXECUTE FUNCTION rights_signed('sealed_by')
;;
CREATE TRIGGER note_signed BEFORE INSERT ON note FOR EACH ROW EXECUTE FUNCTION rights_signed('author')
;;
CREATE TRIGGER claim_signed BEFORE INSERT OR UPDATE OF member ON claim
FOR EACH ROW EXECUTE FUNCTION rights_signed('+member')
;;
CREATE TRIGGER reminder_signed BEFORE INSERT OR UPDATE OF created_by, done_by ON reminder
FOR EACH ROW EXECUTE FUNCTION rights_signed('created_by', 'done_by')
;;
CREATE TRIGGER case_signed BEFORE UPDATE OF contacted_by, resolved_by ON "case"
FOR EACH ROW EXECUTE FUNCTION rights_signed('+contacted_by', 'resolved_by')
;;
CREATE TRIGGER case_born BEFORE INSERT ON "case"
FOR EACH ROW WHEN (coalesce(NEW.contacted_by, NEW.resolved_by) IS NOT NULL)
EXECUTE FUNCTION rights_signed('contacted_by', 'resolved_by')
;;
CREATE TRIGGER flag_signed BEFORE UPDATE OF informed_by, removed_by ON flag
FOR EACH ROW EXECUTE FUNCTION rights_signed('+informed_by', 'removed_by')
;;
CREATE TRIGGER flag_born BEFORE INSERT ON flag
FOR EACH ROW WHEN (coalesce(NEW.informed_by, NEW.removed_by) IS NOT NULL)
EXECUTE FUNCTION rights_signed('informed_by', 'removed_by')
;;
CREATE TRIGGER task_signed BEFORE UPDATE OF offered_by, released_by ON task
FOR EACH ROW EXECUTE FUNCTION rights_signed('+offered_by', 'released_by')
;;
CREATE TRIGGER handover_signed BEFORE INSERT OR UPDATE OF opened_by, closed_by ON handover
FOR EACH ROW EXECUTE FUNCTION rights_signed('opened_by', 'closed_by')
;;
-- What goes is what its own author takes back: undo takes away nothing else.
CREATE FUNCTION rights_taken() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT rights_owner() AND to_jsonb(OLD) ->> TG_ARGV[0] IS DISTINCT FROM rights_kuerzel() THEN
        PERFORM rights_refuse('somebody else''s row');
    END IF;
    RETURN OLD;
END $$
;;
CREATE TRIGGER reminder_taken BEFORE DELETE ON reminder FOR EACH ROW EXECUTE FUNCTION rights_taken('created_by')
;;
CREATE TRIGGER handover_taken BEFORE DELETE ON handover FOR EACH ROW EXECUTE FUNCTION rights_taken('opened_by')
;;
CREATE TRIGGER note_taken BEFORE DELETE ON note FOR EACH ROW EXECUTE FUNCTION rights_taken('author')
;;
-- Who may do what -----------------------------------------------------------------------------------------------------
-- K-04: an entry is written now, under the own Kürzel, and withdrawn by nobody but its author. What bears an id of the
-- platform comes with an import, and is told to have come from there.
CREATE FUNCTION rights_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    IF rights_owner() THEN
        RETURN NEW;
    END IF;
    IF NEW.author IS DISTINCT FROM rights_kuerzel() THEN
        PERFORM rights_refuse('K-04: somebody else''s entry');
    END IF;
    IF TG_OP = 'INSERT' AND NOT rights_sandbox()
            AND abs(extract(epoch FROM clock_timestamp() - NEW.created_at)) > 900 THEN
        PERFORM rights_refuse('K-04: an entry is dated when it is written');
    END IF;
    RETURN NEW;
END $$
;;
CREATE TRIGGER entry_written BEFORE INSERT ON entry
FOR EACH ROW WHEN (NEW.platform_id IS NULL) EXECUTE FUNCTION rights_entry()
;;
CREATE TRIGGER entry_withdrawn BEFORE UPDATE OF withdrawn_at ON entry FOR EACH ROW EXECUTE FUNCTION rights_entry()
;;
-- J-08: "> 12 Monate" is cleared by a VPA Manager alone, unless the VPA has gone.
CREATE FUNCTION rights_flag() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    IF rights_owner() OR rights_role('vpa_manager') THEN
        RETURN NEW;
    END IF;
    -- The first import takes what it finds as known.
    IF TG_OP = 'INSERT' AND NOT EXISTS (SELECT FROM import) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' OR NOT EXISTS (SELECT FROM vpa WHERE id = NEW.vpa AND gone) THEN
        PERFORM rights_refuse('J-08');
    END IF;
    RETURN NEW;
END $$
;;
CREATE TRIGGER flag_cleared BEFORE UPDATE ON flag FOR EACH ROW WHEN (OLD.stage = '>12'
AND (NEW.state, NEW.stage, NEW.removed_at, NEW.removed_by)
    IS DISTINCT FROM (OLD.state, OLD.stage, OLD.removed_at, OLD.removed_by))
EXECUTE FUNCTION rights_flag()
;;
CREATE TRIGGER flag_never_raised BEFORE INSERT ON flag
FOR EACH ROW WHEN (NEW.stage = '>12' AND NEW.state <> 'open') EXECUTE FUNCTION rights_flag()
;;
-- W-12, A-17: VPA Manager or Kundenmanager decide, on somebody else's proposal about somebody else's request.
CREATE FUNCTION rights_handover() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    decided CONSTANT text[] := ARRAY['approved', 'informed', 'finished', 'rejected'];
    me text;
    manages boolean;
BEGIN
    IF rights_owner() THEN
        RETURN NEW;
    END IF;
    me := coalesce(rights_kuerzel(), '');
    manages := rights_role('vpa_manager', 'customer_manager');
    IF (NEW.state = ANY (decided)) <> (NEW.decided_by IS NOT NULL) THEN
        PERFORM rights_refuse('W-12: a decision bears a name');
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.decided_by IS NOT NULL OR NEW.proposed_by IS NOT NULL THEN
            PERFORM rights_refuse('W-12: nothing is decided from the start');
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.proposed_by IS DISTINCT FROM OLD.proposed_by AND coalesce(NEW.proposed_by, me) <> me THEN
        PERFORM rights_refuse('A-17: somebody else''s proposal');
    END IF;
    IF NEW.decided_by IS NOT NULL AND NEW.decided_by IS DISTINCT FROM OLD.decided_by AND (
        manages AND NEW.decided_by = me AND OLD.decided_by IS NULL AND OLD.state = 'proposed'
        AND OLD.opened_by <> me AND OLD.proposed_by <> me AND NEW.proposed_by = OLD.proposed_by
    ) IS NOT TRUE THEN
        PERFORM rights_refuse('W-12, A-17: this login does not decide here');
    END IF;
    -- A new proposal takes a release back; a refusal, a release that was a refusal, and back, are the decider's own.
    IF (OLD.state = 'rejected') <> (NEW.state = 'rejected')
            AND (manages AND me IN (OLD.decided_by, NEW.decided_by)) IS NOT TRUE THEN
        PERFORM rights_refuse('W-12: this login does not decide here');
    END IF;
    RETURN NEW;
END $$
;;
CREATE TRIGGER handover_decided BEFORE INSERT OR UPDATE ON handover FOR EACH ROW EXECUTE FUNCTION rights_handover()
;;
-- T-15: an approver releases; without a release nothing over the limit is declined, nor what has no hours.
CREATE FUNCTION rights_task() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    most numeric;
BEGIN
    IF rights_owner() THEN
        RETURN NEW;
    END IF;
    IF (NEW.released_by, NEW.released_at) IS DISTINCT FROM (OLD.released_by, OLD.released_at) THEN
        IF NOT rights_role('approver') OR (NEW.released_by IS NULL) <> (NEW.released_at IS NULL) THEN
            PERFORM rights_refuse('T-15');
        END IF;
    END IF;
    IF NEW.declined_at IS NOT NULL AND OLD.declined_at IS NULL AND NEW.released_by IS NULL THEN
        most := coalesce((SELECT value::numeric FROM setting WHERE key = 'decline_hours'), 10);
        -- Who declines does not say at once how long it is.
        IF coalesce(greatest(NEW.hours, OLD.hours) > most, true) OR NEW.hours IS NULL OR OLD.hours IS NULL THEN
            PERFORM rights_refuse('T-15');
        END IF;
    END IF;
    RETURN NEW;
END $$
;;
CREATE TRIGGER task_released BEFORE UPDATE OF released_by, released_at, declined_at ON task
FOR EACH ROW EXECUTE FUNCTION rights_task()
;;
CREATE FUNCTION rights_task_born() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT rights_owner() THEN
        PERFORM rights_refuse('T-15: nothing is released or declined from the start');
    END IF;
    RETURN NEW;
END $$
;;
CREATE TRIGGER task_born BEFORE INSERT ON task
FOR EACH ROW WHEN (NEW.released_by IS NOT NULL OR NEW.released_at IS NOT NULL OR NEW.declined_at IS NOT NULL)
EXECUTE FUNCTION rights_task_born()
;;
-- A-28: once the team has a manager, only managers change members and settings.
CREATE FUNCTION rights_managers() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    IF rights_owner() OR rights_role('vpa_manager', 'customer_manager') THEN
        RETURN coalesce(NEW, OLD);
    END IF;
    IF rights_kuerzel() IS NULL
            OR EXISTS (SELECT FROM member WHERE left_on IS NULL AND roles ~ '"(vpa|customer)_manager"') THEN
        PERFORM rights_refuse('A-28');
    END IF;
    RETURN coalesce(NEW, OLD);
END $$
;;
CREATE TRIGGER member_managed BEFORE INSERT OR UPDATE OR DELETE ON member
FOR EACH ROW EXECUTE FUNCTION rights_managers()
;;
CREATE TRIGGER setting_managed BEFORE INSERT OR UPDATE OR DELETE ON setting
FOR EACH ROW EXECUTE FUNCTION rights_managers()
;;
-- Logins --------------------------------------------------------------------------------------------------------------
-- Gives a login the roles of its member and takes all others of this team; makes it where there is none. Without roles
-- in this cluster, or the right to make any, it does nothing: `schicht doctor` says so.
CREATE FUNCTION rights_login(login text, wanted text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    role text;
    found pg_roles;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles r WHERE r.rolname = current_database() || '_team') OR login IS NULL
            OR login ~ '^(pg_.*|public|none|)$' OR octet_length(login) > 63
            OR NOT (SELECT r.rolcreaterole OR r.rolsuper FROM pg_roles r WHERE r.rolname = current_user) THEN
        RETURN;
    END IF;
    SELECT * INTO found FROM pg_roles r WHERE r.rolname = login;
    IF found.rolname IS NULL THEN
        IF cardinality(wanted) = 0 THEN
            RETURN;
        END IF;
        BEGIN
            EXECUTE 'CREATE ROLE ' || quote_ident(login) || ' LOGIN';
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL;  -- somebody else's team has just made it
        END;
    -- An administrator, the owner or a group of roles is nobody's login, and gets nothing from here.
    ELSIF found.rolsuper OR found.rolcreaterole OR NOT found.rolcanlogin THEN
        RETURN;
    END IF;
    FOREACH role IN ARRAY ARRAY['at', 'vpa_manager', 'customer_manager', 'approver', 'buddy', 'sales'] LOOP
        IF role = ANY (wanted) THEN
            EXECUTE 'GRANT ' || quote_ident(current_database() || '_' || role) || ' TO ' || quote_ident(login);
        ELSIF pg_has_role(login, current_database() || '_' || role, 'MEMBER') THEN
            EXECUTE 'REVOKE ' || quote_ident(current_database() || '_' || role) || ' FROM ' || quote_ident(login);
        END IF;
    END LOOP;
END $$
;;
REVOKE EXECUTE ON FUNCTION rights_login(text, text[]) FROM PUBLIC
;;
CREATE FUNCTION rights_member() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.login IS NOT NULL THEN
        IF TG_OP = 'DELETE' OR NEW.left_on IS NOT NULL OR NEW.login IS DISTINCT FROM OLD.login THEN
            PERFORM rights_login(OLD.login, '{}');
        END IF;
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.login IS NOT NULL AND NEW.left_on IS NULL THEN
        PERFORM rights_login(NEW.login, ARRAY(SELECT jsonb_array_elements_text(NEW.roles::jsonb)));
    END IF;
    RETURN NULL;
END $$
;;
CREATE TRIGGER member_login AFTER INSERT OR DELETE OR UPDATE OF roles, login, left_on ON member
FOR EACH ROW EXECUTE FUNCTION rights_member()
;;
-- „Ansicht als VPA“ ---------------------------------------------------------------------------------------------------
-- All of the files that its role can see; no condition of a query is asked before this one.
CREATE VIEW green_entry WITH (security_barrier) AS SELECT id, file, subject, kind, situation, link, response, next_steps,
tags, author, created_at, corrects, withdrawn_at FROM entry WHERE file = 'vpa_kunde'
;;
-- What the triggers of search and of the newest entries keep, they keep as the owner: no login changes it by itself.
DO $$ DECLARE name text; BEGIN
    FOREACH name IN ARRAY ARRAY['named_insert', 'named_update', 'named_delete', 'named_truncate', 'newest_customer',
        'newest_written', 'newest_withdrawn'] LOOP
        EXECUTE 'ALTER FUNCTION ' || name || '() SECURITY DEFINER SET search_path FROM CURRENT';
    END LOOP;
END $$
