import { StoreError } from './store-error.js';

/** Positions handed out as opaque tokens, each good only for the question that it was made for. */
export interface Cursors {
  seal(question: string, position: readonly number[]): string;
  /** @throws StoreError `invalid` for a token that is unknown or of another question */
  open(question: string, token: string, path: string): readonly number[];
}

export function createCursors(newId: () => string): Cursors {
  const kept = new Map<string, { readonly question: string; readonly position: readonly number[] }>();
  return {
    seal(question, position) {
      const token = newId();
      kept.set(token, { question, position });
      return token;
    },
    open(question, token, path) {
      const found = kept.get(token);
      if (found?.question !== question) throw new StoreError('invalid', [{ path, code: 'unknown' }]);
      return found.position;
    },
  };
}
