/**
 * One visitor's browser, for where there is none: it keeps cookies, and sends what a browser sends from a page of the
 * portal's own origin. A request that has an `Origin` or `Sec-Fetch-Site` of its own keeps it.
 *
 * @param origin of the portal; nothing else may be asked with it
 */
export function createBrowser(origin: string): (request: Request) => Promise<Response> {
  const cookies = new Map<string, string>();
  return async (request) => {
    const headers = new Headers(request.headers);
    if (!headers.has('origin')) headers.set('origin', origin);
    if (!headers.has('sec-fetch-site')) headers.set('sec-fetch-site', 'same-origin');
    if (cookies.size > 0) headers.set('cookie', [...cookies].map((pair) => pair.join('=')).join('; '));
    const response = await fetch(new Request(request, { headers }));
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '' || /;\s*max-age=(0|-\d+)\b/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  };
}
