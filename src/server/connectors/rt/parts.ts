import type { DeskFile } from '../connector.js';
import type { RtClient } from './client.js';
import { anyOf, chunksOf, pageSize } from './query.js';
import type { Part } from './schemas.js';
import { bodiesSchema, partsSchema } from './schemas.js';

/** Bytes of a text that is read; a longer one is handed over as a file. */
export const mostText = 1_000_000;
/** Events whose parts are asked for at once. */
const eventsAtOnce = 50;

const partFields = 'TransactionId,Filename,ContentType,ContentLength,Headers';

const isText = ({ ContentType, Filename }: Part) => /^text\/(plain|html)$/i.test(ContentType) && Filename === '';

/** Is it a text of the message, and not a file that came with it? */
export const isBody = (part: Part): boolean => isText(part) && part.ContentLength <= mostText;

const isContainer = ({ ContentType }: Part) => /^multipart\//i.test(ContentType);

export const isFile = (part: Part): boolean =>
  !isBody(part) && !isContainer(part) && (part.Filename !== '' || part.ContentLength > 0);

/** Parts of these events of a ticket, in the order of the message. @throws DeskError */
export async function partsOf(
  client: RtClient,
  ticket: string,
  events: readonly string[],
  signal: AbortSignal,
): Promise<readonly Part[]> {
  // Asked for all parts of a ticket, RT leaves out those of comments only after it has cut the pages.
  const pages = [...chunksOf(events, eventsAtOnce)].map((chunk) =>
    pagesOf(client, ticket, anyOf('TransactionId', chunk), signal),
  );
  return (await Promise.all(pages)).flat();
}

/** All pages of parts of a ticket that have one of these values. @throws DeskError */
export async function pagesOf(
  client: RtClient,
  ticket: string,
  query: readonly unknown[],
  signal: AbortSignal,
): Promise<readonly Part[]> {
  const parts: Part[] = [];
  for (let page = 1; ; page++) {
    const { items } = await client.get(
      partsSchema,
      {
        name: 'read parts of messages',
        method: 'POST',
        path: `/REST/2.0/ticket/${ticket}/attachments`,
        query: { fields: partFields, orderby: 'id', per_page: String(pageSize), page: String(page) },
        body: query,
      },
      signal,
    );
    parts.push(...items);
    if (items.length < pageSize) return parts;
  }
}

/** Texts of body parts by their ids. @throws DeskError */
export async function textsOf(
  client: RtClient,
  ticket: string,
  bodies: readonly Part[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const pages = await Promise.all(
    portionsOf(bodies).map((ids) =>
      client.get(
        bodiesSchema,
        {
          name: 'read texts of messages',
          method: 'POST',
          path: `/REST/2.0/ticket/${ticket}/attachments`,
          query: { fields: 'Content', per_page: String(pageSize) },
          body: anyOf('id', ids),
        },
        signal,
      ),
    ),
  );
  return new Map(pages.flatMap(({ items }) => items.map(({ id, Content }) => [id, Content])));
}

/** Ids of bodies for one request each: as many as fit in a page, and in what may be read at once. */
function portionsOf(bodies: readonly Part[]): readonly string[][] {
  const portions: string[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const { id, ContentLength } of bodies) {
    const last = portions.at(-1);
    bytes += ContentLength;
    if (last && bytes <= mostText && last.length < pageSize) last.push(id);
    else {
      portions.push([id]);
      bytes = ContentLength;
    }
  }
  return portions;
}

/** A file without a name is called by its type. */
export const toFile = (part: Part): DeskFile => ({
  ref: part.id,
  name: part.Filename || nameless(part.ContentType),
  type: part.ContentType.toLowerCase(),
  size: part.ContentLength,
  inline: /^image\//i.test(part.ContentType) && contentIdOf(part) !== null,
  contentId: contentIdOf(part),
});

const contentIdOf = ({ Headers }: Part): string | null => /^content-id:\s*<?([^<>\s]+)/im.exec(Headers)?.[1] ?? null;

const nameless = (type: string): string => {
  if (/^text\/plain$/i.test(type)) return 'message.txt';
  if (/^text\/html$/i.test(type)) return 'message.html';
  return type.toLowerCase().replaceAll('/', '.') || 'file';
};
