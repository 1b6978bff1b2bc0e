import type { ScenarioTag } from '../../../src/testing/scenarios/index.js';

/** Something that a person looks at, because no machine does. */
export interface Check {
  /** Under which the browser keeps what came of it: it never changes. */
  readonly id: string;
  /** Default: every element. */
  readonly of?: readonly ScenarioTag[];
  readonly en: string;
  readonly pl: string;
}

const list = ['ticket-list', 'customer-portal'] as const;
const thread = ['ticket-detail', 'customer-portal'] as const;
const form = ['support-form', 'customer-portal'] as const;
const login = ['portal-login', 'customer-portal'] as const;

export const checks: readonly Check[] = [
  {
    id: 'keyboard',
    en: 'Tab leads to every control, in the order in which one reads, and Enter or Space does what a click does.',
    pl: 'Tab prowadzi do każdej kontrolki w kolejności czytania, a Enter lub spacja robi to co kliknięcie.',
  },
  {
    id: 'focus',
    en: 'The focus is always to be seen, is never covered, and never jumps to the top of the page.',
    pl: 'Fokus zawsze widać, nic go nie zasłania i nigdy nie przeskakuje na początek strony.',
  },
  {
    id: 'focus-after',
    en: 'After something was opened, sent or closed, the focus is at what comes next.',
    pl: 'Po otwarciu, wysłaniu lub zamknięciu fokus jest na tym, co następne.',
  },
  {
    id: 'screen-reader',
    en: 'With a screen reader (NVDA, VoiceOver, TalkBack) every control says its name, its role and its state.',
    pl: 'Czytnik ekranu (NVDA, VoiceOver, TalkBack) podaje nazwę, rolę i stan każdej kontrolki.',
  },
  {
    id: 'announced',
    en: 'A screen reader hears once, and not twice, that something was loaded, sent or has failed.',
    pl: 'Czytnik ekranu raz, nie dwa razy, słyszy, że coś wczytano, wysłano albo że się nie udało.',
  },
  {
    id: 'headings',
    en: 'By headings alone one finds one’s way; the levels fit the page around.',
    pl: 'Po samych nagłówkach da się poruszać; poziomy pasują do strony wokół.',
  },
  {
    id: 'zoom-200',
    en: 'At zoom 200 % nothing is cut off or covered.',
    pl: 'Przy powiększeniu 200 % nic nie jest ucięte ani zasłonięte.',
  },
  {
    id: 'zoom-400',
    en: 'At zoom 400 % (or 320 px) everything is one column, and nothing scrolls sideways.',
    pl: 'Przy powiększeniu 400 % (lub 320 px) wszystko jest w jednej kolumnie i nic nie przewija się w bok.',
  },
  {
    id: 'spacing',
    en: 'With text spacing on, no word is cut off and no line lies over another.',
    pl: 'Z odstępami tekstu żadne słowo nie jest ucięte i żadne wiersze nie nachodzą na siebie.',
  },
  {
    id: 'contrast',
    en: 'In the system’s high contrast (forced colours) borders, focus and states are still there.',
    pl: 'W wysokim kontraście systemu (wymuszone kolory) nadal widać obramowania, fokus i stany.',
  },
  {
    id: 'dark',
    en: 'Dark, by the system and by a class alone: everything can be read, and no white box shines.',
    pl: 'Ciemny motyw, systemowy i przez samą klasę: wszystko da się przeczytać, nie świeci biały prostokąt.',
  },
  {
    id: 'ugly',
    en: 'On the host page with ugly CSS it keeps its shape, and only font and colour come from there.',
    pl: 'Na stronie z brzydkim CSS zachowuje kształt; stamtąd pochodzą tylko krój i kolor.',
  },
  {
    id: 'rtl',
    en: 'Right to left is a mirror: arrows, indents and alignment, but not numbers and Latin words.',
    pl: 'Od prawej do lewej to lustro: strzałki, wcięcia, wyrównanie, ale nie liczby i słowa łacińskie.',
  },
  {
    id: 'polish',
    en: 'In Polish every word is Polish, plurals and dates are right, and nothing is too long for its place.',
    pl: 'Po polsku każde słowo jest polskie, liczebniki i daty są poprawne, nic nie jest za długie.',
  },
  {
    id: 'language-switch',
    en: 'A change of language keeps what was typed, what is open and where the focus is.',
    pl: 'Zmiana języka zachowuje wpisany tekst, to, co otwarte, i miejsce fokusu.',
  },
  {
    id: 'slow',
    en: 'At a latency of 3,000 ms one sees at once that something happens, and a second click does no harm.',
    pl: 'Przy opóźnieniu 3000 ms od razu widać, że coś się dzieje, a drugie kliknięcie nie szkodzi.',
  },
  {
    id: 'offline',
    en: 'Offline: what was there stays, a sentence says why no more comes, and it goes on with the network.',
    pl: 'Bez sieci: to, co było, zostaje, zdanie mówi, czemu nie ma więcej, a z siecią wszystko idzie dalej.',
  },
  {
    id: 'fail-next',
    en: '“Fail next” with each status: a sentence that helps, a way to try again, and no word of code.',
    pl: '„Następne” z każdym statusem: pomocne zdanie, możliwość ponowienia, ani słowa kodu.',
  },
  {
    id: 'touch',
    en: 'On a phone everything is large enough for a thumb, and no field makes the page zoom in.',
    pl: 'Na telefonie wszystko jest dość duże dla kciuka i żadne pole nie powiększa strony.',
  },
  {
    id: 'motion',
    en: 'Where the system asks for less motion nothing moves.',
    pl: 'Gdy system prosi o mniej ruchu, nic się nie porusza.',
  },
  {
    id: 'long-words',
    en: 'Words that have no place to break stay in their boxes.',
    pl: 'Słowa, których nie da się podzielić, mieszczą się w swoich polach.',
  },
  {
    id: 'back',
    of: ['customer-portal'],
    en: 'The back button leads from a thread to the list, with the same row in sight and in focus.',
    pl: 'Przycisk wstecz prowadzi z wątku do listy, z tym samym wierszem w widoku i z fokusem.',
  },
  {
    id: 'new-tab',
    of: list,
    en: 'A middle click, or Ctrl and click, opens a ticket in a new tab.',
    pl: 'Kliknięcie środkowym przyciskiem lub z Ctrl otwiera zgłoszenie w nowej karcie.',
  },
  {
    id: 'search',
    of: list,
    en: 'Search finds parts of words, in capitals or not, and numbers; its result is said aloud.',
    pl: 'Wyszukiwanie znajduje części słów, wielkie i małe litery oraz numery; wynik jest ogłaszany.',
  },
  {
    id: 'turn',
    of: list,
    en: '“Your turn” is what one sees first, and unread is told by more than a colour.',
    pl: '„Twoja kolej” widać najpierw, a nieprzeczytane poznaje się nie tylko po kolorze.',
  },
  {
    id: 'print',
    of: thread,
    en: 'Printed, the thread is whole, with dates, and without controls.',
    pl: 'Na wydruku wątek jest cały, z datami i bez kontrolek.',
  },
  {
    id: 'draft',
    of: [...thread, 'support-form'],
    en: 'What was typed is still there after a reload, after a failure and after the session has ended.',
    pl: 'Wpisany tekst jest nadal po odświeżeniu, po błędzie i po wygaśnięciu sesji.',
  },
  {
    id: 'files',
    of: [...thread, 'support-form'],
    en: 'A file by button, by drop and by paste: its name is read out, it can be taken off, too large is told before.',
    pl: 'Plik przyciskiem, upuszczony i wklejony: nazwa jest czytana, da się go usunąć, o limicie mowa wcześniej.',
  },
  {
    id: 'why',
    of: thread,
    en: 'The thread says why one sees it, and who else reads what one writes.',
    pl: 'Wątek mówi, dlaczego się go widzi i kto jeszcze czyta odpowiedź.',
  },
  {
    id: 'errors',
    of: form,
    en: 'Sent empty, the form lists what is missing; each line leads to its field; nothing typed is lost.',
    pl: 'Pusty formularz wymienia braki; każdy wiersz prowadzi do pola; nic wpisanego nie ginie.',
  },
  {
    id: 'password-manager',
    of: login,
    en: 'The browser’s password manager fills in and offers to keep; paste works in every field.',
    pl: 'Menedżer haseł przeglądarki wypełnia i proponuje zapis; wklejanie działa w każdym polu.',
  },
  {
    id: 'code',
    of: login,
    en: 'A code can be pasted with spaces and dashes, and a phone offers it above its keys.',
    pl: 'Kod można wkleić ze spacjami i kreskami, a telefon podpowiada go nad klawiaturą.',
  },
  {
    id: 'wrong-password',
    of: login,
    en: 'A wrong password and an unknown address are told apart by nothing.',
    pl: 'Złego hasła i nieznanego adresu nie da się odróżnić.',
  },
];

export const checksOf = (element: ScenarioTag): readonly Check[] =>
  checks.filter(({ of }) => !of || of.includes(element));
