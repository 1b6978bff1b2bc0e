/** Our tags in the templates of Vue 3: `import type {} from '@portico/elements/vue'`, once in a project. */
import type { EmitFn, HTMLAttributes, PublicProps } from 'vue';

import type { PortalProps, PortalTag, PortalTags } from './tags.js';

type Emits<Events> = { [Name in keyof Events]: (event: Events[Name]) => void };

/** Vue leaves out `slot`, as it was a directive of its own in Vue 2. */
interface Slotted {
  readonly slot?: string | undefined;
}

/** A ref to a tag is the element itself; what begins with `$` is for the check of templates alone. */
type Component<Tag extends PortalTag> = new () => PortalTags[Tag]['element'] & {
  readonly $props: HTMLAttributes & Slotted & PortalProps<Tag> & PublicProps;
  readonly $emit: EmitFn<Emits<PortalTags[Tag]['events']>>;
};

type Components = { [Tag in PortalTag]: Component<Tag> };

declare module 'vue' {
  interface GlobalComponents extends Components {}
}
