import type { BackendFeature, PortalBackend } from '../../backend/portal-backend.js';
import type { TicketPermission } from '../../policy/index.js';
import type { LocalText, World, WorldForm } from '../../world/world.js';
import type { FaultLayer } from '../faults.js';

/**
 * A visitor's own backend. A case calls only those optional methods that it says it needs. Mail is not every
 * implementation's: what needs it is asked of those that send some.
 */
export type Visitor = Required<
  Omit<PortalBackend, 'startSignIn' | 'setPassword' | 'signInByToken' | 'signInElsewhere' | 'resumeSignIn'>
> &
  PortalBackend;

export type PersonName = 'alice' | 'bob' | 'carol' | 'dave' | 'erin' | 'frank' | 'grace' | 'heidi';

/** A message as it was really kept. */
export interface KeptMessage {
  readonly kind: 'message' | 'note' | 'status';
  /** Name of who wrote it. */
  readonly author: string;
  readonly text: string;
}

/** The other side of the desk: what support does, and a view of what was really kept. Ids are those of the backend. */
export interface StaffSide {
  reply(ticket: string, text: string): Promise<void>;
  note(ticket: string, text: string): Promise<void>;
  /** Takes the id of one of the seed's statuses. */
  setStatus(ticket: string, status: string): Promise<void>;
  /** Oldest first. */
  thread(ticket: string): Promise<readonly KeptMessage[]>;
  /** Ids of all tickets with exactly this subject, whoever may see them. */
  withSubject(subject: string): Promise<readonly string[]>;
}

/** One portal, seeded for one case and used by nobody else. */
export interface ConformanceWorld {
  readonly seed: World;
  /** A visitor with a session of their own, like a new browser: signed out, or signed in as the person. */
  visitor(person?: PersonName): Promise<Visitor>;
  /** The backend's id of a thing in the seed. */
  idOf(kind: 'ticket' | 'file' | 'company', seedId: string): string | Promise<string>;
  readonly staff: StaffSide;
  /** Breaks what lies between a visitor and the portal, for backends that have a network in between. */
  readonly faults?: FaultLayer;
  close(): Promise<void>;
}

/**
 * What a case may need beyond the required methods. `search`: `q` finds words of public texts too. `sessions`: sessions live
 * behind the backend, so that one visitor can end another's. `properties`: a ticket keeps what it was opened with besides its text.
 * `propertyFilters`: the portal says which properties its tickets have, and lists are filtered by them. `longest`: texts may
 * be as long as the portal lets them. `forms`: an owner makes forms for new tickets. `followUps`: a new ticket may go on with an earlier one. `whoChanged`: a status is changed in the name of who did it. `faults`: there is a
 * network that can break.
 */
export type Need =
  | BackendFeature
  | 'search'
  | 'sessions'
  | 'properties'
  | 'propertyFilters'
  | 'longest'
  | 'whoChanged'
  | 'followUps'
  | 'forms'
  | 'faults';

export interface ConformanceCase {
  /** A sentence about behaviour. */
  readonly name: string;
  /** What contacts see beyond their own tickets. Default: all of their company for managers. */
  readonly permission?: TicketPermission;
  /** What new tickets come by. Default: the form that every portal has. */
  readonly forms?: readonly WorldForm[];
  /** What customers agree to before a session starts. Default: nothing. */
  readonly consent?: LocalText;
  readonly needs?: readonly Need[];
  run(world: ConformanceWorld): Promise<void>;
}

/** An implementation of `PortalBackend`, ready to be asked. */
export interface ConformanceTarget {
  /** What it cannot do, and why: cases that need it are skipped for that reason. */
  readonly lacks?: Readonly<Partial<Record<Need, string>>>;
  /** A portal that holds exactly the seed. */
  open(seed: World): Promise<ConformanceWorld>;
}
