import type { OwnedPortal, PortalChange, SetupState } from '../../../backend/setup/setup-backend.js';
import type { RoomHost } from '../room.js';

export const stepNames = ['name', 'address', 'tickets', 'access'] as const;
export type StepName = (typeof stepNames)[number];

export const isStepName = (text: string | undefined): text is StepName => stepNames.includes(text as StepName);

/** What a step knows. */
export interface StepPlace {
  readonly host: RoomHost;
  readonly setup: SetupState;
  /** `null` before it is made. */
  readonly portal: OwnedPortal | null;
  /** Something was added to `setup`. */
  readonly refresh: () => Promise<void>;
}

/** One step of the set-up: its fields, with what was typed in them. */
export interface SetupStep<Values extends object = object> {
  /** What was typed, as JSON can hold it: it comes back after a reload. */
  readonly values: Values;
  /** Somebody has changed the portal, or what there is to choose from; what was typed stays. */
  place: StepPlace;
  render(): unknown;
  /** Waits for what the server has to say of the last key press. */
  prepare?(): Promise<void>;
  /** What is to be saved; `null` when something is missing, which the step then says at its field. */
  read(): PortalChange | null;
  /** The server has refused a field: says so there. False when the step has no such field. */
  refuse(path: string, code: string): boolean;
  leave?(): void;
}
