import type {
  MessageQuery,
  NewMessage,
  NewParticipant,
  NewRating,
  NewTicket,
  TicketChange,
  TicketQuery,
  TicketScope,
} from '../model/index.js';
import { type PropertyChanges, type PropertyFacts, readChanges, readConditions, readNew } from '../policy/index.js';
import type { FieldError } from './store-error.js';
import { StoreError } from './store-error.js';
import type { WorldPortal } from './world.js';

/** The limits of the wire, and its words for what breaks them, for callers that reach the store without it. */

const subjectLength = 200;
export const messageLength = 20_000;
/** Bytes of a file: the page keeps it in its memory. */
export const attachmentBytes = 1024 * 1024;
export const attachmentsPerMessage = 10;
const emailLength = 254;
const searchLength = 200;
const columnLength = 80;
const columnsOfAList = 30;

const scopes = /^(all|mine|participating|company(:[A-Za-z0-9_-]{22})?)$/;
const states = /^(open|closed|all)$/;
const turns = /^(contact|support)$/;
const columnNames = /^(subject|number|status|turn|requester|company|created|updated|why|property:[^\0]+)$/;
const sorts = /^-?(updated|created|number|status)$/;

export function checkMessage({ body }: NewMessage): void {
  failOn(textErrors('body', body, messageLength));
}

export function checkRating({ rating, comment }: NewRating): void {
  failOn([
    ...formErrors('rating', Number.isInteger(rating) && rating >= 1 && rating <= 5),
    ...(comment === undefined ? [] : textErrors('comment', comment, messageLength)),
  ]);
}

/** @param known properties that the portal defines */
export function checkChange({ properties }: TicketChange, known: readonly PropertyFacts[]): PropertyChanges {
  const { changes, faults } = readChanges(known, properties);
  failOn(faults);
  return changes;
}

export function checkParticipant({ email }: NewParticipant): void {
  const [long] = email.length > emailLength ? [{ path: 'email', code: 'too_big' }] : [];
  failOn(long ? [long] : formErrors('email', !/[\0\p{Cs}]/u.test(email)));
}

/** Its properties, as they are kept. */
export function checkTicket(
  input: NewTicket,
  { properties: names, propertyDefinitions = [], forms = [] }: WorldPortal,
): Readonly<Record<string, string>> {
  const { properties, faults } = readNew({ properties: names, propertyDefinitions, forms }, input);
  failOn([
    ...textErrors('subject', input.subject, subjectLength),
    ...textErrors('message', input.message, messageLength),
    ...faults,
  ]);
  return properties;
}

/** @param known properties that a list may be filtered by */
export function checkTicketQuery(query: TicketQuery, known: readonly PropertyFacts[]): void {
  const { scope = 'all', state = 'all', sort = 'updated', turn = 'contact', requester = ' ', q, limit } = query;
  failOn([
    ...formErrors('scope', scopes.test(scope)),
    ...formErrors('state', states.test(state)),
    ...formErrors('turn', turns.test(turn)),
    ...formErrors('requester', requester !== ''),
    ...readConditions(known, query.properties ?? {}).faults,
    ...formErrors('sort', sorts.test(sort)),
    ...(q === undefined ? [] : formErrors('q', q !== '' && q.length <= searchLength && !q.includes('\0'))),
    ...limitErrors(limit),
  ]);
}

export const checkScope = (scope: TicketScope): void => failOn(formErrors('scope', scopes.test(scope)));

export function checkMessageQuery({ before, after, limit }: MessageQuery): void {
  const exclusive = before !== undefined && after !== undefined ? [{ path: 'after', code: 'exclusive' }] : [];
  failOn([...exclusive, ...limitErrors(limit)]);
}

/** Columns of the list: each once. */
export function checkColumns(names: readonly string[]): void {
  const many = names.length > columnsOfAList ? [{ path: 'columns', code: 'too_big' }] : [];
  const wrong = names.flatMap((name, place) => {
    const path = `columns.${place}`;
    if (name.length > columnLength) return [{ path, code: 'too_big' }];
    if (!columnNames.test(name)) return [{ path, code: 'invalid_format' }];
    return names.indexOf(name) === place ? [] : [{ path, code: 'repeated' }];
  });
  failOn([...many, ...wrong]);
}

/** Files of a message: each once, and among those that its writer has sent. */
export function checkFiles(ids: readonly string[], isKnown: (id: string) => boolean): void {
  const many = ids.length > attachmentsPerMessage ? [{ path: 'attachments', code: 'too_big' }] : [];
  const unknown = ids.flatMap((id, place) =>
    ids.indexOf(id) === place && isKnown(id) ? [] : [{ path: `attachments.${place}`, code: 'unknown' }],
  );
  failOn([...many, ...unknown]);
}

/** Something other than white space, of limited length, without NUL. */
function textErrors(path: string, text: unknown, max: number): FieldError[] {
  if (typeof text !== 'string') return [{ path, code: 'invalid_type' }];
  if (text.length > max) return [{ path, code: 'too_big' }];
  return formErrors(path, /\S/.test(text) && !text.includes('\0'));
}

const formErrors = (path: string, holds: boolean): FieldError[] => (holds ? [] : [{ path, code: 'invalid_format' }]);

const limitErrors = (limit = 25) => formErrors('limit', Number.isInteger(limit) && limit >= 1 && limit <= 100);

function failOn(fields: readonly FieldError[]): void {
  if (fields.length > 0) throw new StoreError('invalid', fields);
}
