/**
 * Takes what a sign-in elsewhere has brought back out of the page's address, for `PortalBackend.resumeSignIn`. Call it before
 * anything else reads the address; other keys behind the `#` stay as they are.
 */
export function takeSsoReturn(): string | null {
  const { hash, href } = location;
  const found = /[#&]portal_sso=([\w.-]*)/.exec(hash);
  if (!found) return null;
  const rest = hash.replace(/[#&]portal_sso=[^&]*/g, '').replace(/^&/, '#');
  // The state object may belong to the page's own router; it stays with the address.
  history.replaceState(history.state, '', href.slice(0, href.length - hash.length) + rest);
  return found[1] ?? '';
}
