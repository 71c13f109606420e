CREATE TRIGGER restriction_traced AFTER INSERT OR UPDATE OR DELETE ON restriction EXECUTE FUNCTION rights_changed()
;;
CREATE TRIGGER hold_traced AFTER INSERT OR UPDATE OR DELETE ON hold EXECUTE FUNCTION rights_changed()
;;
CREATE TRIGGER erasure_traced AFTER INSERT OR UPDATE OR DELETE ON erasure EXECUTE FUNCTION rights_changed()
;;
CREATE TRIGGER restriction_managed BEFORE INSERT OR UPDATE OR DELETE ON restriction
FOR EACH ROW EXECUTE FUNCTION rights_managers()
;;
CREATE TRIGGER hold_managed BEFORE INSERT OR UPDATE OR DELETE ON hold FOR EACH ROW EXECUTE FUNCTION rights_managers()
;;
CREATE TRIGGER erasure_managed BEFORE INSERT OR UPDATE OR DELETE ON erasure
FOR EACH ROW EXECUTE FUNCTION rights_managers()
;;
CREATE TRIGGER restriction_signed BEFORE INSERT ON restriction FOR EACH ROW EXECUTE FUNCTION rights_signed('made_by')
;;
CREATE TRIGGER hold_signed BEFORE INSERT OR UPDATE OF made_by ON hold
FOR EACH ROW EXECUTE FUNCTION rights_signed('+made_by')
;;
CREATE TRIGGER erasure_signed BEFORE INSERT OR UPDATE OF requested_by, done_by ON erasure
FOR EACH ROW EXECUTE FUNCTION rights_signed('requested_by', 'done_by')
;;
CREATE TRIGGER access_signed BEFORE INSERT ON access FOR EACH ROW EXECUTE FUNCTION rights_signed('member')
