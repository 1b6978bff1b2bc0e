import { css } from 'lit';

import { line, space } from '../../styles/tokens.js';

export const portal = css`
  [part='header'] {
    display: grid;
    gap: ${space};
    align-items: baseline;
    margin-block-end: ${space};
  }

  [part='header'].bar {
    display: flex;
  }

  .line {
    border-block-end: 1px solid ${line};
  }

  [part~='back']:not(:hover) {
    text-decoration: none;
  }

  [part~='back']::before {
    content: var(--portal-icon-back, '←') / '';
    margin-inline-end: 0.4em;
  }

  [part~='back']:dir(rtl)::before {
    scale: -1 1;
  }

  .open > .list,
  [part~='list-only'] {
    display: none;
  }

  [part~='list-only'] {
    inline-size: fit-content;
    margin-inline-start: auto;
  }

  @container (min-width: 56rem) {
    .open {
      display: grid;
      grid-template-columns: minmax(18rem, 2fr) minmax(0, 5fr);
      gap: calc(2 * ${space});
      align-items: start;
      scroll-margin-block-start: var(--portal-list-top, 0px);
    }

    .open > .list {
      display: block;
      position: sticky;
      inset-block-start: calc(var(--portal-list-top, 0px) - 4px);
      max-block-size: calc(100cqb + 4px - var(--portal-list-top, 0px));
      padding: 4px 8px;
      margin: -4px -8px 0;
      overflow: auto;
    }

    .view {
      min-block-size: 100%;
      padding-inline-start: calc(2 * ${space});
      border-inline-start: 1px solid ${line};
    }

    [part~='back'] {
      display: none;
    }

    [part~='list-only'] {
      display: flex;
    }
  }

  slot[name='login']::slotted(*),
  [exportparts] {
    flex: auto;
  }
`;
