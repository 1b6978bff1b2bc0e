export interface FoundPostgres {
  folder: string;
  user: { uid: number; gid: number } | null;
}
export function findPostgres(env?: Record<string, string | undefined>): FoundPostgres | { why: string };
