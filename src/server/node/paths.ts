import { fileURLToPath } from 'node:url';

/** From sources (tests, `tsx`) the module is TypeScript; built, all files of the server lie flat in `dist/server`. */
const fromSource = import.meta.url.endsWith('.ts');
const at = (source: string, built: string) => fileURLToPath(new URL(fromSource ? source : built, import.meta.url));

export const migrationsFolder = at('../migrations/', './migrations/');
export const embedFolder = at('../../../dist/embed/', '../embed/');
export const demoFolder = at('../../../dist/demo/', '../demo/');
export const packageFile = at('../../../package.json', './package.json');
