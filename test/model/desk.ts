import type { Visitor } from '../../src/testing/conformance/world.js';
import type { World } from '../../src/world/world.js';
import type { EventReader } from '../support/event-reader.js';
import type { Command } from './command.js';
import type { Permission, Settings } from './rules.js';
import type { Reference } from './reference.js';
import type { Setting } from './setting.js';

/** One browser of one person. */
export interface Browser {
  readonly backend: Visitor;
  /** Opens the stream of changes. @throws BackendError, as the backend does */
  readonly events: (() => Promise<EventReader>) | null;
}

/** Contacts, companies and inboxes by their ids in the world, tickets by public id. Refusals are errors with a `code`. */
export interface Desk {
  browser(): Browser;
  readonly staff: {
    answer(ticket: string, text: string): Promise<void>;
    note(ticket: string, text: string): Promise<void>;
    status(ticket: string, status: string): Promise<void>;
    move(ticket: string, inbox: string): Promise<void>;
  };
  readonly owner: Owner;
}

export interface Owner {
  remove(ticket: string): Promise<void>;
  parties(
    ticket: string,
    parties: {
      readonly requester: string;
      readonly contacts: readonly string[];
      readonly participants: readonly string[];
      readonly companies: readonly string[];
    },
  ): Promise<void>;
  companies(contact: string, companies: readonly string[], primary: string | null): Promise<void>;
  enabled(contact: string, enabled: boolean): Promise<void>;
  properties(contact: string, properties: Readonly<Record<string, string>>): Promise<void>;
  permission(permission: Permission): Promise<void>;
  actions(actions: Settings): Promise<void>;
}

export interface Within {
  /** Actions that no ticket lists. */
  readonly lacks: readonly string[];
  setting(setting: Setting): Setting;
  /** `null` for a command that is left out. */
  command(command: Command, setting: Setting): Command | null;
  /** Is the command left out as things stand? */
  leavesOut(command: Command, reference: Reference): boolean;
  /** An answer, of either side, without what cannot be expected of it. */
  answer(answer: unknown): unknown;
}

/** Something that can be a help desk, and shall answer as the reference does. */
export interface Target {
  readonly name: string;
  /** What it cannot be told or asked, and how what it can differs from it; without it there is no such thing. */
  readonly within?: Within;
  /** A portal with exactly this world. Names are never the same twice. */
  open(world: World): Promise<Desk>;
}
