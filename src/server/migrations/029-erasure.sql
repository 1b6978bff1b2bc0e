-- Tickets stay for the company when a contact is erased, and each has a requester: the contact's row stays with nothing in it
-- that was theirs.
ALTER TABLE contacts ADD erased_at timestamptz(3);
