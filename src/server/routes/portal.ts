import type { Handlers } from '../http/mount.js';
import type { Admitted, PortalWhos } from '../http/portal-call.js';
import { waysIn } from '../identity/ways-in.js';
import type { AppDeps } from '../deps.js';
import { labelIn, pipelineOf, type PortalSettings, propertiesIn, statusLabel } from '../settings/portal.js';
import { attachmentsPerMessage, messageLength, type portalRoutes, tusVersion } from '../../wire/index.js';
import type { Portal } from '../../model/index.js';
import { fileExtensions, usualForm } from '../../policy/index.js';

/** Names of the optional backend methods that this server has, whatever desk is behind it. */
const features = [
  'signIn',
  'startSignIn',
  'setPassword',
  'signInByToken',
  'signOut',
  'signInElsewhere',
  'resumeSignIn',
  'createTicket',
  'reply',
  'close',
  'reopen',
  'rate',
  'markRead',
  'upload',
  'download',
  'counts',
  'preferences',
  'setPreferences',
  'exportTickets',
  'subscribe',
];

/** Those that not every desk has, by the action that they carry out. */
const ofActions = [
  ['edit', 'edit'],
  ['add-participant', 'addParticipant'],
] as const;

/** Of a portal that has ever had a notice to agree to. */
const ofConsent = ['consent', 'withdrawConsent'];

/** Labels of what every form has, and of the one that every portal has until owners make their own. */
const formLabels = {
  en: { form: 'Contact support', subject: 'Subject', message: 'How can we help?' },
  pl: { form: 'Napisz do nas', subject: 'Temat', message: 'W czym możemy pomóc?' },
} as const;

export const portalHandlers = (deps: AppDeps): Pick<Handlers<typeof portalRoutes, PortalWhos>, 'getPortal'> => ({
  async getPortal({ who, headers }) {
    if (deps.tus) headers.set('tus-version', tusVersion);
    return projectPortal(who, waysIn(deps, who.portal), deps);
  },
});

/** What tickets of its inboxes can have. */
const statusesOf = ({ statuses, inboxes }: PortalSettings) =>
  statuses.filter((status) => inboxes.some((inbox) => pipelineOf([status], inbox).length > 0));

function projectPortal(
  { portal, language, isForeign }: Admitted,
  signIn: Portal['signIn'],
  { attachmentBytes }: Pick<AppDeps, 'attachmentBytes'>,
) {
  return {
    name: portal.name,
    slug: portal.slug,
    locale: portal.locale,
    locales: [...portal.locales],
    signIn: [...signIn],
    connections: portal.connections.map(({ id, label }) => ({ id, label })),
    features: [
      ...features,
      ...ofActions.flatMap(([action, feature]) => (portal.lacks.includes(action) ? [] : feature)),
      ...(portal.consent.version > 0 ? ofConsent : []),
    ],
    forms: formsIn(portal, language),
    statuses: statusesOf(portal).map((status) => ({
      id: status.id,
      category: status.category,
      label: statusLabel(portal, status, language),
    })),
    properties: propertiesIn(portal, language),
    // A word of another language would stand in the middle of the reader's own.
    words: { ticket: (!isForeign && portal.words.ticket[language]) || null },
    limits: { attachmentBytes, attachmentsPerMessage, attachmentExtensions: [...fileExtensions], messageLength },
  };
}

/** The owner's forms, or the one that every portal has. */
function formsIn(portal: PortalSettings, language: string) {
  const labels = language === 'pl' ? formLabels.pl : formLabels.en;
  const forms = portal.forms.length > 0 ? portal.forms : [{ ...usualForm, label: null }];
  return forms.map(({ id, label, fields }) => ({
    id,
    label: (label && labelIn(portal, label, language)) ?? labels.form,
    fields: [
      { name: 'subject', type: 'text' as const, required: true, label: labels.subject },
      { name: 'message', type: 'textarea' as const, required: true, label: labels.message },
    ],
    properties: fields.map(({ property, required }) => ({ name: property, required })),
  }));
}
