let region: HTMLElement | undefined;

/**
 * Says a short text to users of screen readers, once and politely. Live regions inside shadow roots are not announced
 * reliably, so where the platform has no call for it one region lies at the end of the page.
 */
export function announce(text: string, locale: string): void {
  const speaker = document as Document & { ariaNotify?: (text: string) => void };
  if (speaker.ariaNotify) return speaker.ariaNotify(text);
  if (!region?.isConnected) {
    region = document.createElement('div');
    region.setAttribute('role', 'status');
    // Set through the object model, which a strict content security policy allows.
    region.style.cssText =
      'position:fixed;inset:0 auto auto 0;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%)';
    document.body.append(region);
  }
  region.lang = locale;
  region.textContent = text;
}
