import { css } from 'lit';

import { accent, bold, onAccent } from './tokens.js';

/**
 * A ticket's status, whose turn it is, and of when both are. Shapes are made of borders, which forced colours keep; a page puts shapes of
 * its own in their place by `::part(status-open)::before`.
 */
export const status = css`
  [part~='status'] {
    display: inline-flex;
    gap: 0.5em;
    align-items: baseline;
  }

  [part~='status']::before {
    content: '';
    flex: none;
    inline-size: 0.625em;
    block-size: 0.625em;
    border: 2px solid;
    border-radius: 50%;
    translate: 0 0.05em;
  }

  [part~='status-waiting-on-contact']::before,
  [part~='status-closed']::before {
    inline-size: 0;
    block-size: 0;
    border-width: 0.32em;
  }

  [part~='status-waiting-on-contact']::before {
    border-radius: 1px;
    scale: 0.8;
    rotate: 45deg;
  }

  [part~='status-closed']::before {
    opacity: 0.6;
  }

  [part='turn'] {
    padding: 1px 8px;
    border: 1px solid transparent;
    border-radius: var(--portal-turn-radius, 1em);
    background: var(--portal-color-turn, ${accent});
    color: var(--portal-color-on-turn, ${onAccent});
    font-size: 0.8125em;
    font-weight: ${bold};
    white-space: nowrap;
  }

  [part='as-of'] {
    color: color-mix(in oklab, var(--portal-color-warning, #b45309) 60%, currentColor);
  }
`;
