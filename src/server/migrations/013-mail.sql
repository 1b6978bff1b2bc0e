-- Mail that is to be sent, written in the transaction of what it tells of: src/server/mail/ sends it, as often as it takes.
CREATE TABLE mails (
  account_id bigint NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  portal_id bigint NOT NULL,
  -- What its Message-ID begins with, the same for each try.
  message_id text NOT NULL,
  -- Recipient and content, sealed with the server's secret: whoever reads the table has no address, code or link. NULL when
  -- it is done with.
  sealed text,
  expires_at timestamptz(3) NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  -- When it is tried. Who tries has it for themselves until then.
  next_at timestamptz(3) NOT NULL,
  -- NULL while it waits.
  outcome text CHECK (outcome IN ('sent', 'refused', 'outdated')),
  finished_at timestamptz(3),
  created_at timestamptz(3) NOT NULL,
  PRIMARY KEY (account_id, id),
  UNIQUE (account_id, message_id),
  CHECK ((outcome IS NULL) = (finished_at IS NULL)),
  FOREIGN KEY (account_id, portal_id) REFERENCES portals
);
CREATE INDEX mails_waiting ON mails (account_id, next_at) WHERE outcome IS NULL;
ALTER TABLE mails ENABLE ROW LEVEL SECURITY;
ALTER TABLE mails FORCE ROW LEVEL SECURITY;

-- Whoever asks for a mail puts it in, and sees neither it nor others.
GRANT INSERT (account_id, portal_id, message_id, sealed, expires_at, next_at, created_at) ON mails TO portico_app;
CREATE POLICY add ON mails FOR INSERT TO portico_app
  WITH CHECK (account_id = (SELECT app_account()) AND portal_id = (SELECT app_portal()));

GRANT SELECT, INSERT, UPDATE, DELETE ON mails TO portico_staff;
CREATE POLICY staff ON mails TO portico_staff USING (account_id = (SELECT app_account()))
  WITH CHECK (account_id = (SELECT app_account()));

-- Accounts with mail that is to be tried now: for the job that sends it, before it enters one.
CREATE FUNCTION mail_accounts(at timestamptz) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
  $$ SELECT DISTINCT account_id FROM mails WHERE outcome IS NULL AND next_at <= at ORDER BY 1 $$;
GRANT SELECT (account_id, outcome, next_at) ON mails TO portico_definer;
CREATE POLICY definer ON mails FOR SELECT TO portico_definer USING (true);
REVOKE EXECUTE ON FUNCTION mail_accounts(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION mail_accounts(timestamptz) TO portico_staff;
ALTER FUNCTION mail_accounts(timestamptz) OWNER TO portico_definer;
