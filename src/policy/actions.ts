import type { Relation } from './visibility.js';

export type Category = 'open' | 'waiting_on_contact' | 'closed';
export type Action = 'reply' | 'close' | 'reopen' | 'add-participant' | 'rate' | 'edit';

/**
 * What one may do with a ticket that one sees. A reply to a closed ticket opens it again, so who may not reopen may not
 * reply then. Who takes part may do all; a colleague may read and reply, and takes part from then on.
 */
export function actionsFor(relation: Relation, category: Category): readonly Action[] {
  const closed = category === 'closed';
  if (relation === 'company') return closed ? [] : ['reply'];
  if (closed) return relation === 'requester' ? ['reply', 'reopen', 'rate'] : ['reply', 'reopen'];
  return relation === 'requester'
    ? ['reply', 'close', 'add-participant', 'edit']
    : ['reply', 'close', 'add-participant'];
}
