import type { NewFile, Writer } from '../connector.js';
import { DeskError } from '../connector.js';
import { oneLine } from './service-line.js';

/** A file as RT's REST takes it. */
export interface RtFile {
  readonly FileName: string;
  readonly FileType: string;
  readonly FileContent: string;
}

/** Bytes turned into text in one go: as many arguments as a call takes everywhere. */
const portion = 0x80_00;

function base64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += portion) {
    binary += String.fromCharCode(...bytes.subarray(at, at + portion));
  }
  return btoa(binary);
}

/** Types that RT would take apart like the message itself become bytes. */
export const plainType = (type: string): string =>
  /^(?!multipart\/|message\/)[\w.+-]+\/[\w.+-]+$/i.test(type) ? type : 'application/octet-stream';

export function toRtFile({ name, type, bytes }: NewFile): RtFile {
  const line = oneLine(name);
  // RT takes the name for bytes, and breaks on letters that are none.
  const letters = [...new TextEncoder().encode(line)].map((byte) => String.fromCharCode(byte)).join('');
  return {
    // To RT an empty text and "0" are nothing, and a file needs something: padding alone is an empty file.
    FileName: line === '' || line === '0' ? `file ${line}`.trim() : letters,
    FileType: plainType(type),
    FileContent: base64(bytes) || '=',
  };
}

/** Is it one address and nothing else? */
export const isAddress = (text: string): boolean =>
  /^[^\s@,;:<>()[\]\\"\p{Cc}]+@[^\s@,;:<>()[\]\\"\p{Cc}]+$/u.test(text);

/** The writer's address, when it is one. @throws DeskError `refused` */
export function addressOf({ email }: Writer): string {
  if (isAddress(email)) return email;
  throw new DeskError('refused', 'the address of the contact is none that RT can be given');
}
