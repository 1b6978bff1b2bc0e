import { BackendError } from '../../src/backend/backend-error.js';
import type { PortalBackend, UploadOptions } from '../../src/backend/portal-backend.js';
import type { Portal, Upload } from '../../src/model/index.js';
import { composed } from '../../src/testing/scenarios/composed.js';
import { type Deferred, deferred } from '../support/deferred.js';
import { fakeBackend, portal } from './fake-backend.js';
import { all, button, until } from './screen.js';

/** One file that has been sent to a backend which answers by hand. */
export interface Sending extends Deferred<Upload> {
  readonly file: File;
  readonly options: UploadOptions;
  /** It is there. */
  arrive(changes?: Partial<Upload>): void;
  fail(code: BackendError['code'], details?: ConstructorParameters<typeof BackendError>[2]): void;
}

const limits: Portal['limits'] = {
  attachmentBytes: 2000,
  attachmentsPerMessage: 3,
  attachmentExtensions: ['txt', 'png', 'zip'],
  messageLength: 100,
};

export const soon = () => new Date(Date.now() + 3_600_000).toISOString();

/** A portal that takes files, and what has been sent to it. */
export function filesBackend(changes: Partial<PortalBackend> = {}, others: Partial<Portal['limits']> = {}) {
  const sent: Sending[] = [];
  const backend = fakeBackend({
    portal: async () => ({ ...portal, features: [...portal.features, 'upload'], limits: { ...limits, ...others } }),
    upload(file, options = {}) {
      const answer = deferred<Upload>();
      const id = `id-${file.name}`;
      options.signal?.addEventListener('abort', () => answer.reject(options.signal?.reason));
      sent.push({
        ...answer,
        file,
        options,
        arrive: (more = {}) =>
          answer.resolve({ id, name: file.name, type: file.type, size: file.size, expiresAt: soon(), ...more }),
        fail: (code, details) => answer.reject(new BackendError(code, undefined, details)),
      });
      return answer.promise;
    },
    ...changes,
  });
  return { backend, sent };
}

export const textFile = (name = 'hub.txt', size = 1000) => new File(['x'.repeat(size)], name, { type: 'text/plain' });

const transferOf = (files: readonly File[]): DataTransfer => {
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);
  return transfer;
};

/** Chooses files as in the browser's own dialog, which no page can open by itself. */
export async function choose(...files: readonly File[]): Promise<void> {
  await button('Add files');
  const input = [...composed(document.body)].find((element) => element.matches('input[type=file]')) as HTMLInputElement;
  input.files = transferOf(files).files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

/** Holds files above an element, drops them there, or leaves it again. */
export function drag(type: 'dragover' | 'dragleave' | 'drop', element: Element, ...files: readonly File[]): DragEvent {
  const init = { dataTransfer: transferOf(files), bubbles: true, composed: true, cancelable: true };
  const event = new DragEvent(type, init);
  element.dispatchEvent(event);
  return event;
}

export function paste(element: Element, files: readonly File[], words?: string): ClipboardEvent {
  const clipboardData = transferOf(files);
  if (words) clipboardData.setData('text/plain', words);
  const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, composed: true, cancelable: true });
  element.dispatchEvent(event);
  return event;
}

/** The files that go along as they are read out: name, size, and what went wrong. */
export const rows = (): string[] =>
  all('[part=file]').map((row) => {
    const words = [...row.querySelectorAll('[part=file-name],[part=file-size],[part=error]')];
    return words.map(({ textContent }) => textContent.trim()).join(' ');
  });

/** Until so many files have been sent to the backend. */
export const sentTo = (sent: readonly unknown[], count: number): Promise<void> => until(() => sent.length === count);

/** A picture of one point. */
export const pixel = (name = 'photo.png') => {
  const base64 = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  return new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name, { type: 'image/png' });
};
