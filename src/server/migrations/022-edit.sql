-- Who asked may say more of a ticket later: of its properties those that the portal defines (src/policy/property-change.ts).
-- Which rows is said by the policies that are there.
GRANT UPDATE (properties) ON tickets TO portico_app;

-- Lists show properties, though a change of one is no event of the ticket: none of its times moves. It is told of when every
-- portal that shows the ticket shows all that has changed; else a hint alone would say that something hidden has.
CREATE FUNCTION tell_properties() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE changed text[] := ARRAY(SELECT name FROM jsonb_object_keys(OLD.properties || NEW.properties) AS k (name)
  WHERE OLD.properties -> name IS DISTINCT FROM NEW.properties -> name);
BEGIN
  IF NOT EXISTS (SELECT FROM portal_inboxes i JOIN portals p ON p.account_id = i.account_id AND p.id = i.portal_id
    WHERE i.account_id = NEW.account_id AND i.inbox_id = NEW.inbox_id AND NOT changed <@ p.properties)
  THEN PERFORM pg_notify('portico', NEW.account_id || ':' || NEW.id);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER tell_properties AFTER UPDATE OF properties ON tickets
  FOR EACH ROW WHEN (OLD.properties IS DISTINCT FROM NEW.properties) EXECUTE FUNCTION tell_properties();
REVOKE EXECUTE ON FUNCTION tell_properties() FROM PUBLIC;
ALTER FUNCTION tell_properties() OWNER TO portico_definer;
