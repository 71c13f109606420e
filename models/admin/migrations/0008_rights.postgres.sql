CREATE TRIGGER outbox_traced AFTER INSERT OR UPDATE OR DELETE ON outbox EXECUTE FUNCTION rights_changed()
;;
CREATE TRIGGER twin_traced AFTER INSERT OR UPDATE OR DELETE ON twin EXECUTE FUNCTION rights_changed()
;;
CREATE TRIGGER outbox_signed BEFORE INSERT OR UPDATE OF made_by, done_by ON outbox
FOR EACH ROW EXECUTE FUNCTION rights_signed('made_by', '+done_by')
;;
CREATE TRIGGER outbox_taken BEFORE DELETE ON outbox FOR EACH ROW EXECUTE FUNCTION rights_taken('made_by')
