/** A provider's text as it is, where the database can keep it; `null` for anything else. */
export const textOf = (value: unknown, longest: number): string | null =>
  typeof value === 'string' && value !== '' && value.length <= longest && !/[\0\p{Cs}]/u.test(value) ? value : null;
