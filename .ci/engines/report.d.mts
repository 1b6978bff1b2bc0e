import type { EngineRow } from './closing.mjs';

interface Suite {
  tests: { name: string; passed: boolean; skipped: boolean }[];
  suites: (Suite & { name: string })[];
}
export function summarize(name: string, sessions: { testResults?: Suite; errors: unknown[] }[]): EngineRow;
