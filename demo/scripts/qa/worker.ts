import { http } from 'msw';
import { setupWorker } from 'msw/browser';

import type { PagePortal } from './page-worlds.js';

export const canIntercept = (): boolean => 'serviceWorker' in navigator;

/** Beside this page, so that the demo's pages are all that it can ever stand before. */
const script = (): string => new URL('mockServiceWorker.js', document.baseURI).href;

/**
 * Lets a portal in the page answer the requests to its address: they leave the element as they would on any page, and stand
 * in the browser's own tools.
 */
export async function intercept({ slug, handle }: PagePortal): Promise<void> {
  const worker = setupWorker(
    http.all(`${location.origin}/${slug}/api/*`, async ({ request }) => {
      const { status, headers, body } = await handle(request);
      // The server may live in the page around this one, whose responses are of another kind.
      return new Response(body, { status, headers: [...headers] });
    }),
  );
  await worker.start({
    quiet: true,
    onUnhandledFrame: 'bypass',
    serviceWorker: { url: script() },
  });
}
