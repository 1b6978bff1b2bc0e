import type { ConsentNotice, ConsentSignIn } from '../../model/index.js';
import type { Store } from '../../world/store.js';
import { languageOf } from '../../world/records.js';
import { keep, recall, type PageStorage } from '../../world/storage.js';
import { BackendError } from '../backend-error.js';

type Given = Required<Omit<ConsentNotice, 'text'>>;

/** By contact; visitors of the same help desk share it. */
const records = new WeakMap<Store, Record<string, Given>>();

/** What the world's portal asks before a session starts, and who has agreed to it. */
export function createConsent(store: Store, storage: PageStorage | null) {
  const key = `portico:demo:${store.world.account}:consent`;
  const given = records.get(store) ?? recall<Record<string, Given>>(storage, key) ?? {};
  records.set(store, given);

  const notice = (locale?: string): ConsentNotice | null => {
    const { consent } = store.world.portal;
    const language = languageOf(store.world, locale);
    return consent ? { version: 1, locale: language, text: consent[language], givenAt: null } : null;
  };

  return {
    notice,

    isDue: (contact: string): boolean => notice() !== null && !given[contact],

    /** What the contact has agreed to. */
    given(contact: string): ConsentNotice | null {
      const record = given[contact];
      const asked = record && notice(record.locale);
      return record && asked ? { ...asked, givenAt: record.givenAt } : null;
    },

    give(contact: string, { version, locale }: ConsentSignIn): void {
      if (version !== notice()?.version) {
        throw new BackendError('conflict', undefined, { fields: [{ path: 'version', code: 'changed' }] });
      }
      given[contact] = { version, locale, givenAt: new Date().toISOString() };
      keep(storage, key, given);
    },

    withdraw(contact: string): void {
      if (!given[contact]) throw new BackendError('not-found');
      delete given[contact];
      keep(storage, key, given);
    },
  };
}
