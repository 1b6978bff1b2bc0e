/** Kinds of events, by what somebody looks for. */
export const eventGroups = {
  'sign-in': ['sign-in', 'sign-out', 'password-changed', 'identity-linked', 'access', 'origin'],
  portals: [
    'portal-created',
    'portal-changed',
    'domain-created',
    'domain-changed',
    'domain-deleted',
    'connection-created',
    'connection-changed',
    'connection-deleted',
  ],
  people: [
    'contact-created',
    'contact-changed',
    'contact-erased',
    'property-created',
    'property-changed',
    'property-deleted',
    'company-created',
    'company-changed',
    'company-deleted',
    'invitation',
    'parties-changed',
  ],
  looks: ['explain', 'preview', 'export', 'contact-exported'],
  staff: ['account-created', 'staff-created', 'staff-changed', 'staff-link', 'staff-welcome'],
  account: [
    'desk-changed',
    'inbox-created',
    'inbox-changed',
    'inbox-deleted',
    'status-created',
    'status-changed',
    'status-deleted',
  ],
} as const;
export type EventGroup = keyof typeof eventGroups;
