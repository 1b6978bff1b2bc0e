import { css } from 'lit';

import {
  accent,
  accentText,
  bold,
  border,
  borderWidth,
  edge,
  line,
  muted,
  radius,
  raised,
  small,
  space,
  touch,
} from '../../styles/tokens.js';

/** One column of calm fields; what belongs to a choice stands below it, indented by a line. */
export const setup = css`
  [part~='base'] {
    max-inline-size: 64em;
  }

  .stack,
  form {
    inline-size: 100%;
    max-inline-size: var(--portal-form-width, 46em);
  }

  .narrow {
    max-inline-size: 26em;
  }

  [part='bar'] {
    margin-block-end: ${space};
    border-block-end: 1px solid ${line};
  }

  form.stack {
    gap: calc(${space} * 1.75);
  }

  form.narrow {
    gap: ${space};
  }

  fieldset {
    min-inline-size: 0;
    padding: 0;
    border: 0;
    margin: 0;
    inline-size: 100%;
  }

  legend {
    padding: 0;
    font-weight: ${bold};
  }

  [part='label'] {
    font-weight: ${bold};
  }

  [part='choices'] {
    display: grid;
    gap: 2px;
  }

  [part~='choice'] > label {
    display: flex;
    gap: 10px;
    align-items: start;
    min-block-size: ${touch};
    padding-block: 10px;
    font-weight: inherit;
    cursor: pointer;
  }

  [part='choice'] > [part='hint'] {
    margin-block-start: -8px;
    padding-inline-start: 32px;
  }

  input[type='radio'],
  input[type='checkbox'] {
    flex: none;
    inline-size: 22px;
    block-size: 22px;
    min-block-size: 0;
    margin: 0;
    accent-color: ${accent};
  }

  [part='more'] {
    display: grid;
    gap: ${space};
    justify-items: start;
    padding-inline-start: 20px;
    border-inline-start: 2px solid ${line};
    margin: 8px 0 12px 10px;
  }

  [part='group'] {
    display: grid;
    gap: 12px;
    justify-items: start;
    inline-size: 100%;
    padding-block: 8px;
  }

  #host-keys {
    padding-block-start: 24px;
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

  @media (pointer: coarse) {
    select {
      font-size: max(16px, 1em);
    }
  }

  [part='condition'] {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) minmax(0, 1fr) auto;
    gap: 8px;
    inline-size: 100%;
  }

  [part='joint'] {
    color: ${muted};
    font-size: ${small};
  }

  [part='actions'] {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 16px;
    align-items: center;
  }

  [part='notice'] {
    padding-inline-start: ${space};
    border-inline-start: ${edge} solid ${line};
  }

  [part='more'] > [part='notice'] {
    padding: 0;
    border: 0;
  }

  [part='preview'] {
    margin: 0;
  }

  [part='notice-preview'] {
    display: grid;
    gap: 12px;
    margin-block-start: 8px;
    padding: ${space};
    border: ${borderWidth} solid ${line};
    border-radius: ${radius};
  }

  [part='notice-heading'] {
    margin: 0;
    font-size: 1.25em;
    font-weight: ${bold};
  }

  [part='tab'] {
    display: flex;
    gap: 10px;
    align-items: center;
    max-inline-size: 17em;
    padding: 8px 14px;
    border: 1px solid ${line};
    border-block-end: 0;
    border-radius: 10px 10px 0 0;
    margin-block-start: 4px;
    font-size: ${small};
  }

  [part='tab'] i {
    flex: none;
    inline-size: 14px;
    block-size: 14px;
    border: 3px solid ${accentText};
    border-radius: 50%;
  }

  [part='tab'] span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  [part='address'] {
    font-weight: ${bold};
  }

  [part='report'],
  search {
    inline-size: 100%;
  }

  [part='property'] {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 2fr) auto;
    gap: 8px;
    inline-size: 100%;
  }

  [part~='row'][part~='choice'] {
    display: flex;
    flex-wrap: wrap;
    gap: 0 ${space};
    align-items: center;
    justify-content: space-between;
    padding-block: 0;
  }

  /* Several lines beside the buttons. */
  [part~='row'][part~='choice'] > div:not([part]) {
    padding-block: 8px;
  }

  [part~='ticked'] {
    display: flex;
    align-items: start;
  }

  [part='tick'] {
    display: flex;
    flex: none;
    align-items: center;
    inline-size: ${touch};
    block-size: ${touch};
    cursor: pointer;
  }

  [part='rows'],
  [part='needs'],
  [part='people'],
  [part='portals'] {
    inline-size: 100%;
    border-block-start: 1px solid ${line};
  }

  [part~='row'],
  [part='need'],
  [part='person'],
  [part='portal'] {
    padding-block: 10px;
    border-block-end: 1px solid ${line};
  }

  [part='changes'] {
    display: grid;
    gap: 4px;
    margin: 6px 0 0;
    font-size: ${small};
  }

  [part='changes'] > div {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 2fr);
    gap: 0 ${space};
  }

  [part='changes'] dt {
    color: ${muted};
  }

  [part='changes'] dd {
    margin: 0;
    overflow-wrap: anywhere;
  }

  [part~='row'] > form {
    padding-block: 12px;
  }

  [part='status'] {
    margin-inline-start: 8px;
    color: ${muted};
    font-size: ${small};
  }

  .links {
    display: flex;
    flex-wrap: wrap;
    gap: 0 20px;
  }

  .links a,
  [part='link'] {
    display: inline-flex;
    align-items: center;
    min-block-size: 32px;
  }

  [part='error'] .line {
    display: block;
  }

  summary {
    min-block-size: ${touch};
    align-content: center;
    cursor: pointer;
  }

  [part='code'] {
    overflow-x: auto;
    inline-size: 100%;
    padding: 12px;
    border: 1px solid ${line};
    border-radius: ${radius};
    margin: 0;
    font-size: ${small};
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }

  @container (max-width: 34em) {
    [part='changes'] > div,
    [part='condition'],
    [part='property'] {
      grid-template-columns: minmax(0, 1fr);
    }

    form > [part='actions'],
    form > [part='actions'] > [part~='button'] {
      inline-size: 100%;
    }
  }
`;
