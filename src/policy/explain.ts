import { type Action, actionsFor } from './actions.js';
import { type Filter, passes } from './filter.js';
import { type NamedCompany, type ProjectionFacts, type TicketRecord, factsOf } from './project.js';
import type { Id, PortalFacts, Relation, TicketFacts, Viewer } from './visibility.js';
import { passedGroup, permissionOf, relationOf } from './visibility.js';

/** All that decides whether a contact sees a ticket, with the names that an owner knows it by. */
export interface Question {
  readonly viewer: Viewer;
  /** Name of the contact. */
  readonly name: string;
  readonly companies: readonly NamedCompany[];
  /** May the contact sign in at the portal? */
  readonly admitted: boolean;
  readonly ticket: TicketRecord;
  readonly inbox: string;
  readonly portal: ProjectionFacts & { readonly accessGroups: readonly string[]; readonly access: Access };
}

/** Who may sign in at the portal at all. */
export type Access =
  | { readonly kind: 'open'; readonly emailDomains: readonly string[] }
  | { readonly kind: 'access-groups' | 'sso-only' };

const rules = [
  'account',
  'inbox',
  'deleted',
  'enabled',
  'verified',
  'access',
  'relation',
  'company',
  'permission',
  'actions',
] as const;

export interface ExplainedStep {
  readonly rule: (typeof rules)[number];
  /** `null` where it makes no difference. */
  readonly holds: boolean | null;
  /** One English sentence. */
  readonly words: string;
}

/** A filter of the permission, with what the contact has. */
export type AskedFilter = Filter & { readonly found: string | null; readonly holds: boolean };

export interface Explanation {
  readonly visible: boolean;
  readonly relation: Relation | null;
  readonly actions: readonly Action[];
  readonly summary: string;
  readonly steps: readonly ExplainedStep[];
  /** The groups of `company-if`; `null` for another permission. */
  readonly groups: readonly (readonly AskedFilter[])[] | null;
}

/**
 * Why the contact sees the ticket, or does not. The verdict is the policy's; so is each step's: it is asked about a ticket of
 * the contact's own in which only this step's facts are the real ones.
 */
export function explain(question: Question): Explanation {
  const { viewer, ticket: record, portal, name, admitted } = question;
  const ticket = factsOf(record);
  const { category } = record.status;
  const decided = relationOf(viewer, ticket, portal);
  const relation = admitted ? decided : null;
  const actions = relation === null ? [] : actionsFor(relation, category, portal.actions, portal.lacks);

  const ties = { requester: ticket.requester, contacts: ticket.contacts, participants: ticket.participants };
  const tie = suppose(viewer, { ticket: ties });
  const shared = suppose(viewer, {
    ticket: { requester: nobody, companies: ticket.companies },
    portal: { permission: { kind: 'company' } },
  });
  const wide = permissionOf(viewer, portal.permission) === 'company';
  const company = question.companies.find(({ id }) => id === viewer.primaryCompany)?.name;
  const needless = tie !== null && `It makes no difference: ${name} ${tieWords[tie]}.`;

  const holds = (words: [yes: string, no: string], facts: Supposed) => {
    const yes = suppose(viewer, facts) !== null;
    return { holds: yes, words: words[yes ? 0 : 1] };
  };
  const steps: Readonly<Record<ExplainedStep['rule'], Omit<ExplainedStep, 'rule'>>> = {
    account: holds(
      ['Contact, ticket and portal belong to the same account.', 'The ticket belongs to another account.'],
      { ticket: { account: ticket.account }, portal: { account: portal.account } },
    ),
    inbox: holds(
      [`The portal shows the inbox "${question.inbox}".`, `The portal does not show the inbox "${question.inbox}".`],
      { ticket: { inbox: ticket.inbox }, portal: { inboxes: portal.inboxes } },
    ),
    deleted: holds(['The ticket is not deleted.', 'The ticket is deleted.'], { ticket: { deleted: ticket.deleted } }),
    enabled: holds([`${name} is enabled.`, `${name} is disabled.`], { viewer: { enabled: viewer.enabled } }),
    verified: holds([`The address of ${name} is verified.`, `The address of ${name} is not verified.`], {
      viewer: { verified: viewer.verified },
    }),
    access: { holds: admitted, words: accessWords(question) },
    relation: {
      holds: tie !== null,
      words: tie === null ? `${name} did not ask and does not take part.` : `${name} ${tieWords[tie]}.`,
    },
    company: needless
      ? { holds: null, words: needless }
      : { holds: shared !== null, words: companyWords(name, company, shared !== null) },
    permission: needless ? { holds: null, words: needless } : { holds: wide, words: permissionWords(question) },
    actions: {
      holds: null,
      words: actions.length > 0 ? `${name} may ${listed(actions.map(toWords), 'and')}.` : `${name} may do nothing.`,
    },
  };
  const order: readonly ExplainedStep['rule'][] = rules;
  const stop = order.find((rule) => rule !== 'relation' && steps[rule].holds === false);
  const summary =
    relation === null
      ? `${name} does not see the ticket. ${stop ? steps[stop].words : ''}`
      : `${name} sees the ticket: ${relation === 'company' ? `it belongs to ${company}` : `${name} ${tieWords[relation]}`}.`;
  return {
    visible: relation !== null,
    relation,
    actions,
    summary,
    steps: order.map((rule) => ({ rule, ...steps[rule] })),
    groups: groupsOf(viewer, portal),
  };
}

const nobody = -1;

interface Supposed {
  readonly viewer?: Partial<Viewer>;
  readonly ticket?: Partial<TicketFacts>;
  readonly portal?: Partial<PortalFacts>;
}

/** The policy's answer for this contact and a ticket that they asked for themselves, but for the facts given. */
function suppose(viewer: Viewer, facts: Supposed): Relation | null {
  const inbox: Id = 0;
  const { account, id } = viewer;
  const own = { account, inbox, deleted: false, requester: id, contacts: [], participants: [], companies: [] };
  return relationOf(
    { ...viewer, enabled: true, verified: true, ...facts.viewer },
    { ...own, ...facts.ticket },
    { account, inboxes: [inbox], permission: { kind: 'own' }, ...facts.portal },
  );
}

const tieWords: Readonly<Record<Relation, string>> = {
  requester: 'asked for it',
  contact: 'was added by support',
  participant: 'takes part in it',
  company: 'belongs to its company',
};

function accessWords({ name, admitted, viewer, portal: { access, accessGroups } }: Question): string {
  const may = `${name} ${admitted ? 'may' : 'may not'} sign in`;
  if (!viewer.enabled || !viewer.verified) return `${may}.`;
  if (access.kind === 'sso-only') {
    return `${may}: the portal lets in who comes by single sign-on, and ${name} ${admitted ? 'has' : 'never has'}.`;
  }
  const groups = accessGroups.join(', ');
  if (access.kind === 'open') {
    const domains = access.emailDomains.join(', ');
    if (domains === '') return `${may}: the portal is open to everybody.`;
    return `${may}: the portal is open to addresses of ${domains}${groups === '' ? '' : ` and to its access groups: ${groups}`}.`;
  }
  if (admitted) return `${name} is in an access group of the portal and may sign in.`;
  return groups === ''
    ? 'The portal has no access group: nobody may sign in.'
    : `${name} is in none of the portal's access groups: ${groups}.`;
}

function companyWords(name: string, company: string | undefined, shared: boolean): string {
  if (company === undefined) return `${name} has no primary company.`;
  return `The ticket ${shared ? 'belongs' : 'does not belong'} to ${company}, the primary company of ${name}.`;
}

function permissionWords({ name, viewer, portal: { permission } }: Question): string {
  if (permission.kind === 'own') return 'The portal shows contacts their own tickets only.';
  if (permission.kind === 'company') return 'The portal shows contacts all tickets of their primary company.';
  const passed = passedGroup(viewer, permission);
  const groups = passed ? [passed] : permission.groups.filter((group) => group.length > 0);
  if (groups.length === 0) return 'The portal names no condition for the tickets of the company: nobody passes.';
  const asked = groups.map((group) => listed(group.map(filterWords), 'and')).join(', or if ');
  const properties = [...new Set(groups.flat().map(({ property }) => property))];
  const has = (property: string) => {
    const value = Object.hasOwn(viewer.properties, property) ? viewer.properties[property] : undefined;
    return value === undefined ? `has no ${property}` : `has ${property} "${value}"`;
  };
  const found = `${name} ${listed(properties.map(has), 'and')}`;
  return `The portal shows contacts all tickets of their primary company if ${asked}; ${found}.`;
}

const operatorWords: Readonly<Record<Filter['operator'], string>> = {
  is: 'is',
  'is-not': 'is not',
  'is-any-of': 'is any of',
  contains: 'contains',
  greater: 'is greater than',
  less: 'is less than',
  before: 'is before',
  after: 'is after',
  'is-known': 'is known',
  'is-unknown': 'is unknown',
};

function filterWords(filter: Filter): string {
  const said = `${filter.property} ${operatorWords[filter.operator]}`;
  if (!('value' in filter)) return said;
  const values = typeof filter.value === 'string' ? [filter.value] : filter.value;
  return `${said} ${values.map((value) => `"${value}"`).join(', ')}`;
}

const toWords = (action: Action) => (action === 'add-participant' ? 'add participants' : action);

const listed = (items: readonly string[], last: string) =>
  items.length < 2 ? items.join() : `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)}`;

const groupsOf = ({ properties }: Viewer, { permission }: PortalFacts): Explanation['groups'] =>
  permission.kind !== 'company-if'
    ? null
    : permission.groups.map((group) =>
        group.map((filter) => ({
          ...filter,
          found: (Object.hasOwn(properties, filter.property) ? properties[filter.property] : null) ?? null,
          holds: passes(properties, filter),
        })),
      );
