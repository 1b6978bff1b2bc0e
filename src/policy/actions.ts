import type { Relation } from './visibility.js';

export type Category = 'open' | 'waiting_on_contact' | 'closed';

/** In the order in which they are shown. */
export const allActions = ['reply', 'close', 'reopen', 'add-participant', 'rate', 'edit'] as const;
export type Action = (typeof allActions)[number];

/** Who acts: a `contact` of a ticket may do what a `participant` may, and a `colleague` sees it through the company. */
export type Role = 'requester' | 'participant' | 'colleague';

/** What each role may do in each status category; what is left out stays as it is without a setting. */
export type ActionSettings = { readonly [R in Role]?: { readonly [C in Category]?: readonly Action[] } };

/** What each role may do without a setting. */
export const usualActions = {
  requester: {
    open: ['reply', 'close', 'add-participant', 'edit'],
    waiting_on_contact: ['reply', 'close', 'add-participant', 'edit'],
    closed: ['reply', 'reopen', 'rate'],
  },
  participant: {
    open: ['reply', 'close', 'add-participant'],
    waiting_on_contact: ['reply', 'close', 'add-participant'],
    closed: ['reply', 'reopen'],
  },
  // Takes part from the first reply on.
  colleague: { open: ['reply'], waiting_on_contact: ['reply'], closed: [] },
} as const satisfies Required<{ [R in Role]: Required<ActionSettings[R]> }>;

/** What makes no sense in a category, whatever a setting says. */
const pointless: Readonly<Record<Category, readonly Action[]>> = {
  open: ['reopen', 'rate'],
  waiting_on_contact: ['reopen', 'rate'],
  closed: ['close', 'add-participant', 'edit'],
};

/** What can be allowed in a category. @param lacks what cannot be done here, whoever may */
export const possibleActions = (category: Category, lacks: readonly Action[] = []): readonly Action[] =>
  allActions.filter((action) => !pointless[category].includes(action) && !lacks.includes(action));

/**
 * What one may do with a ticket that one sees. A reply to a closed ticket opens it again, so who may not reopen may not
 * reply then.
 *
 * @param lacks what cannot be done here, whoever may
 */
export function actionsFor(
  relation: Relation,
  category: Category,
  settings: ActionSettings = {},
  lacks: readonly Action[] = [],
): readonly Action[] {
  const role = relation === 'company' ? 'colleague' : relation === 'contact' ? 'participant' : relation;
  const allowed: readonly Action[] = settings[role]?.[category] ?? usualActions[role][category];
  const mayReply = category !== 'closed' || allowed.includes('reopen');
  return possibleActions(category, lacks).filter(
    (action) => allowed.includes(action) && (action !== 'reply' || mayReply),
  );
}

/** The status, of those in the order of a list, in which a ticket is closed or opened again: what was answered is no longer new. */
export function statusAfter(
  statuses: readonly { readonly id: string; readonly category: Category }[],
  action: 'close' | 'reopen',
): string {
  const status =
    action === 'close'
      ? statuses.find(({ category }) => category === 'closed')
      : statuses.findLast(({ category }) => category === 'open');
  if (!status) throw new Error(`no status to ${action} a ticket with`);
  return status.id;
}
