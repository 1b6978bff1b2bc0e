-- What a ticket goes through is its inbox's: a status is of every inbox, or of these alone.
ALTER TABLE statuses ADD inbox_ids bigint[];

CREATE OR REPLACE FUNCTION portal_by_host(asked_host text, system_host boolean, asked_slug text) RETURNS TABLE (
  account_id bigint, id bigint, slug text, name text, locale text, locales text[], is_open boolean, permission jsonb,
  actions jsonb, properties text[], property_definitions jsonb, origins text[], sign_in text[], access jsonb,
  join_companies boolean, idle_minutes integer, code_minutes integer, words jsonb, host_token boolean, connections jsonb,
  inboxes bigint[], statuses jsonb, desk jsonb, forms jsonb, brand jsonb, consent jsonb
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 1 AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY SELECT p.account_id, p.id, p.slug, p.name, p.locale, p.locales, p.is_open, p.permission, p.actions,
    p.properties, p.property_definitions, p.origins, p.sign_in, p.access, p.join_companies, p.idle_minutes, p.code_minutes,
    p.words,
    EXISTS (SELECT FROM host_keys k WHERE k.account_id = p.account_id AND k.portal_id = p.id),
    (SELECT coalesce(jsonb_agg(jsonb_build_object('id', n.public_id, 'label', n.label) ORDER BY n.id), '[]')
      FROM sso_connections n WHERE n.account_id = p.account_id AND n.portal_id = p.id),
    (SELECT coalesce(array_agg(i.inbox_id ORDER BY i.is_default DESC, i.inbox_id), '{}') FROM portal_inboxes i
      WHERE i.account_id = p.account_id AND i.portal_id = p.id),
    (SELECT coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'category', s.category, 'label', s.label, 'inboxes', s.inbox_ids)
        ORDER BY s.position), '[]') FROM statuses s WHERE s.account_id = p.account_id),
    (SELECT jsonb_build_object('lag', d.lag, 'syncedAt', floor(extract(epoch FROM d.synced_at) * 1000))
      FROM desks d WHERE d.account_id = p.account_id),
    p.forms, p.brand, p.consent
  FROM portals p
  WHERE p.slug = asked_slug AND coalesce(p.host, '') = CASE WHEN system_host THEN '' ELSE asked_host END;
END $$;

