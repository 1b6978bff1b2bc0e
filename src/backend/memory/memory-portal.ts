import type { Portal } from '../../model/index.js';
import { fileExtensions, usualForm } from '../../policy/index.js';
import { languageOf, propertiesOf, statusOf } from '../../world/records.js';
import { attachmentBytes, attachmentsPerMessage, messageLength } from '../../world/validate.js';
import type { World } from '../../world/world.js';
import type { BackendFeature } from '../portal-backend.js';

const features: readonly BackendFeature[] = [
  'signIn',
  'signOut',
  'createTicket',
  'reply',
  'close',
  'reopen',
  'rate',
  'edit',
  'addParticipant',
  'markRead',
  'upload',
  'download',
  'counts',
  'preferences',
  'setPreferences',
  'exportTickets',
  'subscribe',
];

const words = {
  en: { form: 'Contact support', subject: 'Subject', message: 'How can we help?' },
  pl: { form: 'Napisz do nas', subject: 'Temat', message: 'W czym możemy pomóc?' },
} as const;

/** Public settings of the world's portal, labels in the asked language. */
export function portalOf(world: World, locale?: string): Portal {
  const language = languageOf(world, locale);
  const label = words[language];
  // A word of another language would stand in the middle of the reader's own.
  const isForeign = locale !== undefined && !locale.toLowerCase().startsWith(language);
  return {
    name: world.portal.name,
    slug: world.portal.slug,
    locale: world.portal.locale,
    locales: world.portal.locales,
    signIn: ['password'],
    connections: [],
    features: world.portal.consent ? [...features, 'consent', 'withdrawConsent'] : features,
    forms: (world.portal.forms?.length ? world.portal.forms : [{ ...usualForm, label: null }]).map((form) => ({
      id: form.id,
      label: form.label?.[language] ?? label.form,
      fields: [
        { name: 'subject', type: 'text', required: true, label: label.subject },
        { name: 'message', type: 'textarea', required: true, label: label.message },
      ],
      properties: form.fields.map(({ property, required }) => ({ name: property, required })),
    })),
    statuses: world.statuses.map((status) => statusOf(world, status.id, language)),
    properties: propertiesOf(world, language),
    words: { ticket: (isForeign ? null : world.portal.words?.ticket[language]) ?? null },
    limits: { attachmentBytes, attachmentsPerMessage, attachmentExtensions: fileExtensions, messageLength },
  };
}
