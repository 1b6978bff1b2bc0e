-- Whether the server asks addresses inside its own network because an admin of this account has set them: a help desk, a
-- provider. It is not theirs to decide, but for whoever runs the server to give. Accounts that are there already keep what they
-- could do until now, so that no connection that works ends with an update; `portico account <company> --no-inner-addresses`
-- takes it from those that are not the operator's own.
ALTER TABLE accounts ADD inner_addresses boolean NOT NULL DEFAULT true;
ALTER TABLE accounts ALTER inner_addresses SET DEFAULT false;
