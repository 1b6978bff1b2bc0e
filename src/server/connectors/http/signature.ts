const encoder = new TextEncoder();

/** The key in `whsec_` and base64, as Standard Webhooks writes it. @throws Error where it is no base64 */
export function importKey(text: string): Promise<CryptoKey> {
  const bytes = Uint8Array.from(atob(text.replace(/^whsec_/, '')), (letter) => letter.charCodeAt(0));
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
}

/**
 * Headers by which a service knows that a request is ours and of now, by the specification of Standard Webhooks
 * (https://www.standardwebhooks.com): a company finds a library that checks them in its own language.
 */
export async function signatureHeaders(
  key: CryptoKey,
  id: string,
  now: Date,
  body: string,
): Promise<Readonly<Record<string, string>>> {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const bytes = await crypto.subtle.sign('HMAC', key, encoder.encode(`${id}.${timestamp}.${body}`));
  const signature = btoa(String.fromCharCode(...new Uint8Array(bytes)));
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}
