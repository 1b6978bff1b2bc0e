-- Pages that ask for a portal which does not know them, for its owner to allow or to ignore.
CREATE TABLE origin_requests (
  account_id bigint NOT NULL,
  portal_id bigint NOT NULL,
  origin text NOT NULL,
  -- How often it has asked.
  asked integer NOT NULL,
  ignored boolean NOT NULL DEFAULT false,
  last_at timestamptz(3) NOT NULL,
  PRIMARY KEY (account_id, portal_id, origin),
  FOREIGN KEY (account_id, portal_id) REFERENCES portals
);
ALTER TABLE origin_requests ENABLE ROW LEVEL SECURITY;
ALTER TABLE origin_requests FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON origin_requests TO portico_staff;
CREATE POLICY staff ON origin_requests TO portico_staff USING (account_id = (SELECT app_account()))
  WITH CHECK (account_id = (SELECT app_account()));
GRANT SELECT, INSERT, UPDATE ON origin_requests TO portico_definer;
CREATE POLICY definer ON origin_requests TO portico_definer USING (true) WITH CHECK (true);

-- Anybody can ask in the name of any page: of the hundredth on, a portal's owner hears of no more.
CREATE FUNCTION ask_origin(account bigint, portal bigint, asking text, at timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE origin_requests SET asked = asked + 1, last_at = at
    WHERE account_id = account AND portal_id = portal AND origin = asking;
  IF NOT FOUND AND (SELECT count(*) FROM origin_requests WHERE account_id = account AND portal_id = portal) < 100 THEN
    INSERT INTO origin_requests (account_id, portal_id, origin, asked, last_at) VALUES (account, portal, asking, 1, at)
      ON CONFLICT DO NOTHING;
  END IF;
END $$;
REVOKE EXECUTE ON FUNCTION ask_origin(bigint, bigint, text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ask_origin(bigint, bigint, text, timestamptz) TO portico_app;
ALTER FUNCTION ask_origin(bigint, bigint, text, timestamptz) OWNER TO portico_definer;
