import { loadCode } from '../../load-code.js';
import type { Upload } from '../../model/index.js';
import { firstAnswers } from '../../wire/answers.js';
import { portalAnswers } from '../../wire/later-answers.js';
import { resumeFeature } from '../../wire/tus.js';
import type { UploadOptions } from '../portal-backend.js';
import type { Connection } from './connection.js';
import type { RestClient } from './rest-client.js';

/** Whether a portal goes on with files that did not arrive in one go: asked with the first of them. */
const resuming = new WeakMap<Connection, boolean>();

/**
 * Sends a file so that a line that drops costs little of it, where the portal can; else as a form.
 *
 * @param timeout milliseconds for one request
 */
export async function sendFile(
  connection: Connection,
  read: RestClient['read'],
  file: File,
  timeout: number,
  options: UploadOptions = {},
): Promise<Upload> {
  if (!resuming.has(connection)) {
    const { features } = await read(firstAnswers.getPortal, { options });
    resuming.set(connection, features.includes(resumeFeature));
  }
  if (resuming.get(connection)) {
    const { resumeFile } = await loadCode(() => import('./resume-file.js'));
    return resumeFile(connection, file, timeout, options);
  }
  const { sendForm } = await loadCode(() => import('./send-form.js'));
  return sendForm(connection, portalAnswers.upload, file, timeout, options);
}
