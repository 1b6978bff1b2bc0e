-- How many bytes of an upload are there, until it is whole and has been looked into: NULL from then on.
ALTER TABLE uploads ADD COLUMN received bigint CHECK (received >= 0);
GRANT UPDATE (received, size, file_key) ON uploads TO portico_app;

-- As before, and of what is whole.
DROP POLICY write ON attachments;
CREATE POLICY write ON attachments FOR INSERT TO portico_app
  WITH CHECK (account_id = (SELECT app_account())
    AND EXISTS (SELECT FROM messages m WHERE m.account_id = attachments.account_id
      AND m.ticket_id = attachments.ticket_id AND m.id = attachments.message_id
      AND m.contact_id = (SELECT app_viewer()) OFFSET 0)
    AND EXISTS (SELECT FROM uploads u WHERE u.account_id = attachments.account_id
      AND u.public_id = attachments.public_id AND u.file_key = attachments.file_key AND u.received IS NULL OFFSET 0));
