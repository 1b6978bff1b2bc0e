import type { Finding } from './axe.js';
import type { EventEntry, RequestEntry } from './log.js';
import type { PageWorlds } from './page-worlds.js';
import type { PartName } from './parts.js';
import type { QaState } from './state.js';

/** How the page and the stage in its frame speak: same origin, plain calls, no messages. */

/** Whether an element came into its scenario's state. */
export type Outcome = { readonly reached: true } | { readonly reached: false; readonly why: string };

/** What the page gives to its stage. A stage that stands on its own has nobody to tell. */
export interface StageHost {
  attach(stage: Stage): void;
  request(entry: RequestEntry): void;
  event(entry: EventEntry): void;
  reached(outcome: Outcome): void;
  /** The next request has failed, as wished. */
  spent(): void;
  /** Somebody points at a part while the inspector is on; `null`: at none. */
  pointed(part: PartName | null): void;
  picked(part: PartName): void;
  /** The real server in the page, which outlives the stages; started when first asked for. */
  worlds(): Promise<PageWorlds>;
}

/** What the page may ask of its stage. */
export interface Stage {
  /** Takes over whatever changes under the element. */
  apply(state: QaState): void;
  findProblems(): Promise<readonly Finding[]>;
  /** Parts that are on the stage now, outer elements first. */
  parts(): readonly PartName[];
  /** Frames a part or what a selector of axe leads to; `null` takes the frame away. */
  highlight(what: PartName | readonly string[] | null): void;
}

declare global {
  interface Window {
    qaHost?: StageHost;
    /** For scripts that take pictures: resolves when the stage is as its address says. */
    qaStage?: Promise<Outcome>;
  }
}
