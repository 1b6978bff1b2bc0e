import { pagePolicy } from '../../http/headers.js';
import type { AssetSource } from '../../deps.js';

/** The page that asks as several people at once: each has a name of this machine, and so cookies, of their own. */
const eyesPolicy = `${pagePolicy}; connect-src 'self' http://eyes.localhost:* http://*.eyes.localhost:*`;

/**
 * The page that shows mails in frames, which take over its policy: mails have their styles on their elements. Nothing runs in
 * these frames, and only `outbox` may fill them.
 */
const outboxPolicy = pagePolicy.replace(
  'trusted-types lit-html dompurify',
  "trusted-types outbox; style-src 'self' 'unsafe-inline'",
);

/** Pages that are not ours: the strictest policy under which the elements work, also within a frame, and an own base. */
const strictPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob:; " +
  "require-trusted-types-for 'script'; trusted-types lit-html";
const basePolicy = pagePolicy.replace("base-uri 'none'", 'base-uri *');

/**
 * The page for people who test by hand, and the stage in its frame. On request they run the whole server on a PostgreSQL
 * that is WebAssembly, behind a worker that msw registers by a text: `default` is their policy that lets that one through.
 */
const qaPolicy = pagePolicy.replace('dompurify', 'dompurify default').concat("; script-src 'self' 'wasm-unsafe-eval'");

/** Only the QA page puts it into a frame. */
const stagePolicy = qaPolicy.replace("frame-ancestors 'none'", "frame-ancestors 'self'");

/** The page that the configurator shows in a frame. */
const previewPolicy = pagePolicy.replace("frame-ancestors 'none'", "frame-ancestors 'self'");

const policies: Readonly<Record<string, string>> = {
  'eyes.html': eyesPolicy,
  'outbox.html': outboxPolicy,
  'preview.html': previewPolicy,
  'hostile/base-tag.html': basePolicy,
  'hostile/strict-policy.html': strictPolicy,
  'hostile/own-rows.html': strictPolicy,
  'qa.html': qaPolicy,
  'qa-stage.html': stagePolicy,
};

/**
 * The demo's pages, all of them below `/demo/`: they name each other relative to themselves, and `/` leads to the first.
 *
 * @returns answers a request for a page, `null` for any other
 */
export function createDemoPages(assets: AssetSource): (request: Request) => Promise<Response | null> {
  return async ({ method, url }) => {
    if (method !== 'GET' && method !== 'HEAD') return null;
    const { pathname, search } = new URL(url);
    if (pathname === '/') return new Response(null, { status: 302, headers: { location: `/demo/${search}` } });
    const path = fileOf(pathname);
    const file = path === null ? null : await assets.read(path);
    if (!file) return null;
    const body = method === 'HEAD' ? null : (file.bytes as Uint8Array<ArrayBuffer>);
    return new Response(body, { headers: headersOf(path ?? '', file.type) });
  };
}

function fileOf(pathname: string): string | null {
  if (!pathname.startsWith('/demo/')) return null;
  return pathname.slice('/demo/'.length) || 'index.html';
}

/** The pages keep to the policy that we promise host pages, so that a breach shows here first. */
function headersOf(path: string, type: string): Record<string, string> {
  return {
    'content-type': type,
    'content-security-policy': policies[path] ?? pagePolicy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': path.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  };
}
