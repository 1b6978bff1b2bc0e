import { css } from 'lit';

import { bold, line, muted, radius, small, space, touch } from '../../../styles/tokens.js';

/** Of what sections have and steps do not: lists with an order, tables, and previews. */
export const sectionStyles = css`
  [part='entries'] {
    inline-size: 100%;
    border-block-start: 1px solid ${line};
  }

  [part='entry'],
  [part='option'] {
    border-block-end: 1px solid ${line};
  }

  [part='entry-head'] {
    display: flex;
    flex-wrap: wrap;
    gap: 0 ${space};
    align-items: center;
    padding-block: 4px;
  }

  [part~='entry-toggle'] {
    min-block-size: ${touch};
    text-align: start;
    overflow-wrap: anywhere;
  }

  [part~='entry-toggle']::before {
    content: '▸' / '';
    display: inline-block;
    inline-size: 1.2em;
  }

  [part~='entry-toggle'][aria-expanded='true']::before {
    content: '▾' / '';
  }

  [part='moves'] {
    display: flex;
    gap: 8px;
    align-items: center;
    margin-inline-start: auto;
  }

  [part~='move'] {
    min-inline-size: ${touch};
    padding-inline: 0;
  }

  [part='entry-body'],
  [part='option'] {
    display: grid;
    gap: ${space};
    justify-items: start;
    padding-block: 8px 20px;
  }

  [part='entry-body'][hidden] {
    display: none;
  }

  [part='labels'] {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 14em), 1fr));
    gap: ${space};
    align-items: start;
    inline-size: 100%;
  }

  [part='entry-body'] [part='field'],
  [part='preview'],
  [part='preview'] > [part='field'] {
    inline-size: 100%;
  }

  [part='required'] {
    display: inline-flex;
    gap: 8px;
    align-items: center;
    min-block-size: ${touch};
    font-weight: inherit;
  }

  section[part='preview'] {
    display: grid;
    gap: 12px;
  }

  [part='form-preview'],
  [part='list-preview'] {
    padding: ${space};
    border: 1px solid ${line};
    border-radius: ${radius};
  }

  table {
    border-collapse: collapse;
  }

  caption,
  th,
  td {
    padding-block: 8px;
    padding-inline-end: 24px;
    text-align: start;
  }

  caption {
    color: ${muted};
    font-size: ${small};
    white-space: nowrap;
  }

  th {
    border-block-end: 1px solid ${line};
    font-weight: ${bold};
    white-space: nowrap;
  }

  /* A tick for each cell; where it is narrow, each says its column. */
  [part='allowed'] {
    inline-size: 100%;
    table-layout: fixed;
  }

  [part='allowed'] :is(caption, th) {
    white-space: normal;
  }

  [part='allowed'] td {
    padding-block: 0;
  }

  [part='allowed'] th[scope='row'] {
    border: 0;
    font-weight: inherit;
  }

  [part='allowed'] caption {
    color: inherit;
    font-size: inherit;
    font-weight: ${bold};
  }

  [part='may'] {
    display: inline-flex;
    gap: 8px;
    align-items: center;
    min-inline-size: ${touch};
    min-block-size: ${touch};
    font-weight: inherit;
  }

  [part='changed'] {
    color: ${muted};
    font-size: ${small};
  }

  .column {
    display: none;
  }

  @container (max-width: 34em) {
    [part='allowed'],
    [part='allowed'] :is(caption, tbody, tr, td, th[scope='row']) {
      display: block;
    }

    [part='allowed'] :is(thead, td.never) {
      display: none;
    }

    [part='allowed'] th[scope='row'] {
      padding-block: 12px 0;
      font-weight: ${bold};
    }

    .column {
      display: inline;
    }
  }
`;
