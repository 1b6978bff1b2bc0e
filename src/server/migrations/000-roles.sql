-- The four roles, and what they need to begin with. Run by a superuser before every migration: roles belong to the whole
-- cluster, so they may be there already. On a PostgreSQL of your own, run it once with psql and give portico_owner and
-- portico_app a password.
DO $$
BEGIN
  -- Owns the tables and migrates; under row level security like everybody else.
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'portico_owner') THEN
    CREATE ROLE portico_owner LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
  END IF;
  -- Owns the functions that look up what a visitor may not read; nobody signs in as it.
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'portico_definer') THEN
    CREATE ROLE portico_definer NOLOGIN NOSUPERUSER NOBYPASSRLS;
  END IF;
  -- Staff, administration and jobs.
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'portico_staff') THEN
    CREATE ROLE portico_staff NOLOGIN NOSUPERUSER NOBYPASSRLS;
  END IF;
  -- The server's login. It becomes portico_staff by SET LOCAL ROLE and inherits nothing of it: without NOINHERIT the
  -- policies of staff would hold for every visitor.
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'portico_app') THEN
    CREATE ROLE portico_app LOGIN NOINHERIT NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
  END IF;
END $$;

GRANT portico_definer TO portico_owner;
GRANT portico_staff TO portico_app;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO portico_owner, portico_definer;
GRANT USAGE ON SCHEMA public TO portico_app, portico_staff;
