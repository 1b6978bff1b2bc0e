-- What may be served of `raw_html`, and by which rules it was made: see src/server/index/html.ts. NULL where there is nothing
-- to serve, or it is still to be made.
ALTER TABLE messages ADD html text, ADD html_version smallint;
CREATE INDEX messages_html ON messages (account_id, html_version) WHERE raw_html IS NOT NULL;
-- By which the HTML of its message refers to it, without angle brackets.
ALTER TABLE attachments ADD content_id text;
