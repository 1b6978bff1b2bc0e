-- Who takes part in a ticket may bring in a colleague, and names them by address (src/server/writing/participants.ts).

-- May the viewer bring this contact into this ticket: enabled, of a verified address, and of a company that is the viewer's, and
-- the ticket's where it has any? (mayBringIn in src/policy/colleague.ts) Both is looked up whoever it is, and also for nobody:
-- how long it takes tells nothing.
CREATE FUNCTION is_colleague(ticket bigint, contact bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE able boolean; shared bigint;
BEGIN
  SELECT c.enabled AND c.verified INTO able FROM contacts c WHERE c.account_id = app_account() AND c.id = contact;
  SELECT count(*) INTO shared FROM contact_companies mine
    JOIN contact_companies theirs ON theirs.account_id = mine.account_id AND theirs.company_id = mine.company_id
    WHERE mine.account_id = app_account() AND mine.contact_id = app_viewer() AND theirs.contact_id = contact
      AND (EXISTS (SELECT FROM ticket_companies tc WHERE tc.account_id = mine.account_id AND tc.ticket_id = ticket
          AND tc.company_id = mine.company_id)
        OR NOT EXISTS (SELECT FROM ticket_companies tc WHERE tc.account_id = mine.account_id AND tc.ticket_id = ticket));
  RETURN coalesce(able AND shared > 0 AND contact <> app_viewer(), false);
END $$;

-- The colleague with this address, or who takes part in the ticket already and has it; nobody else is ever told of.
CREATE FUNCTION invited_by_email(asked_ticket bigint, asked_email text) RETURNS TABLE (
  contact_id bigint, contact_public_id text
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 1 AS $$
#variable_conflict use_column
DECLARE found bigint; public text; colleague boolean; party boolean;
BEGIN
  SELECT c.id, c.public_id INTO found, public FROM contacts c
    WHERE c.account_id = app_account() AND lower(c.email) = lower(asked_email);
  found := coalesce(found, 0);
  colleague := is_colleague(asked_ticket, found);
  party := sees_ticket(asked_ticket) AND EXISTS (SELECT FROM ticket_contacts tc
    WHERE tc.account_id = app_account() AND tc.contact_id = found AND tc.ticket_id = asked_ticket);
  RETURN QUERY SELECT found, public WHERE colleague OR party;
END $$;

REVOKE EXECUTE ON FUNCTION is_colleague(bigint, bigint), invited_by_email(bigint, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION is_colleague(bigint, bigint), invited_by_email(bigint, text) TO portico_app;
ALTER FUNCTION is_colleague(bigint, bigint) OWNER TO portico_definer;
ALTER FUNCTION invited_by_email(bigint, text) OWNER TO portico_definer;

-- Only into a ticket that the viewer sees.
CREATE POLICY bring_in ON ticket_contacts FOR INSERT TO portico_app
  WITH CHECK (account_id = (SELECT app_account()) AND role = 'participant' AND sees_ticket(ticket_id)
    AND is_colleague(ticket_id, contact_id));
