import type { Action, ActionSettings, Category } from './actions.js';
import { actionsFor } from './actions.js';
import { snippetOf } from './search.js';
import { propertyOf } from './filter.js';
import type { Id, PortalFacts, Relation, TicketFacts, Viewer } from './visibility.js';
import { passedGroup, permissionOf, relationOf, visible } from './visibility.js';

/** The customer's view of a ticket and of a message, field by field: what is not named here never leaves. */

export interface Party {
  readonly id: Id;
  readonly publicId: string;
  readonly name: string;
  readonly role: 'requester' | 'contact' | 'participant';
}

export interface NamedCompany {
  readonly id: Id;
  readonly publicId: string;
  readonly name: string;
}

/** A ticket as a store keeps it, whole. */
export interface TicketRecord {
  readonly account: Id;
  readonly inbox: Id;
  readonly deleted: boolean;
  readonly publicId: string;
  readonly number: number;
  readonly subject: string;
  readonly status: { readonly id: string; readonly category: Category; readonly label: string };
  readonly parties: readonly Party[];
  readonly companies: readonly NamedCompany[];
  readonly createdAt: Date;
  /** Time of the last public event. */
  readonly updatedAt: Date;
  /** Contact who made the last public event; `null` when it was staff. */
  readonly lastContact: Id | null;
  /** When the viewer last read it. */
  readonly readAt: Date | null;
  /** What the viewer thinks of the help: of nobody else's rating a store may tell here. */
  readonly rating: { readonly rating: number; readonly comment: string | null } | null;
  readonly properties: Readonly<Record<string, string>>;
  /** The ticket that it goes on with. */
  readonly followUpOf: LinkedTicket | null;
  /** Those that go on with it. */
  readonly followUps: readonly LinkedTicket[];
}

/** Another ticket that this one is tied to, with what the policy asks of it. */
export type LinkedTicket = Pick<
  TicketRecord,
  'account' | 'inbox' | 'deleted' | 'publicId' | 'number' | 'subject' | 'parties' | 'companies'
>;

/** What of a portal the customer's view depends on. */
export interface ProjectionFacts extends PortalFacts {
  /** Ticket properties that customers see. */
  readonly properties: readonly string[];
  readonly actions: ActionSettings;
  /** What the help desk behind the portal cannot do. */
  readonly lacks: readonly Action[];
}

/** Who is expected to write next. */
export const turnOf = {
  open: 'support',
  waiting_on_contact: 'contact',
  closed: null,
} as const satisfies Record<Category, TicketView['turn']>;

interface Named {
  readonly id: string;
  readonly name: string;
}

export interface TicketView {
  readonly id: string;
  readonly number: number;
  readonly subject: string;
  readonly status: { readonly id: string; readonly category: Category; readonly label: string };
  readonly turn: 'contact' | 'support' | null;
  readonly requester: Named;
  readonly company: Named | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly unread: boolean;
  readonly snippet: { text: string; marks: [number, number][] } | null;
  readonly properties: Record<string, string>;
  readonly why: {
    readonly relation: Relation;
    readonly company: Named | null;
    readonly condition: { readonly property: string; readonly value: string } | null;
  };
}

export interface TicketLinkView {
  readonly id: string;
  readonly number: number;
  readonly subject: string;
}

export interface TicketDetailView extends TicketView {
  readonly actions: readonly Action[];
  readonly participants: readonly Named[];
  readonly rating: number | null;
  readonly ratingComment: string | null;
  readonly followUpOf: TicketLinkView | null;
  readonly followUps: readonly TicketLinkView[];
  readonly readAt: string | null;
}

const named = (thing: { readonly publicId: string; readonly name: string }): Named => ({
  id: thing.publicId,
  name: thing.name,
});

const withRole = (ticket: Pick<TicketRecord, 'parties'>, role: Party['role']) =>
  ticket.parties.filter((party) => party.role === role);

/** What the policy needs to know of a ticket. */
export function factsOf(ticket: LinkedTicket): TicketFacts {
  return {
    account: ticket.account,
    inbox: ticket.inbox,
    deleted: ticket.deleted,
    requester: withRole(ticket, 'requester')[0]?.id ?? '',
    contacts: withRole(ticket, 'contact').map((party) => party.id),
    participants: withRole(ticket, 'participant').map((party) => party.id),
    companies: ticket.companies.map((company) => company.id),
  };
}

/**
 * The ticket as this viewer sees it, or `null` when they may not see it at all.
 *
 * @param found text of a public message that a search matched, with the words asked for
 */
export function projectTicket(
  viewer: Viewer,
  ticket: TicketRecord,
  portal: ProjectionFacts,
  found: { readonly text: string; readonly q: string } | null = null,
): TicketView | null {
  const relation = relationOf(viewer, factsOf(ticket), portal);
  const requester = withRole(ticket, 'requester')[0];
  if (relation === null || !requester) return null;
  const company = relation === 'company' ? ticket.companies.find((one) => one.id === viewer.primaryCompany) : undefined;
  const { category } = ticket.status;
  return {
    id: ticket.publicId,
    number: ticket.number,
    subject: ticket.subject,
    status: { id: ticket.status.id, category, label: ticket.status.label },
    turn: turnOf[category],
    requester: named(requester),
    company: ticket.companies[0] ? named(ticket.companies[0]) : null,
    createdAt: ticket.createdAt.toISOString(),
    updatedAt: ticket.updatedAt.toISOString(),
    unread: ticket.lastContact !== viewer.id && (ticket.readAt === null || ticket.readAt < ticket.updatedAt),
    snippet: found && snippetOf(found.text, found.q),
    properties: Object.fromEntries(
      Object.entries(ticket.properties).filter(([property]) => portal.properties.includes(property)),
    ),
    why: {
      relation,
      company: company ? named(company) : null,
      condition: relation === 'company' ? conditionOf(viewer, portal) : null,
    },
  };
}

/** What of the contact gave them their company's tickets: the first known property of the group that they pass. */
function conditionOf(viewer: Viewer, portal: PortalFacts): TicketView['why']['condition'] {
  for (const { property } of passedGroup(viewer, portal.permission) ?? []) {
    const value = propertyOf(viewer.properties, property);
    if (value !== undefined) return { property, value };
  }
  return null;
}

/** The name of another ticket, for who may see that one as well. */
const linkTo = (viewer: Viewer, portal: ProjectionFacts) => (ticket: LinkedTicket | null) =>
  ticket && visible(viewer, factsOf(ticket), portal)
    ? { id: ticket.publicId, number: ticket.number, subject: ticket.subject }
    : null;

/** The same with what the viewer may do, or `null`. */
export function projectTicketDetail(
  viewer: Viewer,
  ticket: TicketRecord,
  portal: ProjectionFacts,
): TicketDetailView | null {
  const view = projectTicket(viewer, ticket, portal);
  const link = linkTo(viewer, portal);
  return (
    view && {
      ...view,
      actions: actionsFor(view.why.relation, view.status.category, portal.actions, portal.lacks),
      participants: ticket.parties.filter((party) => party.role !== 'requester').map(named),
      rating: ticket.rating?.rating ?? null,
      ratingComment: ticket.rating?.comment ?? null,
      followUpOf: link(ticket.followUpOf),
      followUps: ticket.followUps.flatMap((one) => link(one) ?? []),
      readAt: ticket.readAt?.toISOString() ?? null,
    }
  );
}

/** What the contact sees beyond their own tickets; `own` also without a primary company. */
export const effectivePermission = (viewer: Viewer, portal: PortalFacts): 'own' | 'company' =>
  viewer.primaryCompany === null ? 'own' : permissionOf(viewer, portal.permission);

export interface MessageRecord {
  readonly publicId: string;
  readonly kind: 'message' | 'status';
  readonly internal: boolean;
  readonly createdAt: Date;
  readonly author: { readonly publicId: string; readonly name: string; readonly side: 'contact' | 'support' };
  readonly text: string;
  /** Made harmless; `null` where there is only text. */
  readonly html: string | null;
  /** Customer labels before and after. */
  readonly status: { readonly from: string; readonly to: string } | null;
  readonly attachments: readonly {
    readonly publicId: string;
    readonly name: string;
    readonly type: string;
    readonly size: number;
    readonly inline: boolean;
    readonly contentId: string | null;
  }[];
}

export interface MessageView {
  readonly id: string;
  readonly kind: 'message' | 'status';
  readonly createdAt: string;
  readonly author: Named & { readonly side: 'contact' | 'support' };
  readonly text: string;
  readonly html: string | null;
  readonly status: { readonly from: string; readonly to: string } | null;
  readonly attachments: readonly (Named & {
    readonly type: string;
    readonly size: number;
    readonly inline: boolean;
    readonly contentId: string | null;
  })[];
}

/** The message as customers see it; `null` for an internal note. */
export const projectMessage = (message: MessageRecord): MessageView | null =>
  message.internal ? null : messageFields(message);

/** The fields of a message, for who has been found to see it. */
export function messageFields(message: MessageRecord): MessageView {
  return {
    id: message.publicId,
    kind: message.kind,
    createdAt: message.createdAt.toISOString(),
    author: { id: message.author.publicId, name: message.author.name, side: message.author.side },
    text: message.text,
    html: message.html,
    status: message.status && { from: message.status.from, to: message.status.to },
    attachments: message.attachments.map((file) => ({
      id: file.publicId,
      name: file.name,
      type: file.type,
      size: file.size,
      inline: file.inline,
      contentId: file.contentId,
    })),
  };
}
