import type { Carrier } from '../deps.js';

/** Sessions travel in a cookie that scripts cannot read and that other sites do not send. */
export const cookieCarrier: Carrier = {
  read: (caller, name) => caller.cookies[name] ?? null,
  write(headers, name, token, maxAge) {
    const seconds = token === null ? 0 : Math.floor(maxAge);
    headers.append(
      'set-cookie',
      `${name}=${token ?? ''}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=${seconds}`,
    );
  },
};
