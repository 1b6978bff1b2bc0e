import { css } from 'lit';

import {
  accent,
  accentText,
  bold,
  edge,
  line,
  muted,
  noticeRadius,
  small,
  space,
  threadWidth,
} from '../../styles/tokens.js';

export const detail = css`
  [part~='base'] > * {
    max-inline-size: ${threadWidth};
  }

  [part='facts'] {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
    align-items: baseline;
    margin-block: 6px;
    font-size: ${small};
  }

  [part='facts'] .meta {
    font-size: inherit;
  }

  [part='thread'] {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--portal-thread-gap, 24px);
    margin-block: 24px 32px;
  }

  [part='thread'] > li {
    padding-inline-start: ${space};
    border-inline-start: ${edge} solid ${line};
    border-radius: ${noticeRadius};
    scroll-margin-block-start: ${space};
  }

  [part='thread'] > [part~='message-own'] {
    border-color: var(--portal-color-own, ${line});
  }

  [part='thread'] > [part~='message-sending'] {
    border-inline-start-style: dashed;
  }

  [part='thread'] > [part~='message-support'] {
    border-color: var(--portal-color-support, ${accent});
  }

  [part='thread'] > [part='event'] {
    padding-inline-start: calc(${space} + ${edge});
    border: 0;
  }

  [part='thread'] > [part='new'] {
    display: flex;
    gap: 12px;
    align-items: center;
    padding: 0;
    border: 0;
    color: ${accentText};
  }

  [part='new']::after {
    flex: 1;
    border-block-start: 1px solid;
    content: '';
  }

  [part='text'],
  [part='quote-text'] {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }

  [part='text'],
  [part='html'] {
    margin-block-start: 4px;
  }

  [part='images'] {
    margin-block-start: 8px;
  }

  [part='quote-toggle'] {
    inline-size: fit-content;
    padding-block: 10px;
    color: ${muted};
    font-size: ${small};
    cursor: pointer;
  }

  [part='quote-text'] {
    margin: 0;
    padding-inline-start: ${space};
    border-inline-start: 2px solid ${line};
    color: ${muted};
  }

  /* Higher than its line, for a finger, without moving it. */
  [part='permalink'] {
    display: inline-block;
    margin-block: -4px;
    padding-block: 4px;
    color: inherit;
    text-decoration: none;
  }

  [part='permalink']:hover {
    text-decoration: underline;
  }

  [part='message-head'] .meta {
    margin-inline-start: 6px;
  }

  [part='author'] {
    font-weight: ${bold};
  }

  [part~='attachment'] {
    gap: 6px;
    text-decoration: none;
  }

  [part~='attachment'] [part='file-name'] {
    text-decoration: underline;
  }

  [part~='attachment']::before {
    content: var(--portal-icon-attachment, '↓') / '';
  }

  [part~='earlier'] {
    margin-block-start: ${space};
  }

  form {
    padding-block-start: 20px;
    border-block-start: 1px solid ${line};
  }

  .bar {
    justify-content: start;
  }

  @media print {
    form.stack,
    [part~='earlier'],
    [part='images'] {
      display: none;
    }

    [part='thread'] > li {
      break-inside: avoid;
    }
  }

  @container (max-width: 30em) {
    [part='keys'] {
      display: none;
    }
  }
`;
