/*
 * A mail's link carries its code or invitation behind the `#` of the address, and so does the way back from a sign-in
 * elsewhere: no server and no log sees it there. It is taken out at once and waits here for whoever signs people in.
 */

let waiting: string | undefined;

/** Takes such a link out of the page's address. Other keys stay as they are. */
export function readSignInLink(): void {
  const { hash, href } = location;
  const rest = hash.replace(/[#&]portal_(code|invitation|sso)=[^&]*/g, (key) => {
    waiting = key;
    return '';
  });
  // The state object may belong to the page's own router; it stays with the address.
  if (rest !== hash) history.replaceState(history.state, '', href.replace(hash, rest.replace(/^&/, '#')));
}

/** True while such a link waits to be taken. */
export const hasSignInLink = (): boolean => !!waiting;

/** The link that was read, once: `#portal_code=K7QM3XN4`. */
export function takeSignInLink(): string | undefined {
  const link = waiting;
  waiting = undefined;
  return link;
}
