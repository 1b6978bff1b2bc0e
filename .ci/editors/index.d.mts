export const frameworks: readonly string[];
export const dataFiles: readonly string[];
export function writeEditorData(folder: string): void;
