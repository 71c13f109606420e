"""Attacks by raw SQL on a team's database. Each says how it would succeed, so that a refusal proves something.

In the texts `{me}` and `{other}` stand for the attacker's and somebody else's Kürzel, `{login}` for the attacker's
login, `{db}` for the database, whose name begins the names of its roles.
login, `{db}` for the database, whose name begins the names of its roles.
"""

from __future__ import annotations

from dataclasses import dataclass, field

MANAGERS = frozenset({"MIA", "KIM"})

TRACE = (
    "INSERT INTO audit (at, member, account, action, command, step, route, undoable, changes) VALUES (now(), '{me}', "
    "'x', 'case.resolve', gen_random_uuid()::text, 0, 'do', false, '[]')"
)
ENTRY = (
    "INSERT INTO entry (file, subject, kind, situation, tags, author, account, created_at, origin, folded) VALUES "
    "('oteam', 'customer:K001', 'other', 'erfunden', '[]', '{author}', '', {at}, 'at', 'erfunden'); " + TRACE
)
HANDOVER = (
    "UPDATE handover SET state = '{state}', decided_at = now(), decided_by = '{by}' WHERE opened_by = '{whose}'; "
    + TRACE
)


@dataclass(frozen=True)
class Attack:
    """What somebody tries."""

    name: str
    sql: str
    unlock: str = ""
    """What the owner would have to have left out for it to succeed; nothing: the owner's own login would do."""
    as_owner: bool = True
    """Whether the control runs it as the owner; else as the attacker, after `unlock`."""
    quiet: bool = False
    """Whether success changes nothing that the fingerprint covers, and shows nothing."""
    allowed: frozenset[str] = field(default_factory=frozenset)
    """Members who may do this, so that it is none for them."""
    looks: bool = False
    """Whether an answer that shows nothing internal, and changes nothing, is as good as a refusal."""
    controlled: bool = True
    """Whether this server can show its success."""


def without(trigger: str, table: str, name: str, sql: str, allowed: frozenset[str] = frozenset()) -> Attack:
    """One that this trigger alone stands against."""
    return Attack(name, sql, f"ALTER TABLE {table} DISABLE TRIGGER {trigger}", as_owner=False, allowed=allowed)


def granted(grant: str, name: str, sql: str) -> Attack:
    """One that the lack of this right alone stands against."""
    return Attack(name, sql, f"GRANT {grant} TO PUBLIC", as_owner=False)


def decision(whose: str, state: str, by: str) -> str:
    """On a request of this member."""
    return HANDOVER.replace("{state}", state).replace("{by}", by).replace("{whose}", whose)


def entry(author: str, at: str = "now()") -> str:
    """A new entry."""
    return ENTRY.replace("{author}", author).replace("{at}", at)


HISTORY_OPEN = "ALTER TABLE history DISABLE TRIGGER USER"
HISTORY_ROW = (
    "INSERT INTO history SELECT id + 1000, at, '{other}', account, action, subject, command || 'x', step, route, "
    "target, undoable, changes, args, extra, hash FROM history WHERE id = 2"
)

FORGING = (
    granted("INSERT ON history", "a row of the history, past its door", HISTORY_ROW),
    Attack("a row in somebody else's name", TRACE.replace("{me}", "{other}")),
    Attack("a row in nobody's name", TRACE.replace("'{me}'", "NULL")),
    Attack("a row by COPY", "COPY history FROM PROGRAM 'true'", quiet=True),
    Attack("who did it", "UPDATE history SET member = '{other}' WHERE id = 2", HISTORY_OPEN),
    Attack("the evidence", "UPDATE history SET extra = '{{}}', changes = '[]'", HISTORY_OPEN),
    Attack("a row goes", "DELETE FROM history WHERE id = 2", HISTORY_OPEN),
    Attack("all rows go", "TRUNCATE history", HISTORY_OPEN),
    granted("UPDATE ON history_head", "the end of the chain", "UPDATE history_head SET last = last - 1"),
    granted("DELETE ON history_head", "no end of the chain", "DELETE FROM history_head"),
    Attack("another chain", "INSERT INTO history_head VALUES (2, 0, '', '')"),
    without("entry_written", "entry", "an entry in somebody else's name", entry("{other}")),
    without("entry_withdrawn", "entry", "somebody else's entry withdrawn",
            "UPDATE entry SET withdrawn_at = now() WHERE author = '{other}'; " + TRACE),
    Attack("what an entry says", "UPDATE entry SET situation = 'anders' WHERE id = 1; " + TRACE,
           "ALTER TABLE entry DISABLE TRIGGER USER"),
    Attack("an entry through the view for VPAs", "UPDATE green_entry SET file = 'oteam'; " + TRACE,
           "ALTER TABLE entry DISABLE TRIGGER USER"),
    Attack("an entry goes", "DELETE FROM entry WHERE id = 1; " + TRACE, "ALTER TABLE entry DISABLE TRIGGER USER"),
    Attack("all entries go", "TRUNCATE entry CASCADE", "ALTER TABLE entry DISABLE TRIGGER USER"),
    without("case_signed", '"case"', "somebody else's Case",
            "UPDATE \"case\" SET state = 'resolved', resolved_at = now(), resolved_by = '{other}' WHERE id = 1; "
            + TRACE),
    without("case_signed", '"case"', "somebody else's contact",
            "UPDATE \"case\" SET contacted_at = now(), contacted_by = '{other}' WHERE id = 1; " + TRACE),
    without("reminder_signed", "reminder", "a Reminder done by somebody else",
            "UPDATE reminder SET state = 'done', done_at = now(), done_by = '{other}' WHERE id = 1; " + TRACE),
    granted("UPDATE ON reminder", "whose Reminder it was", "UPDATE reminder SET original_owner = 'XXX'; " + TRACE),
    without("reminder_taken", "reminder", "somebody else's Reminder goes",
            "DELETE FROM reminder WHERE created_by = '{other}'; " + TRACE),
    without("handover_taken", "handover", "somebody else's request goes",
            "DELETE FROM handover WHERE opened_by = '{other}'; " + TRACE),
    without("day_signed", "day", "a day sealed by somebody else", "INSERT INTO day (date, version, sealed_by, "
            "sealed_at, counts, leftovers) VALUES ('2020-01-02', 1, '{other}', now(), '{{}}', '[]'); " + TRACE),
    without("look_signed", "look", "somebody else has looked",
            "INSERT INTO look (member, at, own_due) VALUES ('{other}', now(), 0); " + TRACE),
    without("note_signed", "note", "somebody else's note", "INSERT INTO note (task, at, author, text, kind, watched) "
            "VALUES ('T1', now(), '{other}', 'x', 'note', true); " + TRACE),
    without("import_signed", "import", "somebody else's import", "INSERT INTO import (at, member, newest, counts, "
            "baseline, rows) VALUES (now(), '{other}', '{{}}', '{{}}', false, 0); " + TRACE),
    without("claim_signed", "claim", "somebody else at work", "INSERT INTO claim (subject, member, holder, since, "
            "until) VALUES ('case:1', '{other}', 'x', now(), now() + interval '1 hour')"),
)  # fmt: skip

DATING = (
    Attack("when it was done", "UPDATE history SET at = '2020-01-01' WHERE id = 2", HISTORY_OPEN),
    without("entry_written", "entry", "an entry of last year", entry("{me}", "now() - interval '1 year'")),
    without("entry_written", "entry", "an entry of tomorrow", entry("{me}", "now() + interval '1 day'")),
    Attack("when an entry was written", "UPDATE entry SET created_at = '2020-01-01' WHERE id = 1; " + TRACE,
           "ALTER TABLE entry DISABLE TRIGGER USER"),
    Attack("a sandbox, where time is free", "UPDATE meta SET value = '1' WHERE key = 'sandbox'"),
    granted("UPDATE ON \"case\"", "when a Case was opened", "UPDATE \"case\" SET opened_at = '2020-01-01'; " + TRACE),
)  # fmt: skip

REPLAYING = (
    Attack("the same command once more", "INSERT INTO audit (at, member, account, action, command, step, route, "
           "undoable, changes) SELECT at, member, account, action, command, step, route, undoable, changes FROM "
           "history WHERE member = '{me}' LIMIT 1", "DROP INDEX history_command_step", as_owner=False),
    Attack("somebody else's command once more", "INSERT INTO audit (at, member, account, action, command, step, route, "
           "undoable, changes) SELECT at, member, account, action, command || 'x', step, route, undoable, changes "
           "FROM history WHERE member = '{other}' LIMIT 1"),
)  # fmt: skip

TRACELESS = (
    without("reminder_traced", "reminder", "a change without a trace", "UPDATE reminder SET reason = 'anders' WHERE "
            "id = 1"),
    without("reminder_traced", "reminder", "a Reminder goes without a trace",
            "DELETE FROM reminder WHERE created_by = '{me}'"),
    without("vpa_traced", "vpa", "a change after the trace",
            TRACE + "; UPDATE vpa SET gone = true WHERE id = 'V001'"),
    Attack("the mark of the missing trace taken away",
           "UPDATE vpa SET gone = true WHERE id = 'V001'; DELETE FROM untraced", "ALTER TABLE untraced DISABLE "
           "TRIGGER USER"),
    Attack("the check put off", "SET CONSTRAINTS ALL DEFERRED; UPDATE customer SET name = 'x'",
           "ALTER TABLE customer DISABLE TRIGGER customer_traced", as_owner=False),
)  # fmt: skip

RIGHTS = (
    without("flag_cleared", "flag", "J-08: the last stage", "UPDATE flag SET state = 'removed', removed_at = now(), "
            "removed_by = '{me}' WHERE id = 1; " + TRACE, allowed=frozenset({"MIA"})),
    without("flag_never_raised", "flag", "J-08: a flag that was never open",
            "INSERT INTO flag (version, vpa, vpa_name, vpa_folded, stage, raised_on, state, details) VALUES (1, "
            "'V003', 'x', 'x', '>12', now(), 'removed', '{{}}'); " + TRACE, allowed=frozenset({"MIA"})),
    Attack("J-08: another stage instead", "UPDATE flag SET stage = '0-3' WHERE id = 1; " + TRACE,
           "GRANT UPDATE ON flag TO PUBLIC; ALTER TABLE flag DISABLE TRIGGER flag_cleared", as_owner=False),
    without("handover_decided", "handover", "W-12: a release", decision("{other}", "approved", "{me}"),
            allowed=MANAGERS),
    without("handover_decided", "handover", "W-12: a release in somebody else's "
            "name", decision("{me}", "approved", "{other}")),
    without("handover_decided", "handover", "W-12: a refusal", decision("{other}", "rejected", "{me}"),
            allowed=MANAGERS),
    without("handover_decided", "handover", "W-12: a release that bears no name",
            "UPDATE handover SET state = 'approved'; " + TRACE),
    without("handover_decided", "handover", "A-17: the own request", decision("{me}", "approved", "{me}")),
    without("handover_decided", "handover", "A-17: the proposal put into another mouth",
            "UPDATE handover SET proposed_by = '{other}' WHERE opened_by = '{me}'; " + TRACE),
    Attack("A-17: the request put into another mouth",
           "UPDATE handover SET opened_by = '{other}' WHERE opened_by = '{me}'; " + TRACE,
           "GRANT UPDATE ON handover TO PUBLIC; ALTER TABLE handover DISABLE TRIGGER handover_signed", as_owner=False),
    without("handover_decided", "handover", "W-12: decided from the start",
            "INSERT INTO handover (version, customer, state, opened_at, opened_by, questions, talks, measures, facts, "
            "decided_at, decided_by) VALUES (1, 'K001', 'approved', now(), '{me}', '[]', '[]', '[]', '{{}}', now(), "
            "'{me}'); "
            + TRACE),
    Attack("T-15: a release", "UPDATE task SET released_by = '{me}', released_at = now() WHERE id = 'T1'; " + TRACE,
           "GRANT UPDATE ON task TO PUBLIC; ALTER TABLE task DISABLE TRIGGER task_released", as_owner=False,
           allowed=frozenset({"FRE"})),
    without("task_released", "task", "T-15: twelve hours declined without a release",
            "UPDATE task SET state = 'abgelehnt', declined_at = now() WHERE id = 'T1'; " + TRACE),
    without("task_released", "task", "T-15: made short and declined at once",
            "UPDATE task SET hours = 1, state = 'abgelehnt', declined_at = now() WHERE id = 'T1'; " + TRACE),
    without("task_born", "task", "T-15: released from the start", "INSERT INTO task (id, version, customer, title, "
            "folded, state, new_customer, checklist, tags_checked, released_by, released_at) VALUES ('TX', 1, 'K001', "
            "'x', 'x', 'offen', false, '{{}}', false, '{me}', now()); " + TRACE),
    without("member_managed", "member", "A-28: a manager by the own word",
            "UPDATE member SET roles = '[\"vpa_manager\"]' WHERE kuerzel = '{me}'; " + TRACE, allowed=MANAGERS),
    without("member_managed", "member", "A-28: somebody else's login for the own Kürzel",
            "UPDATE member SET login = NULL WHERE kuerzel = '{other}'; " + TRACE, allowed=MANAGERS),
    without("setting_managed", "setting", "A-28: a hundred hours decline without a release",
            "INSERT INTO setting VALUES ('decline_hours', 1, '100'); " + TRACE, allowed=MANAGERS),
)  # fmt: skip

POWER = (
    Attack("SET ROLE to the owner", "SET ROLE {db}_owner", quiet=True),
    Attack("another login", "SET SESSION AUTHORIZATION schicht", quiet=True),
    Attack("another part to play", 'GRANT {db}_owner TO "{login}"'),
    Attack("superuser", 'ALTER ROLE "{login}" SUPERUSER'),
    Attack("the right to make roles", 'ALTER ROLE "{login}" CREATEROLE'),
    Attack("the program's own way to roles", "SELECT rights_login('{login}', ARRAY['vpa_manager', 'approver', 'at'])"),
    Attack("triggers off", "ALTER TABLE history DISABLE TRIGGER ALL"),
    Attack("triggers off for the session", "SET session_replication_role = replica", quiet=True),
    Attack("a trigger goes", "DROP TRIGGER entry_no_update ON entry"),
    Attack("a trigger that lets everything through", "CREATE TRIGGER a BEFORE UPDATE ON entry EXECUTE FUNCTION "
           "rights_changed()"),
    Attack("a rule instead of the change", "CREATE RULE a AS ON INSERT TO reminder DO INSTEAD NOTHING"),
    Attack("a function that knows no rules", "CREATE OR REPLACE FUNCTION rights_owner() RETURNS boolean LANGUAGE sql "
           "AS 'SELECT true'"),
    Attack("a function without its rights", "ALTER FUNCTION audit_append() SECURITY INVOKER"),
    Attack("a function of one's own beside ours", "CREATE FUNCTION own() RETURNS void LANGUAGE sql AS ''"),
    Attack("a table of one's own beside ours", "CREATE TABLE own (a integer)"),
    Attack("the door goes", "DROP VIEW audit"),
    Attack("a column goes", "ALTER TABLE entry DROP COLUMN author CASCADE"),
    Attack("rights for everybody", "GRANT UPDATE ON history TO PUBLIC", looks=True),
    Attack("the view for VPAs", "ALTER VIEW green_entry RENAME TO own"),
    Attack("what search knows", "DELETE FROM named"),
    Attack("the newest entries", "UPDATE newest SET author = 'XXX'"),
    Attack("the number of the next Case", "SELECT setval('case_id_seq', 1)", quiet=True),
    Attack("which migrations have run", "DELETE FROM schema_migration"),
    Attack("the owner's future tables", "ALTER DEFAULT PRIVILEGES FOR ROLE {db}_owner GRANT ALL ON TABLES TO PUBLIC",
           quiet=True),
)  # fmt: skip

ROUNDABOUT = (
    Attack("a DO block", "DO $$ BEGIN UPDATE history SET member = '{other}' WHERE id = 2; END $$", HISTORY_OPEN),
    Attack("a function in the own temporary schema", "CREATE FUNCTION pg_temp.own() RETURNS void LANGUAGE sql "
           "SECURITY DEFINER AS $$ DELETE FROM history_head $$; SELECT pg_temp.own()"),
    Attack("a temporary table before ours", "CREATE TEMP TABLE member AS SELECT '{other}' AS kuerzel, '{login}' AS "
           "login, NULL::date AS left_on; SET search_path = pg_temp, public; " + TRACE.replace("{me}", "{other}")),
    Attack("a temporary operator before theirs", "CREATE FUNCTION pg_temp.same(text, text) RETURNS boolean LANGUAGE "
           "sql AS 'SELECT true'; CREATE OPERATOR pg_temp.= (LEFTARG = text, RIGHTARG = text, FUNCTION = "
           "pg_temp.same); SET search_path = pg_temp, public, pg_catalog; "
           "" + TRACE.replace("{me}", "{other}"), controlled=False),
    Attack("a prepared statement", "PREPARE own AS DELETE FROM history_head; EXECUTE own"),
    Attack("a cursor", "DO $$ DECLARE c CURSOR FOR SELECT * FROM history_head FOR UPDATE; BEGIN OPEN c; MOVE c; "
           "UPDATE history_head SET last = 0 WHERE CURRENT OF c; END $$"),
    Attack("a WITH that deletes", "WITH gone AS (DELETE FROM history_head RETURNING 1) SELECT count(*) FROM gone"),
    Attack("a MERGE", "MERGE INTO history_head h USING (SELECT 1) x ON true WHEN MATCHED THEN DELETE"),
    Attack("INSERT that updates", "INSERT INTO meta VALUES ('sandbox', '1') ON CONFLICT (key) DO UPDATE SET value = "
           "'1'"),
    Attack("a view on what is guarded", "CREATE VIEW own AS SELECT * FROM history"),
    Attack("a program of the server", "COPY (SELECT 1) TO PROGRAM 'cat > /dev/null'", quiet=True),
    Attack("a file of the server", "COPY (SELECT 1) TO '/tmp/schicht-attack'", quiet=True, controlled=False),
    Attack("the server's own files", "SELECT pg_read_file('PG_VERSION')"),
    Attack("a file as a large object", "SELECT lo_import('PG_VERSION')"),
    Attack("another server", "CREATE EXTENSION dblink", quiet=True, controlled=False),
    Attack("a language without bounds", "CREATE FUNCTION pg_temp.own(text) RETURNS text LANGUAGE internal AS "
           "'pg_read_file'",
           quiet=True),
    Attack("the server's settings", "ALTER SYSTEM SET log_statement = 'all'", quiet=True, controlled=False),
    Attack("others' sessions", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'schicht' AND "
           "false UNION SELECT pg_reload_conf()"),
    Attack("an event trigger", "CREATE EVENT TRIGGER own ON ddl_command_start EXECUTE FUNCTION "
           "append_only()", quiet=True,
           controlled=False),
    Attack("passwords", "SELECT rolpassword FROM pg_authid"),
)  # fmt: skip

BY_MEMBERS = (*FORGING, *DATING, *REPLAYING, *TRACELESS, *RIGHTS, *POWER, *ROUNDABOUT)
"""Against every part that a member can play."""

INTERNAL = ("schwarzwort", "aktenwort", "wizardwort", "kontowort", "notizwort", "division by zero")
"""Words that stand in the test's database only where no VPA may look, and an error that betrays one."""


def shows(name: str, sql: str) -> Attack:
    """One that wants to see what is internal; an answer that holds nothing of it is as good as a refusal."""
    return Attack(name, sql, looks=True)


BY_VIEWERS = (
    shows("the other files", "SELECT situation FROM entry WHERE file <> 'vpa_kunde'"),
    shows("all files", "SELECT * FROM entry"),
    shows("the whole row", "SELECT to_jsonb(entry) FROM entry"),
    shows("all files, as a table", "TABLE entry"),
    shows("all files by COPY", "COPY entry TO STDOUT"),
    shows("some of it by COPY", "COPY (SELECT situation, file FROM entry) TO STDOUT"),
    Attack("an error before the view's own condition", "SELECT id FROM green_entry WHERE "
           "1 / (CASE WHEN situation LIKE 'schwarz%' THEN 0 ELSE 1 END) = 2", looks=True, controlled=False),
    Attack("what VPAs see", "UPDATE green_entry SET situation = 'anders'", "ALTER TABLE entry DISABLE TRIGGER USER"),
    Attack("an entry through the view", "DELETE FROM green_entry", "ALTER TABLE entry DISABLE TRIGGER USER"),
    shows("who wrote from where", "SELECT account FROM entry"),
    shows("the words for search", "SELECT folded FROM entry"),
    shows("as exported", "SELECT exported FROM entry"),
    shows("an error that tells", "SELECT situation::integer FROM entry WHERE file = 'oteam'"),
    shows("an error by division", "SELECT 1 / (CASE WHEN situation LIKE 'schwarz%' THEN 0 ELSE 1 END) FROM entry "
          "WHERE file = 'oteam' OR kind = 'x'"),
    shows("a function that tells", "CREATE FUNCTION pg_temp.tell(text) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS "
          "$$ BEGIN RAISE NOTICE '%', $1; RETURN true; END $$; SELECT count(*) FROM entry WHERE "
          "pg_temp.tell(situation)"),
    shows("a DO block", "DO $$ DECLARE t text; BEGIN SELECT string_agg(situation, ' ') INTO t FROM entry WHERE "
          "file = 'oteam'; IF t IS NOT NULL THEN RAISE EXCEPTION '%', t; END IF; PERFORM 1 FROM history; END $$"),
    shows("a cursor", "BEGIN; DECLARE c CURSOR FOR SELECT situation FROM entry WHERE file = 'vpa_akte'; FETCH ALL "
          "FROM c"),
    shows("a correction", "SELECT n.situation FROM entry e JOIN entry n ON n.corrects = e.id OR n.id = e.corrects"),
    shows("the class of a customer", "SELECT klasse, status FROM customer"),
    shows("what the Wizard said", "SELECT wizard FROM customer"),
    shows("a customer as a row", "SELECT customer FROM customer"),
    shows("the class of a VPA", "SELECT klasse FROM vpa"),
    shows("a VPA as a row", "SELECT row_to_json(vpa) FROM vpa"),
    shows("why somebody was assigned", "SELECT reason FROM assignment"),
    shows("the history", "SELECT changes FROM history"),
    shows("Cases", 'SELECT * FROM "case"'),
    shows("Reminders", "SELECT reason FROM reminder"),
    shows("Neu-Flags", "SELECT * FROM flag"),
    shows("tasks", "SELECT * FROM task"),
    shows("the chat", "SELECT * FROM message"),
    shows("notes", "SELECT text FROM note"),
    shows("VPA-Wechsel", "SELECT * FROM handover"),
    shows("members", "SELECT * FROM member"),
    shows("settings", "SELECT * FROM setting"),
    shows("the newest entries", "SELECT * FROM newest"),
    shows("what search knows", "SELECT * FROM named"),
    shows("who works on what", "SELECT * FROM claim"),
    shows("statistics", "SELECT most_common_vals FROM pg_stats WHERE tablename = 'entry'"),
    shows("statistics from the source", "SELECT * FROM pg_statistic"),
    shows("another role", "SET ROLE {db}_at; SELECT situation FROM entry"),
    shows("the team's role", "SET ROLE {db}_team; SELECT situation FROM entry"),
    Attack("an entry", entry("ANN")),
    Attack("a customer's name", "UPDATE customer SET name = 'x'"),
    Attack("a row of the history", TRACE.replace("{me}", "ANN")),
    Attack("a Reminder goes", "DELETE FROM reminder"),
    Attack("a temporary table", "CREATE TEMP TABLE own (a integer)", quiet=True),
    *POWER,
    *ROUNDABOUT[10:],
)  # fmt: skip
"""Against the role that serves „Ansicht als VPA“."""
