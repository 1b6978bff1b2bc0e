import { css } from 'lit';

import { accent, line, space, threadWidth } from '../../styles/tokens.js';

export const detail = css`
  [part~='base'] > * {
    max-inline-size: ${threadWidth};
  }

  .facts {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
    align-items: baseline;
    margin-block: 6px;
    font-size: 0.875em;
  }

  .facts .meta {
    font-size: inherit;
  }

  .thread {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 24px;
    margin-block: 24px 32px;
  }

  .thread > li {
    padding-inline-start: ${space};
    border-inline-start: 3px solid ${line};
  }

  .thread > .support {
    border-color: ${accent};
  }

  .thread > .event {
    padding-inline-start: calc(${space} + 3px);
    border: 0;
  }

  .text {
    margin-block-start: 4px;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }

  .head .meta {
    margin-inline-start: 6px;
  }

  [part='author'] {
    font-weight: 600;
  }

  [part='attachment'] {
    gap: 6px;
  }

  [part='earlier'] {
    margin-block-start: ${space};
  }

  form {
    padding-block-start: 20px;
    border-block-start: 1px solid ${line};
  }

  .bar {
    justify-content: start;
  }

  @container (max-width: 30em) {
    .keys {
      display: none;
    }
  }
`;
