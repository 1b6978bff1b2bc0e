import { html } from 'lit';

import { asOf } from '../answers.js';
import { arriving, byHundreds, everyTool } from '../list-answers.js';
import { bareTemplate, cardRow, lineTemplate } from '../own-rows.js';
import { but, common, endsSession, failing, type Rows } from './common.js';

export const ticketListRows: Rows = {
  ...common,
  ready: { title: 'Tickets of one’s own', state: 'ready' },
  company: { title: 'Tickets of a company, in two languages', state: 'ready', contact: 'carol' },
  empty: { title: 'No tickets at all', state: 'empty', world: 'empty' },
  'no-match': {
    title: 'None matches the filter',
    state: 'no-match',
    world: 'one-open',
    attributes: { state: 'closed' },
  },
  'none-here': {
    title: 'None of other people’s',
    state: 'none-here',
    world: 'one-open',
    attributes: { scope: 'participating' },
  },
  'nothing-found': {
    title: 'The search finds nothing',
    state: 'no-match',
    answers: everyTool,
    steps: [{ fill: 'q', with: 'there is no such word' }],
  },
  found: {
    title: 'What a search has found',
    state: 'ready',
    contact: 'bob',
    answers: everyTool,
    steps: [{ fill: 'q', with: 'hub' }, { see: 'mark' }],
  },
  numbers: {
    title: 'Numbers beside every choice',
    state: 'ready',
    contact: 'bob',
    answers: everyTool,
    steps: [{ see: 'line' }],
  },
  filters: {
    title: 'The tickets of a company, and its filters',
    state: 'ready',
    contact: 'bob',
    attributes: { scope: 'company' },
    answers: everyTool,
    steps: [{ press: 'toggle-filter' }, { see: 'range' }],
  },
  filtered: {
    title: 'A filter in force',
    state: 'ready',
    contact: 'bob',
    answers: everyTool,
    steps: [{ press: 'toggle-filter' }, { choose: 'status', value: 'waiting' }, { see: 'clear' }],
  },
  columns: {
    title: 'Every column',
    state: 'ready',
    contact: 'bob',
    attributes: {
      columns: 'number requester company status property:product property:due property:paid created updated',
    },
    answers: everyTool,
    steps: [{ see: 'line' }],
  },
  view: {
    title: 'The choice of order and columns',
    state: 'ready',
    answers: everyTool,
    steps: [{ press: 'toggle-view' }, { see: 'columns' }],
  },
  'columns-not-kept': {
    title: 'Columns that cannot be kept',
    state: 'ready',
    answers: everyTool,
    faults: [{ call: 'setPreferences', with: 'offline' }],
    steps: [{ press: 'toggle-view' }, { press: 'choice' }, { see: 'failure' }],
  },
  arrived: {
    title: 'Two tickets that came while one was reading',
    state: 'ready',
    answers: arriving,
    steps: [{ see: 'line' }, { comeBack: true }, { see: 'arrived' }],
  },
  'as-of': { title: 'The help desk behind is silent', state: 'ready', answers: asOf('2026-01-05T10:00:00.000Z') },
  'as-of-never': { title: 'The help desk behind has not answered yet', state: 'ready', answers: asOf('') },
  'more-fails': {
    title: 'The next page fails',
    state: 'ready',
    contact: 'carol',
    steps: [{ see: 'more' }, { fault: { call: 'listTickets', with: 'offline' } }, { press: 'more' }, { see: 'error' }],
  },
  'refresh-fails': {
    title: 'Tickets from before, and a failure',
    state: 'ready',
    steps: [{ see: 'row' }, { fault: { call: 'listTickets', with: 'offline' } }, { comeBack: true }, { see: 'error' }],
  },
  'own-row-function': {
    title: 'Rows by a function of the page',
    state: 'ready',
    properties: { renderRow: cardRow },
    steps: [{ see: 'row' }],
  },
  'own-row-template': {
    title: 'Rows by a template of the page',
    state: 'ready',
    contact: 'carol',
    inside: lineTemplate,
    steps: [{ see: 'row' }],
  },
  'own-row-bare': {
    title: 'Rows by a template that has no link',
    state: 'ready',
    contact: 'bob',
    answers: everyTool,
    inside: bareTemplate,
    steps: [{ press: 'toggle-view' }, { see: 'panel' }],
  },
  'own-header': {
    title: 'A heading of the page',
    state: 'ready',
    inside: html`<h2 slot="header">My requests</h2>`,
  },
  'own-empty': {
    title: 'No tickets at all, in the page’s words',
    state: 'empty',
    world: 'empty',
    inside: html`<p slot="empty">Nothing open. <a href="#contact">Ask us anything.</a></p>`,
  },
  'own-no-match': {
    title: 'None matches the filter, in the page’s words',
    state: 'no-match',
    world: 'one-open',
    attributes: { state: 'closed' },
    inside: html`<p slot="no-match">Nothing here by that choice.</p>`,
  },
  'own-signed-out': {
    title: 'Nobody is signed in, in the page’s words',
    state: 'signed-out',
    contact: null,
    inside: html`<p slot="signed-out"><a href="#sign-in">Sign in</a> to see what you have asked us.</p>`,
  },
  'own-error': {
    title: 'The list fails, in the page’s words',
    state: 'failed',
    faults: [{ call: 'listTickets', with: 'offline' }],
    inside: html`<p slot="error">We cannot be reached. <button type="button" data-retry>Once more</button></p>`,
  },
  'long-words': { title: 'Words that have no place to break', state: 'ready', world: 'long-words' },
  'right-to-left': { title: 'Hebrew and Arabic', state: 'ready', world: 'right-to-left' },
  'many-tickets': {
    title: '10,000 tickets',
    state: 'ready',
    world: 'many-tickets',
    steps: [{ press: 'more' }, { see: 'row' }],
  },
  'many-shown': {
    title: '300 of 10,000 tickets, and few of them in the page',
    state: 'ready',
    world: 'many-tickets',
    answers: byHundreds,
    steps: [{ press: 'more' }, { press: 'more' }, { see: 'row' }],
  },
  ...but(failing('listTickets', { state: 'failed' }), endsSession),
};
