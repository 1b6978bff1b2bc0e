import type { Fetch } from '../../outgoing.js';

export interface HttpSettings {
  /** Where the service is, the six endpoints below it: `https://support.example.com/portico`. Without a slash at the end. */
  readonly url: string;
  /** Both sides have it: base64 of 24 to 64 random bytes, with or without `whsec_` in front. */
  readonly key: string;
}

export interface HttpDeps {
  readonly fetch: Fetch;
  readonly clock: () => Date;
}
