import type { ConnectorFactory } from '../connectors/connector.js';
import { createHttpFactory } from '../connectors/http/http-factory.js';
import { createRtFactory } from '../connectors/rt/rt-factory.js';
import { toText } from './html-text.js';
import { composeMail } from './mail.js';

/** Help desks that can stand behind an account, by kind. */
export const createConnectors = (clock: () => Date): Readonly<Record<string, ConnectorFactory>> => ({
  http: createHttpFactory({ clock }),
  rt: createRtFactory({ clock, composeMail, toText }),
});
