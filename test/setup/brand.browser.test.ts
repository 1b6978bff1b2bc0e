import { expect } from '@open-wc/testing';

import { brand } from '../../src/testing/setup/setup-answers.js';
import { composed } from '../../src/testing/scenarios/composed.js';
import { alert, all, button, field, focused, part, text, type, until } from '../elements/screen.js';
import { at, keeping } from './setup-page.js';

const save = async () => (await button('Save')).click();

/** Opens the section on a portal that has a look, or none. */
function open(given: typeof brand | object = {}) {
  const kept = keeping({ open: true, brand: given });
  at('/help/brand', kept.answers);
  return kept;
}

const sample = (scheme: 'light' | 'dark') => part(`sample-${scheme}`);
const styleOf = async (scheme: 'light' | 'dark') => getComputedStyle(await sample(scheme));

/** Chooses a file in place of the browser's own dialog. */
async function choose(name: 'logo' | 'icon', bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const beside = await part(`choose-${name}`);
  const input = beside.parentElement?.querySelector<HTMLInputElement>('[type=file]') as HTMLInputElement;
  const files = new DataTransfer();
  files.items.add(new File([bytes], 'picture'));
  input.files = files.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

const png = (size = 100) => {
  const bytes = new Uint8Array(size);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  // 16 by 16 points.
  bytes.set([16], 19);
  bytes.set([16], 23);
  return bytes;
};

describe('the brand of a portal', () => {
  it('is saved as it was set, and nothing of what was not', async () => {
    const { changes } = open();
    type(await field('Accent'), '0B6');
    type(await field('Corners'), '14');
    await save();
    await text('Saved.');
    expect(changes).to.deep.equal([{ brand: { accent: '#00bb66', radius: 14 }, version: 3 }]);
  });

  it('comes back as it was saved', async () => {
    const { changes } = open(brand);
    expect((await field('Accent on dark')).value).to.equal('#6fd6cb');
    expect((await field('Font')).value).to.equal('serif');
    await until(() => all('img[part=picture]').length === 2);
    await save();
    await text('Saved.');
    expect(changes).to.deep.equal([{ brand, version: 3 }]);
  });

  it('is shown on light and on dark while it is typed', async () => {
    open();
    type(await field('Background'), '#fff4d6');
    type(await field('Text'), '#40310a');
    type(await field('Accent'), '#7a1f5c');
    type(await field('Accent on dark'), '#f2a3b5');
    const accentOf = async (scheme: 'light' | 'dark') =>
      (await styleOf(scheme)).getPropertyValue('--portal-color-accent');
    await until(async () => (await accentOf('dark')) === '#f2a3b5');
    expect((await styleOf('light')).backgroundColor).to.equal('rgb(255, 244, 214)');
    expect((await styleOf('light')).color).to.equal('rgb(64, 49, 10)');
    expect(await accentOf('light')).to.equal('#7a1f5c');
    expect((await styleOf('dark')).backgroundColor).to.equal('rgb(21, 24, 26)');
    expect((await styleOf('dark')).colorScheme).to.equal('dark');
  });

  it('is seen on a real portal, which takes no key and no press', async () => {
    open({ accent: '#7a1f5c' });
    const light = await sample('light');
    const buttonIn = () =>
      [...composed(light)].find((element) => element.matches('[part~=new]') && element.checkVisibility());
    await until(buttonIn, 'The portal has no button');
    await until(() => getComputedStyle(buttonIn() as Element).backgroundColor === 'rgb(122, 31, 92)');
    expect(light.inert).to.equal(true);
    expect(new URLSearchParams(location.search).has('ticket')).to.equal(false);
  });

  it('leaves nothing of it behind', async () => {
    const element = at('/help/brand', keeping({ open: true }).answers);
    await sample('light');
    const sheets = () => element.shadowRoot?.adoptedStyleSheets.length ?? 0;
    const before = sheets();
    location.hash = '#/help/sessions';
    await text('Signed in for');
    expect(sheets()).to.equal(before - 1);
  });

  it('says how well its colours are read', async () => {
    open();
    await until(() => all('#accent-hint').some((hint) => hint.textContent?.includes('white, at 5.7 : 1')));
    type(await field('Accent'), '#ffd23f');
    await until(() => all('#accent-hint').some((hint) => hint.textContent?.includes('black, at 14.5 : 1')));
    expect(all('#accent-hint')[0]?.textContent).to.include('too faint (1.4 : 1)');
    type(await field('Text'), '#777777');
    // 4.48, which rounded would be enough.
    await until(() => all('#text-hint').some((hint) => hint.textContent?.includes('at 4.4 : 1')));
  });

  it('is refused at its field, and the rest stays', async () => {
    const { changes } = open();
    type(await field('Accent'), 'red;}body{');
    type(await field('Background'), '#111111');
    await save();
    await alert('Write six digits');
    expect(focused()?.id).to.equal('accent');
    type(await field('Accent'), '#ff0000');
    await save();
    await alert('too close to be read: 1.1 : 1');
    expect(focused()?.id).to.equal('text');
    expect((await field('Background')).value).to.equal('#111111');
    expect(changes).to.deep.equal([]);
  });

  it('takes a font by its name, and nothing else for one', async () => {
    const { changes } = open();
    const font = await field('Font');
    font.value = 'own';
    font.dispatchEvent(new Event('change', { bubbles: true }));
    type(await field('Name of the font'), 'Figtree"; }');
    await save();
    await alert('Write the name alone');
    type(await field('Name of the font'), 'Figtree');
    await until(async () => /^"?Figtree\b/.test((await styleOf('light')).fontFamily));
    await save();
    await text('Saved.');
    expect(changes).to.deep.equal([{ brand: { font: 'Figtree' }, version: 3 }]);
  });

  it('takes a picture, shows it, and takes it away', async () => {
    const { kept } = open();
    await choose('logo', png());
    await until(() => all('img[part=picture]').length === 1);
    expect(all('[part=sample-head] img')).to.have.length(2);
    await save();
    await text('Saved.');
    expect(kept.portal.brand.logo).to.match(/^data:image\/png;base64,iVBORw0KGgo/);
    (await button('Remove the logo')).click();
    await until(() => all('img[part=picture]').length === 0);
    await until(() => focused()?.id === 'logo');
    await save();
    await until(() => !kept.portal.brand.logo);
  });

  it('keeps the picture before, where another one is none or too large', async () => {
    open(brand);
    await choose('icon', new TextEncoder().encode('<svg onload="alert(1)"/>'));
    await alert('no picture in PNG');
    await choose('icon', png(65 * 1024));
    await alert('This picture has 65 kB');
    expect(all('img[part=picture]')).to.have.length(2);
  });

  it('shows its icon in the tab', async () => {
    at('/help/name', keeping({ open: true, brand }).answers);
    expect(((await part('tab-icon')) as HTMLImageElement).src).to.match(/^blob:/);
  });
});
