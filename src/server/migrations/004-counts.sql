-- Counting takes one range for each inbox, status and (of one's own tickets) role, and leaves it after the number that is
-- shown as "or more": so it costs the same however many tickets a company has.
CREATE INDEX ticket_contacts_count ON ticket_contacts (account_id, contact_id, inbox_id, status, role, ticket_id)
  WHERE NOT deleted;
CREATE INDEX ticket_companies_count ON ticket_companies (account_id, company_id, inbox_id, status, ticket_id)
  WHERE NOT deleted;
