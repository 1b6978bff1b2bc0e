export const unpackedFolder: string;
export function findBrowser(): string | null;
export function launchOptions(): { executablePath: string; args: string[]; env?: Record<string, string> };
