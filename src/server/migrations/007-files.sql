-- The bytes of attachments where servers share the database; beside the embedded one they are files in a folder.
CREATE TABLE file_chunks (
  account_id bigint NOT NULL REFERENCES accounts,
  file_key text NOT NULL,
  position integer NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (account_id, file_key, position)
);
-- Attachments are compressed already, as a rule: trying again costs time and saves nothing.
ALTER TABLE file_chunks ALTER COLUMN bytes SET STORAGE EXTERNAL;
ALTER TABLE file_chunks ENABLE ROW LEVEL SECURITY;
ALTER TABLE file_chunks FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON file_chunks TO portico_staff;
CREATE POLICY staff ON file_chunks TO portico_staff USING (account_id = (SELECT app_account()))
  WITH CHECK (account_id = (SELECT app_account()));
