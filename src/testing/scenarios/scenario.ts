import type { TemplateResult } from 'lit';

import type { PortalBackend } from '../../backend/portal-backend.js';
import type { ErrorCode } from '../../model/index.js';
import type { WorldName } from './worlds.js';

/** The elements that scenarios are of. */
export const scenarioTags = [
  'customer-portal',
  'portal-login',
  'ticket-list',
  'ticket-detail',
  'support-form',
  'ticket-count',
] as const;

export type ScenarioTag = (typeof scenarioTags)[number];

/** A call of the backend that goes wrong from now on: with an error, or without any answer. */
export interface ScenarioFault {
  readonly call: keyof PortalBackend;
  readonly with: ErrorCode | 'silence';
  /** Seconds until the next attempt, with `rate-limited`. */
  readonly retryAfter?: number;
  /** Which field was refused and why, by the words of the wire. */
  readonly field?: readonly [path: string, code: string];
}

/** What somebody does to come into a state. Parts are found in the element, and in those inside it. */
export type Step =
  /** Presses the first visible control with this part. */
  | { readonly press: string }
  /** Types into the field of this name; `times` repeats the text. */
  | { readonly fill: string; readonly with: string; readonly times?: number }
  /** Chooses in the `<select>` of this name. */
  | { readonly choose: string; readonly value: string }
  /** Chooses a file of this name, in place of the browser's own dialog; `bytes` is how large it is. */
  | { readonly attach: string; readonly bytes?: number }
  /** Waits until a part is visible. */
  | { readonly see: string }
  /** Waits until the field of this name is empty and can be written in: what was in it has been sent. */
  | { readonly emptied: string }
  /** From here on a call goes wrong. */
  | { readonly fault: ScenarioFault }
  /** As if the visitor came back to the page: everything is asked for anew. */
  | { readonly comeBack: true };

/** An element in a state, with all that it takes to bring it there. */
export interface Scenario {
  /** `ticket-list/no-match`: its address on the QA page, and the name of its pictures. */
  readonly id: string;
  readonly element: ScenarioTag;
  /** What a tester should see, in a few words of English. */
  readonly title: string;
  /** The `:state()` that the element ends in. */
  readonly state: string;
  /** Who is signed in, by their id in the world; `null` for nobody. Default: alice. */
  readonly contact?: string | null;
  /** What the help desk holds. Default: the demo world. */
  readonly world?: WorldName;
  /** Time at which the page's clock stands, ISO 8601. Default: it runs. Times in the worlds count back from it. */
  readonly clock?: string;
  readonly faults?: readonly ScenarioFault[];
  /** Answers of the backend that no world can give, such as other ways to sign in. */
  readonly answers?: (backend: PortalBackend) => Partial<PortalBackend>;
  /** The link of a mail by which the page was opened: what follows the `#`. */
  readonly link?: string;
  /** Where `<customer-portal>` begins: a ticket's id, or `new`. Default: the list. */
  readonly place?: string;
  /** The page's origin can keep no session, such as that of a sandboxed frame: the portal is only linked to. */
  readonly opaque?: true;
  readonly attributes?: Readonly<Record<string, string>>;
  /** What the page sets by script. */
  readonly properties?: Readonly<Record<string, unknown>>;
  /** What the page puts inside, without any values. */
  readonly inside?: TemplateResult;
  /** What the contact has written in the form on an earlier page, and not sent. */
  readonly unsent?: string;
  readonly steps?: readonly Step[];
}
