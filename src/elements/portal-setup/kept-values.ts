const prefix = 'portico:setup:';
/** Whose it is; no form has a name that begins like this. */
const owner = `${prefix}.by`;

/** What somebody is typing, across a reload. Of this tab alone: what it is, and who, is nobody else's business. */
export class KeptValues {
  readonly #key: string;

  /** @param name of the form, unlike that of every other */
  constructor(name: string) {
    this.#key = prefix + name;
  }

  read(): object {
    try {
      return JSON.parse(sessionStorage.getItem(this.#key) ?? '{}') as object;
    } catch {
      return {};
    }
  }

  write(values: object | undefined): void {
    try {
      sessionStorage.setItem(this.#key, JSON.stringify(values));
    } catch {
      // Without storage a reload forgets it.
    }
  }

  forget(): void {
    try {
      sessionStorage.removeItem(this.#key);
    } catch {
      // There is none.
    }
  }
}

/** Whoever signs in next in this tab finds nothing of it. */
export function forgetKeptValues(): void {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix)) sessionStorage.removeItem(key);
  } catch {
    // There is none.
  }
}

/** Somebody is signed in: what another one has typed in this tab is forgotten. @param id of the staff member */
export function claimKeptValues(id: string): void {
  try {
    if (sessionStorage.getItem(owner) !== id) forgetKeptValues();
    sessionStorage.setItem(owner, id);
  } catch {
    // There is none.
  }
}
