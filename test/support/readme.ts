import { readFileSync } from 'node:fs';

/** A block of code of the README, as it stands there. */
export interface ReadmeSnippet {
  /** The word after the fence: `html`, `ts`, … or nothing. */
  readonly language: string;
  readonly code: string;
}

export const readmeText = (): string => readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

const snippets = (): ReadmeSnippet[] =>
  [...readmeText().matchAll(/^( *)```(\S*)\n([^]*?)^ *```$/gm)].map(([, indent = '', language = '', code = '']) => ({
    language,
    code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  }));

/** The README's blocks in some languages, in their order. */
export const snippetsOf = (languages: readonly string[]): ReadmeSnippet[] =>
  snippets().filter(({ language }) => languages.includes(language));

/** Every language that a block of the README is in, once. */
export const readmeLanguages = (): string[] => [...new Set(snippets().map(({ language }) => language))].sort();
