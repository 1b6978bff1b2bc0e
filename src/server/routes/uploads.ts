import { type portalRoutes, tusVersion } from '../../wire/index.js';
import { ApiError } from '../api-error.js';
import type { AppDeps } from '../deps.js';
import type { Handlers } from '../http/mount.js';
import type { PortalWhos } from '../http/portal-call.js';
import { createUploadParts } from '../writing/upload-parts.js';

type Names = 'beginUpload' | 'findUpload' | 'continueUpload' | 'endUpload';

/** Files in several goes: `wire/tus.ts` says how. */
export function uploadHandlers(deps: AppDeps): Pick<Handlers<typeof portalRoutes, PortalWhos>, Names> {
  const partsOf = createUploadParts(deps);

  /** @param id of an upload, which is looked for before the protocol knows of it: nobody waits for what is somebody else's */
  async function answer(request: Request, who: PortalWhos['upload' | Names], id?: string): Promise<Response> {
    if (!deps.tus) throw new ApiError('not-found');
    const parts = partsOf(who);
    if (id !== undefined) await parts.find(id);
    return deps.tus(request, `/${who.portal.slug}/api/v1/uploads`, parts);
  }

  return {
    beginUpload: ({ request, who }) => answer(request, who),
    // What Hono takes for GET may have come as HEAD.
    findUpload: ({ request, who, params }) =>
      answer(new Request(request.url, { method: 'HEAD', headers: request.headers }), who, params.id),
    continueUpload: ({ request, who, params }) => answer(request, who, params.id),
    async endUpload({ request, who, params, headers }) {
      await answer(request, who, params.id);
      headers.set('tus-resumable', tusVersion);
    },
  };
}
