/**
 * Files in several goes, by the protocol tus 1.0.0 (https://tus.io/protocols/resumable-upload): its core with the extensions
 * creation, creation-with-upload and termination. What of it is ours, and no schema says:
 *
 * - A portal that speaks it says so with `Tus-Version` beside the answer of `GET /portal`; elsewhere every address below is 404.
 * - All that holds for other requests holds here: `X-Portal-Client`, origin, session. Of anybody else's uploads each is 404.
 * - `POST /uploads` needs `Upload-Length`, and in `Upload-Metadata` a `filename`; whatever else is in there is not read.
 *   Name, size and number are refused at once as by `POST /attachments`.
 * - `HEAD /uploads/:id`, or `GET`, says `Upload-Offset` and `Upload-Length`, `PATCH` goes on from there, `DELETE` takes it back.
 * - The request that brings the last byte is answered with the JSON of `POST /attachments`: 201 or 200. Who has lost that answer
 *   sends another `PATCH` of nothing behind the last byte.
 * - Refusals are problems, as everywhere: 409 `conflict` for another offset, 412 `version-mismatch` for another version.
 */
export const tusVersion = '1.0.0';

/** Below the base of the portal's routes; each upload has its own below this one. */
export const uploadsPath = '/uploads';

/** Headers that a page may send, and those that it may read. */
export const tusRequestHeaders = ['tus-resumable', 'upload-length', 'upload-metadata', 'upload-offset'] as const;
export const tusAnswerHeaders = ['location', 'tus-resumable', 'upload-length', 'upload-offset', 'tus-version'] as const;

/** Media type of bytes that go behind others. */
export const tusBytes = 'application/offset+octet-stream';
