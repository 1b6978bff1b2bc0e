/** Our tags in the templates of Svelte 5: `import type {} from '@portico/elements/svelte'`, once in a project. */
import type { HTMLAttributes } from 'svelte/elements';

import type { PortalListeners, PortalProps, PortalTag, PortalTags } from './tags.js';

type Props<Tag extends PortalTag> = HTMLAttributes<PortalTags[Tag]['element']> &
  PortalProps<Tag> &
  PortalListeners<Tag, 'on'>;

type Elements = { [Tag in PortalTag]: Props<Tag> };

declare module 'svelte/elements' {
  interface SvelteHTMLElements extends Elements {}
}
