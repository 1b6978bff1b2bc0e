-- How often something was tried, shared by all processes of the server: see src/server/identity/limits.ts. Of the server,
-- not of an account: an address is limited whatever it asks for. Unlogged: after a crash counting begins anew.
CREATE UNLOGGED TABLE rate_limits (
  -- A keyed hash: neither addresses of people nor of machines can be read here.
  key text PRIMARY KEY,
  points integer NOT NULL,
  expires_at timestamptz(3) NOT NULL
);
CREATE INDEX rate_limits_expiry ON rate_limits (expires_at);

-- Adds points to a key whose time begins with its first point, or sets both when forced. Before somebody has signed in there
-- is no context, so this is a definer's: the server's login counts, and reads nothing.
CREATE FUNCTION count_limit(asked_key text, change integer, at timestamptz, until timestamptz, forced boolean)
RETURNS TABLE (points integer, expires_at timestamptz)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY INSERT INTO rate_limits AS l (key, points, expires_at) VALUES (asked_key, greatest(change, 0), until)
    ON CONFLICT (key) DO UPDATE SET
      points = CASE WHEN forced OR l.expires_at <= at THEN excluded.points ELSE greatest(l.points + change, 0) END,
      expires_at = CASE WHEN forced OR l.expires_at <= at THEN until ELSE l.expires_at END
    RETURNING l.points, l.expires_at::timestamptz;
END $$;
REVOKE EXECUTE ON FUNCTION count_limit(text, integer, timestamptz, timestamptz, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION count_limit(text, integer, timestamptz, timestamptz, boolean) TO portico_app;
ALTER FUNCTION count_limit(text, integer, timestamptz, timestamptz, boolean) OWNER TO portico_definer;

ALTER TABLE rate_limits ENABLE ROW LEVEL SECURITY;
ALTER TABLE rate_limits FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON rate_limits TO portico_definer;
CREATE POLICY definer ON rate_limits TO portico_definer USING (true) WITH CHECK (true);
-- The hourly job removes what has run out.
GRANT SELECT, DELETE ON rate_limits TO portico_staff;
CREATE POLICY staff ON rate_limits TO portico_staff USING (true);
