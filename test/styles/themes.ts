/// <reference types="vite/client" />

const files = import.meta.glob<string>('../../src/styles/themes/*.css', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The themes that come with the package, as text, by name. */
export const themes: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(files).map(([path, text]) => [path.replace(/.*\/(.*)\.css/, '$1'), text]),
);
