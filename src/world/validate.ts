import type { MessageQuery, NewMessage, NewTicket, TicketQuery } from '../model/index.js';
import type { FieldError } from './store-error.js';
import { StoreError } from './store-error.js';

/** The limits of the wire, and its words for what breaks them, for callers that reach the store without it. */

const subjectLength = 200;
export const messageLength = 20_000;
const propertyNameLength = 64;
const propertyLength = 2000;
const searchLength = 200;

const scopes = /^(all|mine|participating|company(:[A-Za-z0-9_-]{22})?)$/;
const states = /^(open|closed|all)$/;
const sorts = /^-?(updated|created|number|status)$/;

export function checkMessage({ body }: NewMessage): void {
  failOn(textErrors('body', body, messageLength));
}

export function checkTicket({ subject, message, properties = {} }: NewTicket): void {
  failOn([
    ...textErrors('subject', subject, subjectLength),
    ...textErrors('message', message, messageLength),
    ...Object.entries(properties).flatMap(([name, value]) =>
      name.length <= propertyNameLength && value.length <= propertyLength
        ? []
        : [{ path: `properties.${name}`, code: 'too_big' }],
    ),
  ]);
}

export function checkTicketQuery({ scope = 'all', state = 'all', sort = 'updated', q, limit }: TicketQuery): void {
  failOn([
    ...formErrors('scope', scopes.test(scope)),
    ...formErrors('state', states.test(state)),
    ...formErrors('sort', sorts.test(sort)),
    ...(q === undefined ? [] : formErrors('q', q !== '' && q.length <= searchLength && !q.includes('\0'))),
    ...limitErrors(limit),
  ]);
}

export function checkMessageQuery({ before, after, limit }: MessageQuery): void {
  failOn([...formErrors('after', before === undefined || after === undefined), ...limitErrors(limit)]);
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
