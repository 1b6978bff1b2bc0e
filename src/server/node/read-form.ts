import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';

import { ApiError } from '../api-error.js';
import type { ReadForm, SentFile } from '../deps.js';
import { malformed } from '../http/input.js';
import { formTypeOf, missingFile, otherField } from '../http/read-form.js';

/** Of all that is not the file. */
const limits = { headerPairs: 20, headerSize: 16 * 1024, fieldNameSize: 100, fieldSize: 1000, fields: 1 };

/** Reads a form as it arrives, no faster than its file is read. */
export const readForm: ReadForm = async (request, most) => {
  const parser = openParser(formTypeOf(request));
  const body = request.body ? Readable.fromWeb(request.body as ReadableStream) : Readable.from([]);
  let wrong: ApiError | undefined;
  // The first thing that is wrong is what is said; whatever else comes is not looked at.
  const refuse = (error: ApiError) => {
    wrong ??= error;
    body.destroy();
    parser.destroy();
  };
  const file = new Promise<SentFile | null>((resolve) => {
    let found = false;
    parser.on('field', (name) => refuse(name === 'file' && !found ? missingFile() : otherField(name)));
    parser.on('file', (name, stream, named) => {
      // Without a reader nothing comes after it.
      if (found || name !== 'file') {
        stream.resume();
        return refuse(otherField(name));
      }
      found = true;
      // A line that drops ends the form, and not by itself what it is read into.
      void ended.then(() => wrong && stream.destroy());
      resolve({ name: unescaped(named), pieces: piecesOf(stream) });
    });
    parser.once('close', () => resolve(null));
    parser.once('finish', () => resolve(null));
  });
  const ended = pipeline(body, parser).catch(() => void (wrong ??= malformed()));

  async function* piecesOf(stream: Readable): AsyncGenerator<Uint8Array> {
    let size = 0;
    try {
      for await (const piece of stream as AsyncIterable<Uint8Array>) {
        size += piece.length;
        if (size > most) throw new ApiError('too-large');
        yield piece;
      }
      await ended;
    } catch (error) {
      if (error instanceof ApiError) refuse(error);
    } finally {
      body.destroy();
    }
    if (wrong) throw wrong;
  }

  const found = await file;
  if (found) return found;
  await ended;
  throw wrong ?? missingFile();
};

/** @throws ApiError `invalid` for a type without a boundary */
function openParser(type: string): BusboyInstance {
  try {
    return new Busboy({ headers: { 'content-type': type }, preservePath: true, limits });
  } catch {
    throw malformed();
  }
}

/** As the standard of HTML has browsers write names: what would end them, by its number. */
const unescaped = (name: string): string => name.replace(/%0d/gi, '\r').replace(/%0a/gi, '\n').replaceAll('%22', '"');
