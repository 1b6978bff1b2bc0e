import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import type { AssetSource } from '../deps.js';

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.data': 'application/octet-stream',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** The files of a built folder, held in memory once read. Only what lay there at the start can be asked for. */
export function createAssets(folder: string): AssetSource {
  const names = new Set(existsSync(folder) ? listFiles(folder) : []);
  const known = new Map<string, Promise<{ bytes: Uint8Array; type: string }>>();

  return {
    async read(path) {
      if (!names.has(path)) return null;
      const found = known.get(path) ?? load(join(folder, path));
      known.set(path, found);
      return found;
    },
  };
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && extname(entry.name) in types)
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, sep).length).replaceAll(sep, '/'));
}

async function load(path: string): Promise<{ bytes: Uint8Array; type: string }> {
  return { bytes: await readFile(path), type: types[extname(path)] ?? 'application/octet-stream' };
}
