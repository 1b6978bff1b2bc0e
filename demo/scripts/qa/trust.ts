/** The little that this page's policy has to know of: lib.dom has no trusted types yet. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): unknown;
}

/**
 * Where the page's policy asks for trusted addresses of scripts, the one of the worker that stands before the network is, and
 * no other. msw hands it to the browser as text, which only a default policy gets to see.
 */
export function trustScripts(): void {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  trustedTypes?.createPolicy('default', {
    createScriptURL(url) {
      const only = new URL('mockServiceWorker.js', document.baseURI).href;
      if (new URL(url, document.baseURI).href !== only) throw new TypeError(`Not a script of this page: ${url}`);
      return url;
    },
  });
}
