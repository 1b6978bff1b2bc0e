import { type LitElement, type ReactiveController } from 'lit';

import { announce } from '../../controllers/announcer.js';
import type { DraftController } from '../../controllers/draft-controller.js';
import { toBackendError } from '../../controllers/portal-client.js';
import type { PortalController } from '../../controllers/portal-controller.js';
import words from '../../i18n/en.files.json';
import type { LocalizeController } from '../../i18n/localize-controller.js';
import { addEnglish } from '../../i18n/translate.js';
import { draftName, type KeptFile, keptFiles } from './files-part.js';
import { filesStyles } from './files.styles.js';
import { type FileProblem, type Limits, MessageFile, problemOf, problemText } from './message-file.js';
import { renderFiles } from './render-files.js';
import { receiveFiles } from './receive-files.js';
import { addStyles } from '../late-styles.js';

addEnglish(words);

/** An element with a form that files go along with. */
export interface FilesHost extends LitElement {
  readonly portal: PortalController;
  readonly localize: LocalizeController;
}

/** Uploads at the same time: browsers have few connections to one server, and the thread needs some of them. */
const atOnce = 2;

/**
 * The files of one message: chosen, dropped or pasted, sent at once, and kept with the draft as soon as they are there. What
 * goes wrong with one of them stays with it; the words of the message are not touched.
 */
export class MessageFiles implements ReactiveController {
  rows: readonly MessageFile[] = [];
  /** The message is to be sent, and waits for files that are on their way. */
  waiting = false;
  /** Files are held above the form. */
  dropping = false;
  /** More were chosen than go along. */
  tooMany = false;
  /** The message itself is on its way, with the files that it has. */
  locked = false;
  limits: Limits | undefined;
  readonly host: FilesHost;
  readonly #draft: DraftController;
  /** Whose draft these belong to. */
  #place: string | null = null;
  /** What the draft held when it was last read or written. */
  #kept = '';
  #form: Element | null = null;
  #settle: (() => void) | undefined;

  constructor(host: FilesHost, draft: DraftController) {
    this.host = host;
    this.#draft = draft;
    addStyles(host, filesStyles);
    host.addController(this);
  }

  hostConnected(): void {
    this.#next();
  }

  hostDisconnected(): void {
    for (const row of this.rows) {
      row.revoke();
      row.stop();
    }
    this.#settle?.();
  }

  hostUpdate(): void {
    const { id: place } = this.#draft;
    // Nobody is signed in: whoever comes back finds their files.
    if (place === null) return;
    if (place !== this.#place) {
      this.#drop(this.rows);
      this.#place = place;
      this.#kept = '';
      this.tooMany = false;
    }
    const kept = this.#draft.get(draftName);
    if (kept !== this.#kept) this.#read(kept);
  }

  hostUpdated(): void {
    const form = this.host.renderRoot.querySelector('form');
    if (form && form !== this.#form) receiveFiles(form, this);
    this.#form = form;
  }

  render(limits: Limits, locked: boolean): unknown {
    this.limits = limits;
    this.locked = locked;
    return renderFiles(this, limits);
  }

  /** Takes files along, as many as there is room for, and sends them. @param folders names of what cannot be sent at all */
  add(files: Iterable<File>, folders: readonly string[] = []): void {
    const { limits } = this;
    if (!limits || this.locked || this.waiting) return;
    const asked = [
      ...Array.from(files, (file) => new MessageFile(file, problemOf(file, limits))),
      ...folders.map((name) => new MessageFile(new File([], name), 'folder')),
    ];
    const room = Math.max(0, limits.attachmentsPerMessage - this.rows.length);
    this.tooMany = asked.length > room;
    const added = asked.slice(0, room);
    this.rows = [...this.rows, ...added];
    for (const row of added) if (row.problem) this.#sayFailed(row, row.problem);
    this.#next();
  }

  /** Takes a file back, wherever it is. The focus goes to the one after it before its own button goes. */
  remove(row: MessageFile): void {
    if (this.locked) return;
    const buttons = this.#buttons();
    const place = this.rows.indexOf(row);
    const add = this.host.renderRoot.querySelector<HTMLElement>('[part~=add-files]');
    (buttons[place + 1] ?? buttons[place - 1] ?? add)?.focus();
    this.#drop([row]);
    this.tooMany = false;
    this.#keep();
    this.#say('files.removed', row);
    this.#next();
  }

  /** Sends a file once more that has failed. */
  retry(row: MessageFile): void {
    if (this.locked) return;
    // The button that was pressed goes.
    this.#buttons()[this.rows.indexOf(row)]?.focus();
    row.problem = undefined;
    this.#next();
  }

  /** Resolves when nothing is on its way any more, with whether the message can go as it is. */
  async ready(): Promise<boolean> {
    if (this.waiting) return false;
    const place = this.#place;
    if (this.rows.some(({ pending }) => pending)) {
      this.waiting = true;
      this.host.requestUpdate();
      await new Promise<void>((resolve) => (this.#settle = resolve));
      this.waiting = false;
      this.host.requestUpdate();
    }
    if (place !== this.#draft.id || this.rows.some(({ pending }) => pending)) return false;
    const failed = this.rows.find(({ problem }) => problem);
    if (!failed) return true;
    await this.host.updateComplete;
    this.#rowOf(failed)?.querySelector('button')?.focus();
    return false;
  }

  update(): void {
    this.host.requestUpdate();
  }

  /** Begins what waits, up to a few at the same time. */
  #next(): void {
    const under = this.rows.filter(({ sending }) => sending).length;
    const waiting = this.rows.filter((row) => row.pending && !row.sending);
    if (this.host.isConnected) for (const row of waiting.slice(0, Math.max(0, atOnce - under))) void this.#send(row);
    if (!this.rows.some(({ pending }) => pending)) this.#settle?.();
    this.host.requestUpdate();
  }

  async #send(row: MessageFile): Promise<void> {
    const { portal } = this.host;
    const sending = new AbortController();
    row.sending = sending;
    const progress = (sent: number) => {
      // A hundred steps are enough for the eye, and a thread may be long.
      if (sent < row.size && sent - row.sent < row.size / 100) return;
      row.sent = sent;
      this.host.requestUpdate();
    };
    try {
      const upload = await portal.client?.backend.upload?.(row.file as File, { signal: sending.signal, progress });
      if (sending.signal.aborted || !upload) return;
      row.kept = { id: upload.id, name: upload.name, size: upload.size, expiresAt: upload.expiresAt };
      this.#keep();
      this.#say('files.added', row);
    } catch (error) {
      if (sending.signal.aborted) return;
      const problem = toBackendError(error);
      row.problem = problem;
      if (!portal.fail(problem)) this.#sayFailed(row, problem);
    } finally {
      if (row.sending === sending) row.sending = undefined;
      this.#next();
    }
  }

  /** Has the draft say what is there. */
  #keep(): void {
    if (this.#draft.id !== this.#place) return;
    const kept = this.rows.flatMap((row) => row.kept ?? []);
    const text = kept.length ? JSON.stringify(kept) : '';
    if (text === this.#kept) return;
    this.#kept = text;
    this.#draft.set(draftName, text);
  }

  /** Has the draft say it: after a reload, and when the message was sent. */
  #read(text: string): void {
    this.#kept = text;
    const kept = keptFiles(this.#draft);
    const before = this.rows;
    const there = kept.map((one) => before.find((row) => row.kept?.id === one.id) ?? restored(one));
    this.rows = [...there, ...before.filter((row) => !row.kept)];
    for (const row of before) if (!this.rows.includes(row)) row.revoke();
  }

  #drop(rows: readonly MessageFile[]): void {
    for (const row of rows) {
      row.revoke();
      row.stop();
    }
    this.rows = this.rows.filter((row) => !rows.includes(row));
  }

  #say(key: 'files.added' | 'files.removed', { name }: MessageFile): void {
    const { t, locale } = this.host.localize;
    announce(t(key, { name }), locale);
  }

  #sayFailed({ name }: MessageFile, problem: FileProblem): void {
    const { t, locale } = this.host.localize;
    const reason = problemText(t, locale, problem, this.limits as Limits);
    announce(t('files.failed', { name, reason }), locale);
  }

  #buttons(): readonly HTMLElement[] {
    return [...this.host.renderRoot.querySelectorAll<HTMLElement>('[part~=file-remove]')];
  }

  #rowOf(row: MessageFile): Element | undefined {
    return this.host.renderRoot.querySelectorAll('[part~=file]')[this.rows.indexOf(row)];
  }
}

const restored = (kept: KeptFile): MessageFile =>
  new MessageFile(kept, Date.parse(kept.expiresAt) < Date.now() ? 'expired' : undefined);
