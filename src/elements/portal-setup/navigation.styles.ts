import { css } from 'lit';

import { accent, bold, line, muted, space, touch } from '../../styles/tokens.js';

/** The areas, the pages of a portal, and the steps of its set-up. */
export const navigation = css`
  [part='steps'] {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 24px;
  }

  [part='step'],
  [part='step'] a {
    display: flex;
    gap: 6px;
    align-items: center;
    min-block-size: ${touch};
    color: ${muted};
  }

  [part='step'][aria-current] {
    border-block-end: 2px solid ${accent};
    color: inherit;
    font-weight: ${bold};
  }

  [part='step'] a {
    color: inherit;
  }

  [part='number'] {
    font-variant-numeric: tabular-nums;
  }

  [part='areas'] {
    margin-inline-end: auto;
  }

  [part='areas'],
  [part='pages'] {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 24px;
  }

  .sides {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: ${space};
    inline-size: 100%;
  }

  .sides > [part='pages'] {
    flex-wrap: nowrap;
    overflow-x: auto;
    white-space: nowrap;
    scrollbar-width: thin;
  }

  /* Beside the page, where there is room for both. */
  @media (width >= 62rem) {
    .stack:has(> .sides) {
      max-inline-size: none;
    }

    .sides {
      grid-template-columns: 13em minmax(0, 46em);
      gap: calc(${space} * 2.5);
    }

    .sides > [part='pages'] {
      flex-direction: column;
      gap: 0;
      align-self: start;
      white-space: normal;
    }

    .sides [part='page'] {
      padding-inline-start: 12px;
      border-inline-start: 2px solid ${line};
      text-decoration: none;
    }

    .sides [part='page']:hover {
      text-decoration: underline;
    }

    .sides [part='page'][aria-current] {
      border-block-end: 0;
      border-inline-start-color: ${accent};
    }
  }

  [part='area'],
  [part='page'] {
    display: flex;
    align-items: center;
    min-block-size: ${touch};
    color: inherit;
  }

  [part='area'][aria-current],
  [part='page'][aria-current] {
    border-block-end: 2px solid ${accent};
    font-weight: ${bold};
    text-decoration: none;
  }
`;
