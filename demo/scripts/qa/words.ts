import { pageLanguage } from '../page.js';

/** What the page's script says; what never changes stands in the page itself. */
const texts = {
  server: { en: 'Portal', pl: 'Portal' },
  'server.memory': { en: 'in memory', pl: 'w pamięci' },
  'server.page': { en: 'real server in the page', pl: 'serwer na tej stronie' },
  'server.here': { en: 'the demo’s server', pl: 'serwer demo' },
  contact: { en: 'Contact', pl: 'Kontakt' },
  'contact.scenario': { en: 'of the scenario', pl: 'ze scenariusza' },
  'contact.nobody': { en: 'nobody', pl: 'nikt' },
  permission: { en: 'A contact sees', pl: 'Kontakt widzi' },
  'permission.world': { en: 'as set in the world', pl: 'jak w danych' },
  'permission.own': { en: 'own', pl: 'własne' },
  'permission.company': { en: 'company', pl: 'firmy' },
  'permission.company-if': { en: 'company if manager', pl: 'firmy, jeśli manager' },
  clock: { en: 'Clock', pl: 'Zegar' },
  latency: { en: 'Latency', pl: 'Opóźnienie' },
  jitter: { en: 'Jitter', pl: 'Wahania' },
  offline: { en: 'Offline', pl: 'Bez sieci' },
  fail: { en: 'Fail next', pl: 'Następne żądanie' },
  'fail.none': { en: 'no', pl: 'bez błędu' },
  status: { en: 'Status by route', pl: 'Status trasy' },
  'status.none': { en: 'as it comes', pl: 'bez zmian' },
  'breakage.proxy': { en: '502, a proxy’s page', pl: '502, strona proxy' },
  'breakage.malformed': { en: 'unreadable answer', pl: 'nieczytelna odpowiedź' },
  'breakage.unreachable': { en: 'no connection', pl: 'brak połączenia' },
  width: { en: 'Width', pl: 'Szerokość' },
  'width.0': { en: 'all there is', pl: 'cała' },
  zoom: { en: 'Zoom', pl: 'Powiększenie' },
  language: { en: 'Language', pl: 'Język' },
  dir: { en: 'Direction', pl: 'Kierunek' },
  'dir.auto': { en: 'of the language', pl: 'zgodny z językiem' },
  'dir.ltr': { en: 'left to right', pl: 'od lewej' },
  'dir.rtl': { en: 'right to left', pl: 'od prawej' },
  scheme: { en: 'Colours', pl: 'Kolory' },
  'scheme.auto': { en: 'as the system', pl: 'jak system' },
  'scheme.light': { en: 'light', pl: 'jasne' },
  'scheme.dark': { en: 'dark', pl: 'ciemne' },
  host: { en: 'Host page', pl: 'Strona wokół' },
  'host.plain': { en: 'plain', pl: 'zwykła' },
  'host.class-dark': { en: 'dark by a class', pl: 'ciemna przez klasę' },
  'host.ugly': { en: 'ugly CSS', pl: 'brzydki CSS' },
  theme: { en: 'Theme', pl: 'Motyw' },
  'theme.none': { en: 'none', pl: 'brak' },
  spacing: { en: 'Text spacing', pl: 'Odstępy tekstu' },
  reset: { en: 'Reset world', pl: 'Odtwórz dane' },
  resetting: { en: 'Resetting …', pl: 'Odtwarzam …' },
  resetDone: { en: 'The world is as it was.', pl: 'Dane są jak na początku.' },
  resetFailed: { en: 'The world was not reset.', pl: 'Danych nie odtworzono.' },
  opening: { en: 'opening …', pl: 'otwieram …' },
  reached: { en: 'state reached', pl: 'stan osiągnięty' },
  missed: { en: 'state not reached:', pl: 'stan nieosiągnięty:' },
  copied: { en: 'Copied:', pl: 'Skopiowano:' },
  copyFailed: { en: 'The browser did not let it be copied.', pl: 'Przeglądarka nie pozwoliła skopiować.' },
  link: { en: 'link', pl: 'link' },
  snippet: { en: 'snippet', pl: 'fragment' },
  report: { en: 'bug report', pl: 'zgłoszenie błędu' },
  css: { en: 'CSS', pl: 'CSS' },
  list: { en: 'check list', pl: 'lista kontrolna' },
  noEvents: { en: 'No event yet.', pl: 'Jeszcze bez zdarzeń.' },
  noRequests: { en: 'No request yet.', pl: 'Jeszcze bez żądań.' },
  canceled: { en: 'canceled', pl: 'anulowane' },
  looking: { en: 'axe is looking …', pl: 'axe sprawdza …' },
  noFindings: { en: 'axe knows no problem here.', pl: 'axe nie widzi tu problemu.' },
  notAsked: { en: 'Not asked yet.', pl: 'Jeszcze nie sprawdzono.' },
  elements: { en: 'elements', pl: 'elementy' },
  copyCss: { en: 'Copy CSS', pl: 'Kopiuj CSS' },
  works: { en: 'Works', pl: 'Działa' },
  fails: { en: 'Fails', pl: 'Nie działa' },
  checked: { en: '{{n}} of {{all}} checked, {{bad}} fail', pl: 'sprawdzono {{n}} z {{all}}, nie działa {{bad}}' },
  noServer: { en: 'no demo server here', pl: 'tu nie ma serwera demo' },
  loopback: {
    en: 'This address leads a phone to itself. Open this page under a name that the phone can reach.',
    pl: 'Ten adres zaprowadzi telefon do niego samego. Otwórz tę stronę pod nazwą osiągalną dla telefonu.',
  },
  here: {
    en: 'This browser is signed in and out at the demo’s server.',
    pl: 'Ta przeglądarka loguje się i wylogowuje na serwerze demo.',
  },
  world: {
    en: 'This scenario has a world of its own; the demo’s server has the demo world.',
    pl: 'Ten scenariusz ma własne dane; serwer demo ma dane demo.',
  },
} as const;

export type TextKey = keyof typeof texts;

export const isText = (key: string): key is TextKey => Object.hasOwn(texts, key);

export const say = (key: TextKey): string => texts[key][pageLanguage()];

/** What stands on the stage while there is no element on it. */
export const stageWords = {
  en: {
    loading: 'Loading the real server: PostgreSQL and all, about 4 MB …',
    writing: 'Writing the world …',
    failed: 'The scenario could not be opened.',
  },
  pl: {
    loading: 'Ładuję prawdziwy serwer, z PostgreSQL, około 4 MB …',
    writing: 'Zapisuję dane …',
    failed: 'Nie udało się otworzyć scenariusza.',
  },
};

export function sayOnStage(text: string): void {
  const place = document.querySelector<HTMLElement>('[data-status]');
  if (!place) return;
  place.textContent = text;
  place.hidden = text === '';
}
