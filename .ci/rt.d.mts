export interface FoundRt {
  /** Path of the server. */
  server: string;
  /** Path of the program that makes a database. */
  setup: string;
  /** Folder of its Perl modules. */
  library: string;
  version: string;
  user: { uid: number; gid: number } | null;
}
export function findRt(root?: string): FoundRt | { why: string };
