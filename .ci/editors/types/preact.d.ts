/** Our tags in the TSX of Preact: `import type {} from '@portico/elements/preact'`, once in a project. */
import type { ClassAttributes, HTMLAttributes } from 'preact';

import type { PortalListeners, PortalProps, PortalTag, PortalTags } from './tags.js';

type Props<Tag extends PortalTag> = HTMLAttributes<PortalTags[Tag]['element']> &
  ClassAttributes<PortalTags[Tag]['element']> &
  PortalProps<Tag> &
  PortalListeners<Tag, 'on'>;

type Elements = { [Tag in PortalTag]: Props<Tag> };

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements extends Elements {}
  }
}
