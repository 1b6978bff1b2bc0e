-- Pictures of a portal's brand, apart from it: the brand is read with every request, and they are with few.

ALTER TABLE portals ADD brand_images jsonb NOT NULL DEFAULT '{}';

CREATE FUNCTION brand_image(account bigint, portal bigint, kind text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT brand_images ->> kind FROM portals WHERE account_id = account AND id = portal
$$;
REVOKE EXECUTE ON FUNCTION brand_image(bigint, bigint, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION brand_image(bigint, bigint, text) TO portico_app;
ALTER FUNCTION brand_image(bigint, bigint, text) OWNER TO portico_definer;
