/** The hash of what a script's address answers now, byte for byte, in the words of the attribute `integrity`. */
async function hashOf(address: string): Promise<string> {
  const response = await fetch(address, { cache: 'no-cache' });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-384', await response.arrayBuffer()));
  return `sha384-${btoa(String.fromCharCode(...hash))}`;
}

let known: Promise<string> | undefined;

/** The loader's hash, asked for once. @throws when the loader does not answer; then the next call asks again */
export function loaderHash(portal: string): Promise<string> {
  known ??= hashOf(`${portal}/embed.js`).catch((error: unknown) => {
    known = undefined;
    throw error;
  });
  return known;
}
