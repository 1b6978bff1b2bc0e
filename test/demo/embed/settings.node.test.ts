import { describe, expect, it } from 'vitest';

import { options, switches } from '../../../demo/scripts/embed/options.js';
import { readSettings, writeSettings } from '../../../demo/scripts/embed/settings.js';

const written = (query: string): string => {
  const target = new URLSearchParams('lang=pl');
  writeSettings(readSettings(new URLSearchParams(query)), target);
  return target.toString();
};

const plain = 'parts=ticket-list,support-form&accent=%237a3e9d&radius=2&fallback=no&space=no&integrity=yes';

describe('settings in an address', () => {
  it('are nothing but what differs from the standard', () => {
    expect(written('')).toBe('lang=pl');
    expect(written('fallback=yes&integrity=no&routing=query&level=2')).toBe('lang=pl');
  });

  it('come back as they were', () => {
    expect(new Set(new URLSearchParams(written(plain)))).toEqual(new Set(new URLSearchParams(`${plain}&lang=pl`)));
  });

  it.each(options.flatMap(({ key, values }) => values.slice(1).map(({ value }) => `${key}=${value}`)))(
    'come back for every value: %s',
    (query) => expect(written(query)).toBe(`lang=pl&${query}`),
  );

  it('replace those that were there before', () => {
    const query = new URLSearchParams(`${plain}&routing=hash`);
    writeSettings(readSettings(new URLSearchParams()), query);
    expect(query.toString()).toBe('');
  });

  it.each([
    'parts=script,customer-portal',
    'state=shut',
    'routing=__proto__',
    'theme=../../elsewhere',
    'accent=red;}',
    'accent=%237A3E9',
    'radius=99',
    'radius=-1',
    'integrity=perhaps',
  ])('are as if they were not there when they say what is not known: %s', (query) => {
    expect(readSettings(new URLSearchParams(query))).toEqual(readSettings(new URLSearchParams()));
  });

  it('have names of their own beside those of the page', () => {
    const names = [...options.map(({ key }) => key), ...Object.keys(switches), 'parts', 'theme', 'accent', 'radius'];
    expect(new Set([...names, 'lang', 'backend', 'ticket', 'signed-in']).size).toBe(names.length + 4);
  });
});
