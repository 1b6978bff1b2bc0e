import type { TicketDetail } from '../../model/index.js';

/** There is something to do or to see beside the thread, whose code comes with the first ticket that has it. */
export const needsMore = ({
  status,
  why,
  properties,
  actions,
  participants,
  rating,
  followUpOf,
  followUps,
}: TicketDetail): boolean =>
  status.category === 'closed' ||
  actions.some((action) => action === 'edit' || action === 'add-participant') ||
  Object.keys(properties).length > 0 ||
  why.relation !== 'requester' ||
  participants.length > 0 ||
  rating !== null ||
  !!followUpOf ||
  !!followUps?.length;
