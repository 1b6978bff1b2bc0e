import { groundOf } from '../../../brand/brand.js';
import { contrastOf, leastContrast } from '../../../brand/contrast.js';
import { type BrandImage, imageBytes, readImage } from '../../../brand/image.js';
import type { AdminPortalWire } from '../../../wire/index.js';
import { ApiError } from '../../api-error.js';
import type { KeptImage, PortalBrand } from '../portal.js';
import { hashOf } from '../short-hash.js';

type BrandWire = AdminPortalWire['brand'];

/** Pictures as an owner sends them, `data:`. */
export type BrandImages = Readonly<Partial<Record<BrandImage, string>>>;

const kinds = ['logo', 'icon'] as const satisfies readonly BrandImage[];

/**
 * What is kept of a brand, and its pictures apart from it.
 *
 * @throws ApiError `invalid` for text that cannot be read on its ground (`contrast`), and for what is no picture of the type
 *   that it names (`kind`) or too large (`too_big`)
 */
export async function readBrand({ logo, icon, ...look }: BrandWire) {
  const given = { logo, icon };
  const images = Object.fromEntries(kinds.flatMap((kind) => (given[kind] === undefined ? [] : [[kind, given[kind]]])));
  const read = await Promise.all(Object.entries(images).map(async ([kind, address]) => keep(kind, address)));
  const fields = [
    ...(isReadable(look)
      ? []
      : [{ path: `brand.${look.text === undefined ? 'background' : 'text'}`, code: 'contrast' }]),
    ...read.flatMap(({ kind, code }) => (code ? [{ path: `brand.${kind}`, code }] : [])),
  ];
  if (fields.length > 0) throw new ApiError('invalid', { fields });
  const kept = Object.fromEntries(read.map(({ kind, image }) => [kind, image]));
  return { brand: { ...look, ...kept } as PortalBrand, images: images as BrandImages };
}

interface Read {
  readonly kind: string;
  readonly image?: KeptImage;
  readonly code?: string;
}

async function keep(kind: string, address: string): Promise<Read> {
  const image = readImage(address);
  if (!image) return { kind, code: 'kind' };
  if (image.bytes.length > imageBytes) return { kind, code: 'too_big' };
  const { type, bytes, width, height } = image;
  return { kind, image: { type, hash: await hashOf(bytes), width, height } };
}

function isReadable(look: BrandWire): boolean {
  const { background, text } = groundOf(look, 'light');
  return contrastOf(background, text) >= leastContrast;
}

/** As its owner has set it. */
export const brandOf = (row: { readonly brand: PortalBrand; readonly brand_images: BrandImages }): BrandWire => {
  const { logo: _logo, icon: _icon, ...look } = row.brand;
  return { ...look, ...row.brand_images };
};
