import { css } from 'lit';

import {
  accent,
  bold,
  border,
  borderWidth,
  line,
  muted,
  radius,
  raised,
  small,
  space,
  touch,
} from '../../../styles/tokens.js';

/**
 * One quiet line: words to press, one field, and what is seldom needed behind two more words. The popup of a choice is
 * the system's, with the system's colours; only the page knows whether it is dark.
 */
export const tools = css`
  [part='line'] {
    display: flex;
    flex-wrap: wrap;
    column-gap: ${space};
    align-items: center;
    border-block-end: 1px solid ${line};
  }

  select {
    inline-size: 100%;
    min-block-size: ${touch};
    padding: 9px 12px;
    border: ${borderWidth} solid ${border};
    border-radius: ${radius};
    margin: 0;
    background: ${raised};
    color: inherit;
    font: inherit;
  }

  option {
    background: Canvas;
    color: CanvasText;
  }

  [part~='scope'] {
    inline-size: 13em;
    padding-inline: 0;
    border: 0;
    margin-inline-start: -4px;
    font-weight: ${bold};
    text-overflow: ellipsis;
  }

  [part='filter'] {
    display: flex;
    gap: 20px;
    margin-block-end: -1px;
  }

  [part='filter-button'],
  [part~='toggle'],
  [part~='chip'] {
    min-inline-size: 24px;
    min-block-size: ${touch};
    padding: 0 0 2px;
    border: 0;
    background: none;
    color: ${muted};
    text-align: start;
    white-space: nowrap;
    cursor: pointer;
  }

  [part='filter-button'][aria-pressed='true'],
  [part~='toggle'][aria-expanded='true'] {
    padding: 0;
    border-block-end: 2px solid ${accent};
    color: inherit;
    font-weight: ${bold};
  }

  [part='filter-button'] [part='count'] {
    display: inline-block;
    min-inline-size: 2ch;
    font-weight: 400;
    font-size: ${small};
    font-variant-numeric: tabular-nums;
  }

  .long [part='filter-button']:not(:last-child) [part='count'] {
    min-inline-size: 6ch;
  }

  [part~='search'] {
    flex: 1 1 8em;
    max-inline-size: 15em;
    inline-size: auto;
    min-inline-size: 0;
    border-width: 0 0 ${borderWidth};
    border-radius: 0;
    margin-block-end: -1px;
    margin-inline-start: auto;
  }

  [part~='search']::placeholder {
    color: ${muted};
    opacity: 1;
  }

  [part='panel'] {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 15em), 1fr));
    gap: ${space};
    padding-block: ${space};
    border-block-end: 1px solid ${line};
  }

  [part='label'] {
    font-size: ${small};
    font-weight: ${bold};
  }

  [part='field'] {
    align-content: start;
    font-weight: inherit;
  }

  [part='field']:has([part='range']) {
    grid-column: span 2;
  }

  [part='range'] {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    align-items: center;
  }

  [part='range'] input {
    flex: 1 1 8em;
    min-inline-size: 0;
  }

  [part='columns'] {
    display: flex;
    flex-wrap: wrap;
    grid-column: span 2;
    column-gap: ${space};
    min-inline-size: 0;
    padding: 0;
    border: 0;
    margin: 0;
  }

  [part='column'] {
    display: inline-flex;
    gap: 8px;
    align-items: center;
    min-block-size: ${touch};
    font-weight: inherit;
  }

  [type='checkbox'] {
    inline-size: 1.125em;
    min-block-size: 1.125em;
    block-size: 1.125em;
    accent-color: ${accent};
  }

  [part='chips'] {
    display: flex;
    column-gap: ${space};
    align-items: center;
    border-block-end: 1px solid ${line};
    overflow-x: auto;
    font-size: ${small};
  }

  [part~='chip'] {
    color: inherit;
    font-size: inherit;
  }

  [part~='chip']::after {
    content: ' ×' / '';
    color: ${muted};
  }

  [part~='arrived'] {
    inline-size: 100%;
    border-block-end: 1px solid ${line};
    border-radius: 0;
  }

  @container (min-width: 40.01em) {
    [part~='chip-scope'],
    [part='chips'].scope-alone {
      display: none;
    }
  }

  @container (max-width: 40em) {
    [part='line'] {
      border: 0;
      padding-block-end: 8px;
    }

    [part~='scope'] {
      display: none;
    }

    .filter [part~='scope'] {
      display: block;
      inline-size: 100%;
    }

    [part='filter'] {
      flex: 1 0 100%;
      flex-wrap: wrap;
      border-block-end: 1px solid ${line};
      margin: 0 0 8px;
    }

    [part='filter-button'] {
      margin-block-end: -1px;
    }

    [part~='search'] {
      max-inline-size: none;
      border-width: ${borderWidth};
      border-radius: ${radius};
      margin: 0;
    }

    [part='columns'],
    [part='field']:has([part='range']) {
      grid-column: auto;
    }
  }
`;
