-- Counting takes one range for each inbox, status and (of one's own tickets) role, and leaves it after the number that is
-- shown as "or more": so it costs the same however many tickets a company has.
CREATE INDEX ticket_contacts_count ON ticket_contacts (account_id, contact_id, inbox_id, status, role, ticket_id)
  WHERE NOT deleted;
CREATE INDEX ticket_companies_count ON ticket_companies (account_id, company_id, inbox_id, status, ticket_id)
  WHERE NOT deleted;

-- "Unread" looks at the newest tickets. With a copy of who made the last public event it need not open each of them, which
-- would mean to ask the policy of tickets for each.
ALTER TABLE ticket_contacts ADD COLUMN last_contact_id bigint;
ALTER TABLE ticket_companies ADD COLUMN last_contact_id bigint;
GRANT UPDATE (last_contact_id) ON ticket_contacts, ticket_companies TO portico_definer;

-- The two functions that keep the copies (002), one column more.
CREATE OR REPLACE FUNCTION copy_order_keys() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  SELECT t.status, t.inbox_id, t.updated_at, t.deleted_at IS NOT NULL, t.last_contact_id
    INTO STRICT NEW.status, NEW.inbox_id, NEW.updated_at, NEW.deleted, NEW.last_contact_id
    FROM tickets t WHERE t.account_id = NEW.account_id AND t.id = NEW.ticket_id;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION spread_order_keys() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE ticket_contacts SET status = NEW.status, inbox_id = NEW.inbox_id, updated_at = NEW.updated_at,
      deleted = NEW.deleted_at IS NOT NULL, last_contact_id = NEW.last_contact_id
    WHERE account_id = NEW.account_id AND ticket_id = NEW.id;
  UPDATE ticket_companies SET status = NEW.status, inbox_id = NEW.inbox_id, updated_at = NEW.updated_at,
      deleted = NEW.deleted_at IS NOT NULL, last_contact_id = NEW.last_contact_id
    WHERE account_id = NEW.account_id AND ticket_id = NEW.id;
  RETURN NULL;
END $$;
DROP TRIGGER spread_order_keys ON tickets;
CREATE TRIGGER spread_order_keys AFTER UPDATE OF status, inbox_id, updated_at, last_contact_id, deleted_at ON tickets
  FOR EACH ROW EXECUTE FUNCTION spread_order_keys();
