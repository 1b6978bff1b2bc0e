/** The same style sheet in fewer letters. */
export function shortenSheet(sheet: string): string;
