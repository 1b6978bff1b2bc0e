/** The hosted page in another language shows what it shows now: a ticket that was opened since it was loaded as well. */
for (const link of document.querySelectorAll<HTMLAnchorElement>('header a[hreflang]')) {
  link.addEventListener('click', () => {
    const address = new URL(location.href);
    address.searchParams.set('lang', link.hreflang);
    link.href = address.href;
  });
}

export {};
