import { expect } from '@open-wc/testing';

import { isBackendError } from '../../../src/backend/backend-error.js';
import { createRestBackend } from '../../../src/backend/rest/rest-backend.js';

/** What a page hears of a portal whose API it cannot ask. */
async function ask(slug: string, answer: (url: string) => Promise<Response>) {
  const { fetch } = globalThis;
  const { warn } = console;
  const hints: string[] = [];
  console.warn = (text: string) => void hints.push(text);
  globalThis.fetch = async (input) => answer(input instanceof Request ? input.url : String(input));
  try {
    const backend = createRestBackend({ address: `https://support.example.com/${slug}` });
    const codes = await Promise.all(
      [backend.session(), backend.portal()].map((asked) =>
        asked.then(
          () => 'answered',
          (error: unknown) => (isBackendError(error) ? error.code : String(error)),
        ),
      ),
    );
    return { codes, hints };
  } finally {
    globalThis.fetch = fetch;
    console.warn = warn;
  }
}

const blocked = () => Promise.reject(new TypeError('Failed to fetch'));
const isApi = (url: string) => url.includes('/api/');

describe('a mistake of who has put the portal on a page', () => {
  it('is a page that the portal does not know: the console says what to add, once', async () => {
    const { codes, hints } = await ask('unknown', (url) => (isApi(url) ? blocked() : Promise.resolve(new Response())));
    expect(codes).to.deep.equal(['config', 'config']);
    expect(hints).to.deep.equal([
      `Portico: The portal at https://support.example.com/unknown does not know this page: add ${location.origin} to the portal's origins.`,
    ]);
  });

  it('is a content security policy that blocks the portal', async () => {
    const { codes, hints } = await ask('policy', async () => {
      document.dispatchEvent(
        new SecurityPolicyViolationEvent('securitypolicyviolation', {
          effectiveDirective: 'connect-src',
          violatedDirective: 'connect-src',
          blockedURI: 'https://support.example.com/policy/api/v1/session',
          documentURI: location.href,
          originalPolicy: "connect-src 'self'",
          disposition: 'enforce',
          statusCode: 200,
        }),
      );
      return blocked();
    });
    expect(codes).to.deep.equal(['config', 'config']);
    expect(hints).to.deep.equal([
      'Portico: The content security policy of this page blocks the portal: add https://support.example.com to its connect-src.',
    ]);
  });

  it('is an address where there is no portal', async () => {
    const { codes, hints } = await ask('nowhere', async () => new Response('{}', { status: 404 }));
    expect(codes).to.deep.equal(['config', 'config']);
    expect(hints).to.deep.equal([
      'Portico: There is no portal at https://support.example.com/nowhere: check the address.',
    ]);
  });

  it('is none when the server is away: visitors are told to try again', async () => {
    const { codes, hints } = await ask('away', blocked);
    expect(codes).to.deep.equal(['unavailable', 'unavailable']);
    expect(hints).to.deep.equal([]);
  });
});
