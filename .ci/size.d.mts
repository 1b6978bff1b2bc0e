/** The report as text, its bytes by the names of the budgets, and how many of these were kept. */
export function reportSizes(): {
  text: string;
  sizes: Readonly<Record<'loader' | 'firstSight' | 'zod' | 'allElements', number>>;
  passed: number;
  failed: number;
};
