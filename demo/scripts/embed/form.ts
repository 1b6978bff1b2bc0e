import { find, make } from '../dom.js';
import type { PageLanguage } from '../page.js';
import { options, parts, type Switch, switches, type Tag, type Words } from './options.js';
import type { Settings } from './settings.js';
import { themes } from '../theme-list.js';

/** The form of the configurator: made of the tables in `options.ts`, and their words in the page's language. */
export interface SettingsForm {
  /** What is chosen now. */
  read(): Settings;
  /** Chooses. */
  show(settings: Settings): void;
  /** Writes the words that the tables hold. */
  speak(language: PageLanguage): void;
}

const standardAccent = '#2f5fd0';

/** What is chosen when somebody wants single elements, before they choose. */
const firstParts: readonly Tag[] = ['portal-login', 'ticket-list'];

/** Fills the page's form, and calls when something in it has changed. */
export function startForm(onChange: () => void): SettingsForm {
  const form = find<HTMLFormElement>('[data-settings]');
  const texts: [element: Element, words: Words][] = [];
  const worded = <Made extends Element>(element: Made, words: Words): Made => {
    texts.push([element, words]);
    return element;
  };

  const pieces = find('[data-parts]', form);
  const boxes = parts.map(({ tag, label }) => {
    const box = make('input', { type: 'checkbox', name: 'parts', value: tag });
    pieces.append(make('label', {}, box, worded(make('span'), label), make('code', {}, `<${tag}>`)));
    return box;
  });

  const selectFor = (key: string, label: Words, values: readonly { value: string; label: Words }[]) => {
    const list = values.map(({ value, label: words }) => worded(make('option', { value }), words));
    const select = make('select', { name: key }, ...list);
    find('[data-options]', form).append(make('label', {}, worded(make('span'), label), select));
    return select;
  };
  const selects = options.map(({ key, label, values }) => ({ key, select: selectFor(key, label, values) }));
  const looks = themes.map(({ name, label }) => ({ value: name, label: { en: label, pl: label } }));
  const noTheme = { value: '', label: { en: 'That of the page', pl: 'Taki jak na stronie' } };
  const theme = selectFor('theme', { en: 'Theme', pl: 'Motyw' }, [noTheme, ...looks]);

  const field = (name: string) => find<HTMLInputElement>(`input[name="${name}"]`, form);
  const [whole, single] = ['portal', 'parts'].map((value) =>
    find<HTMLInputElement>(`input[name="put"][value="${value}"]`, form),
  ) as [HTMLInputElement, HTMLInputElement];
  const [accent, ownAccent, radius] = [field('accent'), field('own-accent'), field('radius')];

  const partsChosen = () => boxes.filter(({ checked }) => checked).map(({ value }) => value as Tag);

  /** What does not apply is not there: a list is needed for what is said of lists, and so on. */
  const fit = (): void => {
    const tags = single.checked ? partsChosen() : ['customer-portal', 'ticket-list'];
    pieces.toggleAttribute('hidden', whole.checked);
    accent.disabled = !ownAccent.checked;
    for (const { key, select } of selects) {
      const applies = options.find((option) => option.key === key)?.tags.some((tag) => tags.includes(tag));
      select.closest('label')?.toggleAttribute('hidden', !applies);
    }
  };

  form.addEventListener('input', ({ target }) => {
    if (target === single && partsChosen().length === 0) {
      for (const box of boxes) box.checked = firstParts.includes(box.value as Tag);
    }
    // Without a single one left it is the whole portal again.
    if (boxes.includes(target as HTMLInputElement) && partsChosen().length === 0) {
      whole.checked = true;
      whole.focus();
    }
    fit();
    onChange();
  });
  form.addEventListener('submit', (event) => event.preventDefault());

  return {
    read: () => ({
      parts: single.checked ? partsChosen() : [],
      values: Object.fromEntries(selects.map(({ key, select }) => [key, select.value])),
      theme: theme.value,
      accent: ownAccent.checked ? accent.value : '',
      radius: radius.validity.valid ? radius.value : '',
      switches: Object.fromEntries(
        Object.keys(switches).map((key) => [key, field(key).checked]),
      ) as Settings['switches'],
    }),
    show: (settings) => {
      (settings.parts.length > 0 ? single : whole).checked = true;
      for (const box of boxes) box.checked = settings.parts.includes(box.value as Tag);
      for (const { key, select } of selects) select.value = settings.values[key] ?? '';
      theme.value = settings.theme;
      ownAccent.checked = settings.accent !== '';
      accent.value = settings.accent || standardAccent;
      radius.value = settings.radius;
      for (const key of Object.keys(switches)) field(key).checked = settings.switches[key as Switch];
      fit();
    },
    speak: (language) => {
      for (const [element, words] of texts) element.textContent = words[language];
    },
  };
}
