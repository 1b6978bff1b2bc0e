import { describe, expect, test } from 'vitest';

import { accentOf, brandSheet, brandTokens, groundOf } from '../../src/brand/brand.js';
import { contrastOf, leastContrast, textOn } from '../../src/brand/contrast.js';
import { readImage } from '../../src/brand/image.js';
import { sizeOf } from '../../src/brand/image-size.js';
import { askAdmin } from './admin-client.js';
import { pictures } from './config-file.cases.js';
import { useSmallWorld } from './use-small-world.js';

const small = useSmallWorld();

interface Answer {
  readonly fields: readonly { readonly path: string; readonly code: string }[] | null;
  readonly brand: Readonly<Record<string, unknown>>;
}

const set = (brand: unknown) => askAdmin<Answer>(small, 'PATCH', '/portals/help', { brand });

/** A picture of so many bytes. */
const pngOf = (bytes: number) => {
  const [head, body = ''] = pictures.png.split(',');
  return `${head},${btoa(atob(body).padEnd(bytes, '\0'))}`;
};

const pngOfSides = (width: number, height: number) => {
  const bytes = readImage(pictures.png)?.bytes ?? new Uint8Array();
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`;
};

const refused: readonly (readonly [brand: unknown, path: string, code: string])[] = [
  [{ accent: 'red' }, 'brand.accent', 'invalid_format'],
  [{ accent: '#2f5' }, 'brand.accent', 'invalid_format'],
  [{ accent: '#2f5fd0ff' }, 'brand.accent', 'invalid_format'],
  [{ accent: 'red;}body{display:none' }, 'brand.accent', 'invalid_format'],
  [{ accent: '#2f5fd0;}' }, 'brand.accent', 'invalid_format'],
  [{ accent: '#2f5fd0\n' }, 'brand.accent', 'invalid_format'],
  [{ accentDark: 'url(https://evil.example)' }, 'brand.accentDark', 'invalid_format'],
  [{ background: 'expression(1)' }, 'brand.background', 'invalid_format'],
  [{ text: '</style><script>alert(1)</script>' }, 'brand.text', 'invalid_format'],
  [{ text: '#000000\0' }, 'brand.text', 'invalid_format'],
  [{ font: 'Figtree";}body{' }, 'brand.font', 'invalid_format'],
  [{ font: "Figtree'" }, 'brand.font', 'invalid_format'],
  [{ font: 'Figtree, serif' }, 'brand.font', 'invalid_format'],
  [{ font: 'url(evil)' }, 'brand.font', 'invalid_format'],
  [{ font: 'Fig\\74 ree' }, 'brand.font', 'invalid_format'],
  [{ font: 'Fig\ntree' }, 'brand.font', 'invalid_format'],
  [{ font: '</style>' }, 'brand.font', 'invalid_format'],
  [{ font: '' }, 'brand.font', 'invalid_format'],
  [{ font: 'x'.repeat(61) }, 'brand.font', 'too_big'],
  [{ radius: '6px' }, 'brand.radius', 'invalid_type'],
  [{ radius: -1 }, 'brand.radius', 'too_small'],
  [{ radius: 1.5 }, 'brand.radius', 'invalid_type'],
  [{ radius: 25 }, 'brand.radius', 'too_big'],
  [{ logo: 'https://acme.example/logo.png' }, 'brand.logo', 'invalid_format'],
  [{ logo: `data:image/svg+xml;base64,${btoa('<svg onload="alert(1)"/>')}` }, 'brand.logo', 'invalid_format'],
  [{ logo: `data:text/html;base64,${btoa('<script>')}` }, 'brand.logo', 'invalid_format'],
  [{ logo: `data:image/png;base64,${btoa('<svg/>')}` }, 'brand.logo', 'kind'],
  [{ logo: 'data:image/png;base64,AAAAA' }, 'brand.logo', 'kind'],
  [{ logo: pictures.false }, 'brand.logo', 'kind'],
  [{ logo: pngOfSides(0, 30) }, 'brand.logo', 'kind'],
  [{ logo: pngOfSides(60_000, 60_000) }, 'brand.logo', 'kind'],
  [{ icon: pngOf(64 * 1024 + 1) }, 'brand.icon', 'too_big'],
  [{ icon: pngOf(80 * 1024) }, 'brand.icon', 'too_big'],
  [{ colour: '#000000' }, 'brand.colour', 'unknown'],
  ['#000000', 'brand', 'invalid_type'],
  [{ text: '#cccccc' }, 'brand.text', 'contrast'],
  [{ background: '#777777' }, 'brand.background', 'contrast'],
];

describe('a brand', () => {
  test.each(refused)('%j is refused at %s: %s, and nothing is kept', async (brand, path, code) => {
    const answer = await set(brand);
    expect([answer.status, answer.body.fields]).toEqual([400, [{ path, code }]]);
    expect((await askAdmin<Answer>(small, 'GET', '/portals/help')).body.brand).toEqual({});
  });

  test.each(Object.entries(pictures).filter(([name]) => name !== 'false'))('has a picture in %s', async (_, logo) =>
    expect((await set({ logo })).body.brand).toEqual({ logo }),
  );

  test('has pictures of up to 64 KiB, two of them in one request', async () => {
    const brand = { logo: pngOf(64 * 1024), icon: pngOf(64 * 1024) };
    expect((await set(brand)).body.brand).toEqual(brand);
  });

  test('stays as it is where another setting is changed', async () => {
    const brand = { accent: '#0b6e69', logo: pictures.png };
    await set(brand);
    await askAdmin(small, 'PATCH', '/portals/help', { name: 'Help' });
    expect((await askAdmin<Answer>(small, 'GET', '/portals/help')).body.brand).toEqual(brand);
  });

  test('is in the audit log without its pictures', async () => {
    await set({ accent: '#0b6e69', logo: pictures.png });
    const { body } = await askAdmin<{ items: { event: string; change: unknown }[] }>(small, 'GET', '/audit');
    expect(body.items[0]).toMatchObject({
      event: 'portal-changed',
      change: {
        brand: {
          before: {},
          after: {
            accent: '#0b6e69',
            logo: { type: 'image/png', hash: expect.any(String) as string, width: 90, height: 30 },
          },
        },
      },
    });
    expect(JSON.stringify(body.items[0])).not.toContain('base64');
  });
});

describe('how large a picture is', () => {
  const riff = [...Buffer.from('RIFF\0\0\0\0WEBP')];
  const webp = (chunk: string, ...rest: readonly number[]) => [
    ...riff,
    ...Buffer.from(chunk),
    0,
    0,
    0,
    0,
    ...rest,
    ...Array(9).fill(0),
  ];
  test.each([
    ['image/png', readImage(pictures.png)?.bytes],
    ['image/x-icon', readImage(pictures.ico)?.bytes],
    ['image/webp', readImage(pictures.webp)?.bytes],
    // 14 bits each, less one.
    ['image/webp', webp('VP8L', 0x2f, 89, 29 << 6, 29 >> 2, 0)],
    ['image/webp', webp('VP8 ', 0, 0, 0, 0x9d, 0x01, 0x2a, 90, 0, 30, 0)],
    ['image/jpeg', readImage(pictures.jpeg)?.bytes],
    ['image/jpeg', [0xff, 0xd8, 0xff, 0xc4, 0, 3, 0, 0xff, 0xc2, 0, 17, 8, 0, 30, 0, 90]],
  ])('is read of %s: %j', (type, bytes) =>
    expect(sizeOf(type, Uint8Array.from(bytes ?? []))).toEqual({ width: 90, height: 30 }),
  );

  test.each([
    ['image/jpeg', [0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0, 0, 0, 0, 0]],
    ['image/jpeg', [0xff, 0xd8, 0xff, 0xe0]],
    ['image/webp', riff],
    ['image/webp', webp('JUNK')],
    ['image/x-icon', [0, 0, 1, 0]],
    ['image/svg+xml', [...Buffer.from('<svg/>')]],
  ])('is unknown of what ends or goes wrong before that: %s, %j', (type, bytes) =>
    expect(sizeOf(type, Uint8Array.from(bytes))).toBeNull(),
  );
});

describe('the colours of a brand', () => {
  /** As WCAG has it: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio. */
  test.each([
    ['#ffffff', '#000000', 21],
    ['#777777', '#ffffff', 4.48],
    ['#767676', '#ffffff', 4.54],
    ['#ff0000', '#ffffff', 4],
    ['#2f5fd0', '#2f5fd0', 1],
  ])('%s and %s are %d : 1 apart', (one, other, ratio) => {
    expect(contrastOf(one, other)).toBeCloseTo(ratio, 2);
    expect(contrastOf(other, one)).toBe(contrastOf(one, other));
  });

  const accents = Array.from({ length: 64 }, (_, at) =>
    [at & 3, (at >> 2) & 3, at >> 4].reduce((text, part) => text + (part * 85).toString(16).padStart(2, '0'), '#'),
  );

  test('whatever its accent, text on it and in it can be read, on light and on dark', () => {
    for (const accent of accents) {
      for (const scheme of ['light', 'dark'] as const) {
        for (const ground of [{}, { background: '#fff4d6', text: '#40310a' }]) {
          const brand = { accent, ...ground };
          const tokens = brandTokens(brand, scheme);
          const { background } = groundOf(brand, scheme);
          const own = accentOf(brand, scheme);
          expect(contrastOf(textOn(own), own), accent).toBeGreaterThanOrEqual(leastContrast);
          if (scheme === 'dark') expect(contrastOf(own, background), accent).toBeGreaterThanOrEqual(3);
          expect(contrastOf(tokens['--portal-color-link'] ?? '', background), accent).toBeGreaterThanOrEqual(
            leastContrast,
          );
        }
      }
    }
  });

  test.each([
    ['#ffffff', '#000000'],
    ['#ffffff', '#767676'],
    ['#999999', '#1d2227'],
    ['#22303a', '#fffaf0'],
  ])('on %s with text in %s, what is less important can be read as well', (background, text) => {
    const muted = brandTokens({ background, text }, 'light')['--portal-color-muted'] ?? '';
    expect(contrastOf(muted, background)).toBeGreaterThanOrEqual(leastContrast);
  });

  test('set nothing where the owner has set nothing', () => expect(brandSheet({})).toBe(':root {\n}\n'));
});
