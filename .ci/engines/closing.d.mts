export interface EngineRow {
  name: string;
  passed: number;
  failed: number;
  skipped: number;
  /** How many cases were skipped, by the reason why. */
  reasons?: Record<string, number>;
  /** Titles of cases that were skipped without a reason. */
  mute?: string[];
  /** Why the engine could not be had. */
  notRun?: string;
}
export function closingWords(rows: EngineRow[]): string;
