/**
 * Puts the demo portal at the end of a page's main content, in the page's own font and colours. What runs in the foreign
 * page is the text of this very function: it uses nothing from around it, and leaves no name behind.
 *
 * @param loader the address of `embed.js`
 * @param refused what stands in the portal's place where the page lets in no script of ours
 */
export function putPortal(loader: string, refused: string): void {
  const tag = 'customer-portal';
  // A page that has one already, from the first time or of its own, gets no second one.
  let portal = document.querySelector(tag) as HTMLElement | null;
  if (!portal) {
    const fresh = document.createElement(tag) as HTMLElement;
    portal = fresh;
    fresh.setAttribute('backend', 'demo');
    fresh.setAttribute('routing', 'none');
    // A page with several articles is a list of them: the portal belongs below the list, not to the first.
    const only = (selector: string) => {
      const [first, second] = document.querySelectorAll(selector);
      return second ? undefined : first;
    };
    (only('main article') ?? only('main, [role=main]') ?? only('article') ?? document.body).append(fresh);
    const fail = () => {
      fresh.textContent = refused;
    };
    fresh.addEventListener('portal-load-error', fail);
    try {
      const script = document.createElement('script');
      script.type = 'module';
      script.src = loader;
      script.onerror = fail;
      document.head.append(script);
    } catch {
      // The page asks for Trusted Types.
      fail();
    }
  }
  const place = portal;
  place.scrollIntoView();
  // It has no height before; at the end of a page there is then nowhere to scroll to.
  void customElements.whenDefined(tag).then(() => place.scrollIntoView());
}
