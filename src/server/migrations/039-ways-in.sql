-- Access groups that who accepts an invitation joins, as the owner has chosen; NULL where nobody has chosen.
ALTER TABLE flows ADD group_ids bigint[], ADD CONSTRAINT flows_groups CHECK (group_ids IS NULL OR kind = 'invitation');

-- Those of them that are still the portal's: of none that somebody has chosen, none. Without a choice the first one of all.
CREATE FUNCTION invited_groups(asked_account bigint, asked_portal bigint, chosen bigint[])
RETURNS TABLE (id bigint, name text) LANGUAGE sql STABLE AS $$
  SELECT g.id, g.name FROM portal_access_groups a JOIN access_groups g ON g.account_id = a.account_id AND g.id = a.group_id
  WHERE a.account_id = asked_account AND a.portal_id = asked_portal AND (chosen IS NULL OR g.id = ANY (chosen))
  ORDER BY g.name LIMIT CASE WHEN chosen IS NULL THEN 1 END
$$;
REVOKE EXECUTE ON FUNCTION invited_groups(bigint, bigint, bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION invited_groups(bigint, bigint, bigint[]) TO portico_staff;

-- When the key of a site has signed somebody in last, to the hour; NULL for one that never has.
ALTER TABLE host_keys ADD last_used_at timestamptz(3);
