/**
 * What we write about a message into the parameters of its content type: RT keeps them with the message, shows them to
 * nobody and sends them to nobody. By them we find a message again, and know whom the service account wrote it for.
 */
export interface Marker {
  readonly attempt: string;
  /** Address of the contact who wrote. */
  readonly by: string;
}

const encode = (text: string): string =>
  btoa(String.fromCharCode(...new TextEncoder().encode(text)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

function decode(text: string): string | null {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    return new TextDecoder().decode(Uint8Array.from(binary, (letter) => letter.charCodeAt(0)));
  } catch {
    return null;
  }
}

/** Content type of a plain text with a marker. */
export const markedType = ({ attempt, by }: Marker): string =>
  `text/plain; portico-attempt=${attempt}; portico-by=${encode(by)}`;

/** The marker in the headers of a part, `null` without one. Whether it is ours depends on who wrote the message. */
export function markerIn(headers: string): Marker | null {
  const lines = headers.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  const type = lines.find((line) => /^content-type:/i.test(line)) ?? '';
  const attempt = /;\s*portico-attempt="?([\w-]+)"?/.exec(type)?.[1];
  const by = decode(/;\s*portico-by="?([\w-]+)"?/.exec(type)?.[1] ?? '');
  return attempt === undefined || by === null || by === '' ? null : { attempt, by };
}
