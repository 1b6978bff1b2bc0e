import type { PortalBackend } from '../../../backend/portal-backend.js';

export type PreviewPortal = Awaited<ReturnType<PortalBackend['portal']>>;

/** A portal that is only in this page, in one language, and that can do nothing. */
export const previewPortal = (language: string): PreviewPortal => ({
  name: '',
  // No portal has such a slug, so that no draft of a customer's is near.
  slug: 'the preview',
  locale: language,
  locales: [language],
  signIn: [],
  features: [],
  forms: [],
  properties: [],
  statuses: [],
  words: { ticket: null },
  limits: { attachmentBytes: 0, attachmentsPerMessage: 0, messageLength: 20_000 },
});

/** What its backend says of tickets and threads. */
export const nothingThere = (): Promise<never> => Promise.reject(new Error('There are no tickets in a preview.'));
