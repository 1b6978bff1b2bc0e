-- What an account knows of its contacts, as its owner has defined it. Values stay with the contacts, as text, whatever is
-- defined: a property that nobody has defined is a text without a form.
CREATE TABLE contact_properties (
  account_id bigint NOT NULL REFERENCES accounts,
  id bigint GENERATED ALWAYS AS IDENTITY,
  public_id text NOT NULL,
  name text NOT NULL,
  -- In the owner's own language: nobody else reads it.
  label text NOT NULL,
  type text NOT NULL CHECK (type IN ('text', 'number', 'date', 'boolean', 'choice')),
  options text[],
  PRIMARY KEY (account_id, id),
  UNIQUE (account_id, public_id),
  UNIQUE (account_id, name),
  CHECK ((options IS NOT NULL) = (type = 'choice'))
);
ALTER TABLE contact_properties ENABLE ROW LEVEL SECURITY;
ALTER TABLE contact_properties FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON contact_properties TO portico_staff;
CREATE POLICY staff ON contact_properties TO portico_staff USING (account_id = (SELECT app_account()))
  WITH CHECK (account_id = (SELECT app_account()));
