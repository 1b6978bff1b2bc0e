import { createSetupBackend } from '../../src/backend/setup/rest-setup-backend.js';
import { definePortalSetup } from '../../src/elements/portal-setup/define.js';

/** The page of those who set portals up. Its language is the one asked for, then the browser's where we speak it. */

const spoken = ['en', 'pl'];
const asked = new URL(location.href).searchParams.get('lang');
const wanted = [asked, ...navigator.languages.map((language) => language.split('-', 1)[0])];
document.documentElement.lang = wanted.find((language) => language && spoken.includes(language)) ?? 'en';

// Where one is, is behind the `#`: another language leads to the same place.
for (const link of document.querySelectorAll<HTMLAnchorElement>('footer a')) {
  link.setAttribute('aria-current', String(link.lang === document.documentElement.lang));
  link.addEventListener('click', () => {
    link.hash = location.hash;
  });
}

definePortalSetup();
const element = document.querySelector('portal-setup');
if (element) element.backend = createSetupBackend(`${location.origin}/admin`);
