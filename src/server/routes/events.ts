import type { liveRoutes } from '../../wire/index.js';
import { ApiError } from '../api-error.js';
import type { AppDeps } from '../deps.js';
import { createHub } from '../events/hub.js';
import { createPositions } from '../events/position.js';
import { EventStream } from '../events/stream.js';
import { ownerOf } from '../events/view.js';
import type { Handlers } from '../http/mount.js';
import type { LiveWhos } from '../http/portal-call.js';

export function eventHandlers(deps: AppDeps): Pick<Handlers<typeof liveRoutes, LiveWhos>, 'streamEvents'> {
  const hub = createHub(deps);
  const positions = createPositions(deps);

  return {
    streamEvents: async ({ query, who, request }) => {
      if (deps.stopping.aborted) throw new ApiError('unavailable', { retryAfter: 1 });
      const last = request.headers.get('last-event-id') ?? query.after;
      const from = last === undefined ? null : await positions.open(ownerOf(who), last);
      if (last !== undefined && !from) throw new ApiError('invalid', { fields: [{ path: 'after', code: 'unknown' }] });
      const answer = new Headers();
      answer.set('content-type', 'text/event-stream');
      answer.set('cache-control', 'no-store');
      // A proxy that collects would hold every event back.
      answer.set('x-accel-buffering', 'no');
      return new Response(new EventStream(deps, hub, positions, who, from).body, { headers: answer });
    },
  };
}
