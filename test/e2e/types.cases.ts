/**
 * What compiles in a project that has installed the package, by file. A line under `@ts-expect-error` must not: the
 * compiler complains of the comment as soon as it does.
 */
export const samples: Readonly<Record<string, string>> = {
  'plain.ts': `
    import { define, type DefineOptions } from '@portico/elements/define';
    import type { BackendError, ErrorCode, Messages, PortalBackend, TokenProvider } from '@portico/elements';

    define({ prefix: 'acme' } satisfies DefineOptions);
    export const list = document.createElement('ticket-list');
    list.state = 'open';
    list.backend = {} as PortalBackend;
    list.addEventListener('portal-ticket-select', ({ ticketId, currentTarget }) => [ticketId.trim(), currentTarget]);
    list.addEventListener('portal-error', ({ code }: { code: ErrorCode }) => code);
    list.renderRow = (ticket, { href, text }) => [ticket.subject.trim(), href.trim(), text.turn.trim(), text['property:seats']?.trim()];
    list.renderRow = undefined;
    void document.querySelector('ticket-detail')?.refresh();
    document.querySelector('support-form')?.reset();
    document.querySelector('customer-portal')?.show('new');
    document.querySelector('portal-login')?.focus();
    export type Named = BackendError | Messages | TokenProvider;

    // @ts-expect-error: nothing of that name is said of a ticket
    list.renderRow = (_, { text }) => text.colour;
    // @ts-expect-error: not a state
    list.state = 'shut';
    // @ts-expect-error: an event of another tag has other fields
    list.addEventListener('portal-ticket-select', ({ number }) => number);
    // @ts-expect-error: an event is no \`CustomEvent\`
    list.addEventListener('portal-ticket-select', ({ detail }) => detail);
    // @ts-expect-error: not a tag of ours
    document.createElement('ticket-lists').refresh();
  `,

  'one-tag.ts': `
    import { defineTicketList } from '@portico/elements/ticket-list';

    defineTicketList();
    document.querySelector('ticket-list')?.focusTicket('x');
    document.body.addEventListener('portal-ticket-select', ({ ticketId }) => ticketId.trim());
    document.addEventListener('portal-ticket-created', ({ number }) => number.toFixed());
    addEventListener('portal-error', ({ code }) => code.trim());
  `,

  'react.tsx': `
    /** @jsxImportSource react */
    import { createRef } from 'react';
    import type { PortalBackend, TicketListElement } from '@portico/elements';
    import type {} from '@portico/elements/react';

    declare const backend: PortalBackend;
    const ref = createRef<TicketListElement>();
    export const right = (
      <customer-portal routing="hash" className="wide" lang="pl" onportal-navigate={({ place }) => place?.trim()}>
        <h2 slot="header">Support</h2>
        <ticket-list
          ref={ref} key="list" slot="list" state="open" heading-level="3" headingLevel={3} backend={backend}
          messages={{ en: { 'list.heading': 'My requests' } }} renderRow={(ticket, { href }) => ticket.subject + href}
          onportal-ticket-select={(event) => [event.ticketId.trim(), event.currentTarget.refresh()]}
        />
      </customer-portal>
    );

    // @ts-expect-error: not a state
    export const state = <ticket-list state="shut" />;
    // @ts-expect-error: not a number
    export const level = <ticket-list heading-level="second" />;
    // @ts-expect-error: no such attribute
    export const attribute = <ticket-list colour="red" />;
    // @ts-expect-error: an attribute of another tag
    export const elsewhere = <ticket-list layout="dialog" />;
    // @ts-expect-error: no such field
    export const field = <ticket-list onportal-ticket-select={({ number }) => number} />;
    // @ts-expect-error: an object that is no backend
    export const object = <ticket-list backend={{ listTickets: 1 }} />;
  `,

  'preact.tsx': `
    /** @jsxImportSource preact */
    import { createRef } from 'preact';
    import type { TicketListElement } from '@portico/elements';
    import type {} from '@portico/elements/preact';

    const ref = createRef<TicketListElement>();
    export const right = (
      <customer-portal routing="hash" class="wide" onportal-navigate={({ place }) => place?.trim()}>
        <h2 slot="header">Support</h2>
        <ticket-list ref={ref} key="list" slot="list" state="open" heading-level={3} backend="demo"
          onportal-ticket-select={(event) => event.ticketId.trim()} />
      </customer-portal>
    );

    // @ts-expect-error: not a state
    export const state = <ticket-list state="shut" />;
    // @ts-expect-error: no such attribute
    export const attribute = <ticket-list colour="red" />;
    // @ts-expect-error: no such field
    export const field = <ticket-list onportal-ticket-select={({ number }) => number} />;
  `,

  'solid.tsx': `
    /** @jsxImportSource solid-js */
    import type { PortalBackend, TicketListElement } from '@portico/elements';
    import type {} from '@portico/elements/solid';

    declare const backend: PortalBackend;
    let element: TicketListElement | undefined;
    export const right = (
      <customer-portal routing="hash" class="wide" on:portal-navigate={({ place }) => place?.trim()}>
        <h2 slot="header">Support</h2>
        <ticket-list ref={element} slot="list" state="open" attr:heading-level="3" prop:backend={backend}
          on:portal-ticket-select={(event) => event.ticketId.trim()} />
      </customer-portal>
    );

    // @ts-expect-error: not a state
    export const state = <ticket-list state="shut" />;
    // @ts-expect-error: not a state either
    export const forced = <ticket-list prop:state="shut" />;
    // @ts-expect-error: no such attribute
    export const attribute = <ticket-list colour="red" />;
    // @ts-expect-error: no such field
    export const field = <ticket-list on:portal-ticket-select={({ number }) => number} />;
  `,

  'vue.ts': `
    import type { GlobalComponents } from 'vue';
    import type { TicketListElement } from '@portico/elements';
    import type {} from '@portico/elements/vue';

    // What a check of templates asks for: the props of a tag, what it emits, and what a ref to it is.
    type List = InstanceType<GlobalComponents['ticket-list']>;
    export const right: List['$props'] = { state: 'open', 'heading-level': '3', backend: 'demo', class: 'wide', key: 1 };
    export const slotted: List['$props'] = { slot: 'list' };
    declare const list: List;
    export const element: TicketListElement = list;
    declare const selected: Parameters<List['$emit']>;
    if (selected[0] === 'portal-ticket-select') selected[1].ticketId.trim();

    // @ts-expect-error: not a state
    export const state: List['$props'] = { state: 'shut' };
    // @ts-expect-error: no such attribute
    export const attribute: List['$props'] = { colour: 'red' };
    // @ts-expect-error: no such event
    list.$emit('portal-ticket-created');
  `,

  'svelte.ts': `
    import type { SvelteHTMLElements } from 'svelte/elements';
    import type {} from '@portico/elements/svelte';

    // What a check of templates asks for: the attributes of a tag.
    type List = SvelteHTMLElements['ticket-list'];
    export const right: List = {
      state: 'open', 'heading-level': '3', backend: 'demo', class: 'wide', slot: 'list',
      'onportal-ticket-select': (event) => [event.ticketId.trim(), event.currentTarget.refresh()],
    };

    // @ts-expect-error: not a state
    export const state: List = { state: 'shut' };
    // @ts-expect-error: no such attribute
    export const attribute: List = { colour: 'red' };
    // @ts-expect-error: no such field
    export const field: List = { 'onportal-ticket-select': ({ number }) => number };
    // @ts-expect-error: no such event
    export const event: List = { 'onportal-ticket-created': () => {} };
  `,
};
