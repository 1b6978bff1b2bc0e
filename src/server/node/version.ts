import { readFileSync } from 'node:fs';
import { packageFile } from './paths.js';

/** Of the product, `1.2.3`. */
export const readVersion = (): string => (JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string }).version;
