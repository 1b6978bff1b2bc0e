/** Our tags in the TSX of React 19: `import type {} from '@portico/elements/react'`, once in a project. */
import type { DetailedHTMLProps, HTMLAttributes } from 'react';

import type { PortalListeners, PortalProps, PortalTag, PortalTags } from './tags.js';

type Props<Tag extends PortalTag> = DetailedHTMLProps<
  HTMLAttributes<PortalTags[Tag]['element']>,
  PortalTags[Tag]['element']
> &
  PortalProps<Tag> &
  PortalListeners<Tag, 'on'>;

type Elements = { [Tag in PortalTag]: Props<Tag> };

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends Elements {}
  }
}
