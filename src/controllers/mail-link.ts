/*
 * A mail's link carries its code or invitation behind the `#` of the address, where no server and no log sees it. It is
 * taken out of there at once and waits here for whoever signs people in.
 */

let waiting: string | undefined;

/** Takes a mail's link out of the page's address. Other keys stay as they are. */
export function readMailLink(): void {
  const { hash, href } = location;
  const rest = hash.replace(/[#&]portal_(code|invitation)=[^&]*/g, (key) => {
    waiting = key;
    return '';
  });
  // The state object may belong to the page's own router; it stays with the address.
  if (rest !== hash) history.replaceState(history.state, '', href.replace(hash, rest.replace(/^&/, '#')));
}

/** The link that was read, once: `#portal_code=K7QM3XN4`. */
export function takeMailLink(): string | undefined {
  const link = waiting;
  waiting = undefined;
  return link;
}
