import { loadCode } from '../../load-code.js';
import type { Upload } from '../../model/index.js';
import { firstAnswers } from '../../wire/answers.js';
import { portalAnswers } from '../../wire/later-answers.js';
import type { UploadOptions } from '../portal-backend.js';
import type { Connection } from './connection.js';
import type { RestClient } from './rest-client.js';
import { toBackendError } from './rest-errors.js';

/** Whether a portal goes on with files that did not arrive in one go: asked with the first of them. */
const resuming = new WeakMap<Connection, boolean>();

/**
 * Sends a file so that a line that drops costs little of it, where the portal can; else as a form.
 *
 * @param timeout milliseconds for one request
 */
export async function sendFile(
  connection: Connection,
  request: RestClient['request'],
  file: File,
  timeout: number,
  options: UploadOptions = {},
): Promise<Upload> {
  if (!resuming.has(connection)) {
    const answer = await request(firstAnswers.getPortal, { options }).catch((error: unknown) => {
      throw toBackendError(error);
    });
    resuming.set(connection, answer.headers.has('tus-version'));
  }
  if (resuming.get(connection)) {
    const { resumeFile } = await loadCode(() => import('./resume-file.js'));
    return resumeFile(connection, file, timeout, options);
  }
  const { sendForm } = await loadCode(() => import('./send-form.js'));
  return sendForm(connection, portalAnswers.upload, file, timeout, options);
}
