-- Who may do what in the tables of a team (issue 5 §2); `schicht init`, `restore` and `move` put it in place, again and
-- again, by models/admin/rights.py. {team} is everybody who works with the program; {at}, {approver} … are the parts
-- that a member can play, and belong to {team}; {vpa_view} serves „Ansicht als VPA“. What depends on the part and on the
-- row is held by the triggers of migration 0004. `{flag - id, vpa}` stands for all columns of a table but these.

-- Nothing that was given by hand, or by an older version, stays.
REVOKE ALL ON {tables}, audit, green_entry, untraced FROM PUBLIC, {everybody}
;;
REVOKE ALL ON SEQUENCE {sequences} FROM PUBLIC, {everybody}
;;
REVOKE ALL ON FUNCTION {functions} FROM PUBLIC, {everybody}
;;
GRANT {team} TO {parts}
;;
GRANT USAGE ON SCHEMA {schema} TO {team}, {vpa_view}
;;
-- Reading: which files a member reads is held by the program (A-28).
GRANT SELECT ON {tables} TO {team}
;;
GRANT EXECUTE ON FUNCTION history_lock(), search_vector(text), search_words(text, text), import_brought(text, text) TO {team}
;;
-- The history: what is handed in at the door goes through its trigger. Nobody has any right to change what is there.
GRANT INSERT, SELECT (id) ON audit TO {team}
;;
-- Work: new rows, and every column that is not fixed for good.
GRANT INSERT ON setting, member, leave, vpa, customer, assignment, absence, import, entry, reminder, "case", flag, task,
    message, note, handover, outbox, twin, day, look, claim, profile,
    restriction, hold, erasure, access TO {team}
;;
GRANT USAGE ON SEQUENCE {sequences} TO {team}
;;
GRANT UPDATE ({setting - key}) ON setting TO {team}
;;
GRANT UPDATE ({member - kuerzel, key}) ON member TO {team}
;;
GRANT UPDATE ({leave - id, member}) ON leave TO {team}
;;
GRANT UPDATE ({vpa - id, made_by}) ON vpa TO {team}
;;
GRANT UPDATE ({customer - id, made_by}) ON customer TO {team}
;;
-- X-02: where the platform says the same of another day of that week, its day holds.
GRANT UPDATE ({assignment - id}) ON assignment TO {team}
;;
GRANT UPDATE ({absence - id, made_by}) ON absence TO {team}
;;
-- K-04: what an entry says is never changed; whom it is about, by merging two records alone (S-06).
GRANT UPDATE (withdrawn_at, exported, subject) ON entry TO {team}
;;
-- R-05: whose Reminder it was stays.
GRANT UPDATE ({reminder - id, original_owner, created_by, created_at}) ON reminder TO {team}
;;
GRANT UPDATE ({case - id, kind, opened_at, made_by}) ON "case" TO {team}
;;
GRANT UPDATE ({flag - id, stage, raised_on}) ON flag TO {team}
;;
-- T-15: nobody but an approver touches the release.
GRANT UPDATE ({task - id, released_by, released_at, made_by}) ON task TO {team}
;;
GRANT UPDATE (released_by, released_at) ON task TO {approver}
;;
GRANT UPDATE ({message - id, task}) ON message TO {team}
;;
-- A-17: who asked for a VPA-Wechsel stays. Whom a row is about changes by merging alone: a trigger sees to it.
GRANT UPDATE ({handover - id, opened_at, opened_by}) ON handover TO {team}
;;
-- S-06: whom a note is meant for.
GRANT UPDATE (vpa) ON note TO {team}
;;
-- X-01: what was to be told, by whom, and when stays; whom it is about may become another (S-06).
GRANT UPDATE ({outbox - id, kind, text, value, file, made_at, made_by, takes_back}) ON outbox TO {team}
;;
GRANT UPDATE (exported) ON twin TO {team}
;;
GRANT UPDATE ON claim TO {team}
;;
GRANT UPDATE ({profile - id}), DELETE ON profile TO {team}
;;
-- P-03 to P-06: managers alone, which triggers see to. Who has opened what is never changed.
GRANT DELETE ON restriction, hold TO {team}
;;
GRANT UPDATE ({hold - subject}) ON hold TO {team}
;;
GRANT UPDATE (state, done_at, done_by, version) ON erasure TO {team}
;;
-- X-04: an import is marked as taken back; what it brought goes, which a trigger looks at, and so does the journal. What
-- a member has made by hand goes too, by the same trigger, when that is undone (S-01 to S-03).
GRANT UPDATE (reverted_at, reverted_by) ON import TO {team}
;;
GRANT DELETE ON vpa, customer, absence, task, "case", flag TO {team}
;;
GRANT INSERT, DELETE ON earlier TO {team}
;;
-- Undo takes away what its own action has made, and leaves a trace (a trigger sees to whose it is); entries and the
-- history never go.
GRANT DELETE ON leave, assignment, reminder, message, note, handover, outbox, twin, claim TO {team}
;;
-- „Ansicht als VPA“: nothing internal can be reached, by whatever query.
GRANT SELECT ON green_entry TO {vpa_view}
;;
GRANT SELECT (id, name, kept_on, kept_by) ON customer TO {vpa_view}
;;
GRANT SELECT (id, customer, vpa, start, "end") ON assignment TO {vpa_view}
;;
GRANT SELECT (id, name) ON vpa TO {vpa_view}
;;
GRANT {vpa_view} TO {team}
