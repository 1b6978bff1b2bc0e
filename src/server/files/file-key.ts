/** Keys come from the server itself; this keeps a mistake from becoming a path. */
export function checkFileKey(key: string): void {
  if (!/^[\w-]{4,128}$/.test(key)) throw new Error('A file key has letters, digits, - and _ only');
}
