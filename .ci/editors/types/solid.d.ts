/** Our tags in the TSX of Solid: `import type {} from '@portico/elements/solid'`, once in a project. */
import type { JSX } from 'solid-js';

import type { PortalListeners, PortalProps, PortalTag, PortalTags } from './tags.js';

/** Solid takes a property by its name or, where it should be no attribute, behind `prop:`. */
type Forced<Tag extends PortalTag> = {
  [Name in keyof PortalTags[Tag]['properties'] as `prop:${Name & string}`]: PortalTags[Tag]['properties'][Name];
} & {
  [Name in keyof PortalTags[Tag]['attributes'] as `attr:${Name & string}`]: PortalTags[Tag]['attributes'][Name];
};

type Props<Tag extends PortalTag> = JSX.HTMLAttributes<PortalTags[Tag]['element']> &
  PortalProps<Tag> &
  Forced<Tag> &
  PortalListeners<Tag, 'on:'>;

type Elements = { [Tag in PortalTag]: Props<Tag> };

declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements extends Elements {}
  }
}
