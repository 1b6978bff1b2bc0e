-- What may have changed for somebody is told to every process: a hint with ids only. Whoever hears it reads anew, as the
-- viewer who is concerned. Payloads: `<account>:<ticket>`, `<account>:contact:<contact>`, `<account>:portal`.

-- An internal note touches none of these columns, so it is not heard of.
CREATE FUNCTION tell_ticket() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM pg_notify('portico', NEW.account_id || ':' || NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER tell_ticket AFTER INSERT OR UPDATE OF status, updated_at, inbox_id, deleted_at ON tickets
  FOR EACH ROW EXECUTE FUNCTION tell_ticket();

CREATE FUNCTION tell_association() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM pg_notify('portico', OLD.account_id || ':' || OLD.ticket_id);
  ELSE
    PERFORM pg_notify('portico', NEW.account_id || ':' || NEW.ticket_id);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER tell_association AFTER INSERT OR DELETE ON ticket_contacts
  FOR EACH ROW EXECUTE FUNCTION tell_association();
CREATE TRIGGER tell_association AFTER INSERT OR DELETE ON ticket_companies
  FOR EACH ROW EXECUTE FUNCTION tell_association();

-- What takes something from a contact, or gives it: their open streams ask again who they are.
CREATE FUNCTION tell_contact() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM pg_notify('portico', OLD.account_id || ':contact:' || OLD.contact_id);
  ELSE
    PERFORM pg_notify('portico', NEW.account_id || ':contact:' || NEW.contact_id);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER tell_contact AFTER DELETE ON sessions FOR EACH ROW EXECUTE FUNCTION tell_contact();
CREATE TRIGGER tell_contact AFTER INSERT OR UPDATE OR DELETE ON contact_companies
  FOR EACH ROW EXECUTE FUNCTION tell_contact();
CREATE TRIGGER tell_contact AFTER DELETE ON access_group_members FOR EACH ROW EXECUTE FUNCTION tell_contact();

CREATE FUNCTION tell_person() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM pg_notify('portico', NEW.account_id || ':contact:' || NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER tell_person AFTER UPDATE OF enabled, verified, properties ON contacts
  FOR EACH ROW EXECUTE FUNCTION tell_person();

CREATE FUNCTION tell_portal() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM pg_notify('portico', OLD.account_id || ':portal');
  ELSE
    PERFORM pg_notify('portico', NEW.account_id || ':portal');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER tell_portal AFTER UPDATE OR DELETE ON portals FOR EACH ROW EXECUTE FUNCTION tell_portal();
CREATE TRIGGER tell_portal AFTER INSERT OR DELETE ON portal_inboxes FOR EACH ROW EXECUTE FUNCTION tell_portal();
CREATE TRIGGER tell_portal AFTER DELETE ON portal_access_groups FOR EACH ROW EXECUTE FUNCTION tell_portal();

REVOKE EXECUTE ON FUNCTION tell_ticket(), tell_association(), tell_contact(), tell_person(), tell_portal() FROM PUBLIC;
