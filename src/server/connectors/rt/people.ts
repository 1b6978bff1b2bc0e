import type { DeskCompany, DeskContact, DeskPerson } from '../connector.js';
import type { RtClient } from './client.js';
import { anyOf, pageSize } from './query.js';
import type { User } from './schemas.js';
import { foundUsersSchema, groupsSchema, userSchema } from './schemas.js';
import type { RtDeps, RtSettings } from './settings.js';

/** Milliseconds for which we remember who is staff. */
const fresh = 60_000;
/** People whom we remember that of. */
const mostRemembered = 10_000;

/** Whoever answers for the desk itself: its automatons, the service account, a ticket that nobody asked. */
export const support: DeskPerson = { ref: '0', name: 'Support', email: null };

/** RT makes users of all who write to it; those are called by their address until somebody gives them a name. */
export const nameOf = ({ Name, RealName, EmailAddress }: Pick<User, 'Name' | 'RealName' | 'EmailAddress'>): string =>
  RealName.trim() || (Name.includes('@') ? Name : Name || EmailAddress).replace(/@.*$/s, '');

/** Somebody who takes part in a ticket, under the address that RT knows them by. */
export const toPerson = (user: Pick<User, 'id' | 'Name' | 'RealName' | 'EmailAddress'>): DeskPerson => ({
  ref: user.id,
  name: nameOf(user),
  email: user.EmailAddress || null,
});

/** Users of RT and the companies that they belong to. */
export class People {
  readonly #settings: RtSettings;
  readonly #client: RtClient;
  readonly #clock: () => Date;
  readonly #staff = new Map<string, { readonly is: boolean; readonly until: number }>();

  constructor(settings: RtSettings, { clock }: Pick<RtDeps, 'clock'>, client: RtClient) {
    this.#settings = settings;
    this.#client = client;
    this.#clock = clock;
  }

  /** Is this user staff? Lists do not say; who is gone counts as staff, whose address is nobody's business. @throws DeskError */
  async isStaff(ref: string, signal: AbortSignal): Promise<boolean> {
    const now = this.#clock().getTime();
    const remembered = this.#staff.get(ref);
    if (remembered && now < remembered.until) return remembered.is;
    const user = await this.#user(ref, signal);
    if (this.#staff.size >= mostRemembered) this.#staff.clear();
    this.#staff.set(ref, { is: user?.Privileged ?? true, until: now + fresh });
    return user?.Privileged ?? true;
  }

  /** The user with this address, preferably one who is not disabled. @throws DeskError */
  async contactByEmail(email: string, signal: AbortSignal): Promise<DeskContact | null> {
    const { items } = await this.#client.get(
      foundUsersSchema,
      {
        name: 'find a user',
        method: 'POST',
        path: '/REST/2.0/users',
        query: { find_disabled_rows: '1', fields: 'id,EmailAddress', orderby: 'id', per_page: String(pageSize) },
        body: anyOf('EmailAddress', [email]),
      },
      signal,
    );
    const same = items.filter(({ EmailAddress }) => EmailAddress.toLowerCase() === email.toLowerCase());
    const users: User[] = [];
    for (const { id } of same) {
      const user = await this.#user(id, signal);
      if (user) users.push(user);
    }
    const user = users.find(({ Disabled }) => !Disabled) ?? users[0];
    return user ? toContact(user, await this.#companiesOf(user, signal)) : null;
  }

  async #companiesOf(user: User, signal: AbortSignal): Promise<readonly DeskCompany[]> {
    if (this.#settings.company === 'organization') {
      const name = user.Organization.trim();
      return name === '' ? [] : [{ ref: name, name }];
    }
    const groups = user.Memberships.filter(({ type }) => type === 'group').map(({ id }) => id);
    if (groups.length === 0) return [];
    const { items } = await this.#client.get(
      groupsSchema,
      {
        name: 'read groups',
        method: 'POST',
        path: '/REST/2.0/groups',
        query: { fields: 'id,Name,Domain', per_page: String(pageSize) },
        body: anyOf('id', groups),
      },
      signal,
    );
    return items
      .filter(({ id, Domain }) => Domain === 'UserDefined' && groups.includes(id))
      .sort((one, other) => Number(one.id) - Number(other.id))
      .map(({ id, Name }) => ({ ref: id, name: Name }));
  }

  #user(ref: string, signal: AbortSignal): Promise<User | null> {
    return this.#client.find(userSchema, { name: 'read a user', path: `/REST/2.0/user/${ref}` }, signal);
  }
}

const toContact = (user: User, companies: readonly DeskCompany[]): DeskContact => ({
  ...toPerson(user),
  email: user.EmailAddress,
  enabled: !user.Disabled,
  companies,
  properties: propertiesOf(user),
});

/** Organization and custom fields, those with several values as one text. */
function propertiesOf({ Organization, CustomFields }: User): Readonly<Record<string, string>> {
  const fields = CustomFields.map(({ name, values }) => [
    name,
    values.filter((value) => typeof value === 'string').join(', '),
  ]);
  const all = [['Organization', Organization.trim()], ...fields] as [string, string][];
  return Object.fromEntries(all.filter(([, value]) => value !== ''));
}
