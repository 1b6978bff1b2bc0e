import type { ReactiveControllerHost } from 'lit';

import type { BackendError } from '../../backend/backend-error.js';
import type { SetupBackend } from '../../backend/setup/setup-backend.js';
import type { SetupTranslate } from './words.js';

/** What a room of the element needs of it. */
export interface RoomHost extends ReactiveControllerHost, HTMLElement {
  readonly setup: SetupBackend;
  readonly t: SetupTranslate;
  readonly locale: string;
  readonly headingLevel: number;
  readonly renderRoot: DocumentFragment | HTMLElement;
  /** Focuses what a selector names, as soon as there is such a thing. */
  focusOn(selector: string): void;
  /** Goes to another place, as its link would. */
  go(place: string): void;
  /** Hears of every failure. True: somebody has to sign in first, and then finds the room as it was. */
  fail(error: BackendError): boolean;
}

/** One view of the element, with what was typed in it. */
export interface Room {
  /** The `:state()` of the element while it is shown. */
  readonly state: string;
  render(): unknown;
  /** It is shown no more. */
  leave?(): void;
}
