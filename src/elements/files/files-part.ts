import { html, nothing } from 'lit';

import type { DraftController } from '../../controllers/draft-controller.js';
import type { PortalClient } from '../../controllers/portal-client.js';
import { LatePart } from '../late-part.js';
import type { FilesHost, MessageFiles } from './message-files.js';

/** The files of a draft that are there, as it keeps them: ids for the message, the rest for the eyes. */
export interface KeptFile {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  /** Until when it waits for its message. */
  readonly expiresAt: string;
}

/** Under this name a draft keeps them, as JSON: another file is another message, and so has another key. */
export const draftName = 'files';

export const keptFiles = (draft: DraftController): readonly KeptFile[] =>
  JSON.parse(draft.get(draftName) || '[]') as KeptFile[];

/** What goes along with the words of a message. */
export function attachmentsOf(draft: DraftController): { readonly attachments?: readonly string[] } {
  const attachments = keptFiles(draft).map(({ id }) => id);
  return attachments.length ? { attachments } : {};
}

const takesFiles = (client: PortalClient): boolean =>
  client.supports('upload') && !!client.portal?.limits.attachmentsPerMessage;

/** The files of a message that somebody writes. Their code comes with the first box that takes any. */
export class FilesPart {
  readonly #part: LatePart<MessageFiles>;

  constructor(host: FilesHost, draft: DraftController) {
    this.#part = new LatePart(host, async () => {
      const { MessageFiles } = await import('./message-files.js');
      return new MessageFiles(host, draft);
    });
  }

  /** The message is to be sent, and waits for files that are on their way. */
  get waiting(): boolean {
    return !!this.#part.value?.waiting;
  }

  /** Resolves when no file is on its way any more: false where the message cannot go as it is, and the files say why. */
  async ready(): Promise<boolean> {
    return (await this.#part.value?.ready()) ?? true;
  }

  /** `render` shows all that it will: before that, what is below would move. Asks for the code, where it is needed. */
  isSettled(client: PortalClient | undefined): boolean {
    if (!client || !takesFiles(client) || this.#part.settled) return true;
    void this.#part.load();
    return false;
  }

  /** Resolves when it is settled. */
  async prepare(client: PortalClient | undefined): Promise<void> {
    if (!this.isSettled(client)) await this.#part.load();
  }

  /** Nothing where the portal takes no files. @param pending the message is on its way */
  render(client: PortalClient, pending: boolean): unknown {
    const { portal } = client;
    if (!portal || !takesFiles(client)) return nothing;
    // A thread that was kept in the browser comes unprepared.
    void this.isSettled(client);
    return html`<div part="files-box">${this.#part.value?.render(portal.limits, pending)}</div>`;
  }
}
