import type { PortalBackend } from '../../src/index.js';
import {
  type ConformanceCase,
  type ConformanceTarget,
  conformanceCases,
  runCase,
  skipReason,
} from '../../src/testing/conformance/index.js';
import { createFileTarget, type PortalFile } from '../../src/testing/file-target.js';
import { pageLanguage, startPage } from './page.js';

/**
 * A portal over `adapters/json-file.js`, and the suite that proves it. The adapter is loaded as it lies there, not bundled:
 * what runs is what people read and copy.
 */

type CreateBackend = (load: () => Promise<PortalFile>, email?: string) => PortalBackend;

const words = {
  en: { passed: 'passed', failed: 'failed', skipped: 'skipped', kept: 'kept', asking: 'Asking …', nobody: 'Nobody' },
  pl: { passed: 'spełnione', failed: 'złamane', skipped: 'pominięte', kept: 'tak', asking: 'Pytam …', nobody: 'Nikt' },
};

const people = document.querySelector('[data-people]');
const place = document.querySelector('[data-portal]');
const prove = document.querySelector<HTMLButtonElement>('[data-prove]');
const verdict = document.querySelector<HTMLElement>('[data-verdict]');
const results = document.querySelector<HTMLTableElement>('[data-results]');

const { createJsonFileBackend } = (await import(
  /* @vite-ignore */ new URL('adapters/json-file.js', document.baseURI).href
)) as { createJsonFileBackend: CreateBackend };

const loadFile = async (): Promise<PortalFile> => (await fetch('adapters/tickets.json')).json() as Promise<PortalFile>;

const asked = (): string | undefined => new URL(location.href).searchParams.get('as') ?? undefined;

/** The page is loaded anew: a ticket of somebody else is none of this person's business. */
function lookAs(email: string | undefined): void {
  const address = new URL(location.href);
  address.searchParams.delete('ticket');
  if (email === undefined) address.searchParams.delete('as');
  else address.searchParams.set('as', email);
  location.assign(address);
}

async function showPeople(): Promise<void> {
  const { contacts } = await loadFile();
  const choices = [...contacts.map(({ contact }) => contact), { name: words[pageLanguage()].nobody, email: undefined }];
  for (const label of people?.querySelectorAll('label') ?? []) label.remove();
  people?.append(
    ...choices.map(({ name, email }) => {
      const [label, input, text] = [
        document.createElement('label'),
        document.createElement('input'),
        document.createElement('span'),
      ];
      input.type = 'radio';
      input.name = 'person';
      input.checked = email === asked();
      input.addEventListener('change', () => lookAs(email));
      text.textContent = name.split(' ')[0] ?? name;
      label.append(input, text);
      return label;
    }),
  );
}

function rowOf(name: string, result: string, why: string | null): HTMLTableRowElement {
  const row = document.createElement('tr');
  const [promise, outcome] = [document.createElement('th'), document.createElement('td')];
  promise.scope = 'row';
  promise.textContent = name;
  outcome.textContent = result;
  if (why !== null) {
    row.className = 'failed';
    const reason = document.createElement('p');
    reason.textContent = why;
    promise.append(reason);
  }
  row.append(promise, outcome);
  return row;
}

/** What was left out, one line for each reason. */
function leftOut(cases: readonly ConformanceCase[], target: ConformanceTarget): HTMLTableRowElement[] {
  const reasons = cases.map((one) => skipReason(one, target) ?? '');
  return [...new Set(reasons)].map((reason) => {
    const row = rowOf(
      reason,
      `${reasons.filter((one) => one === reason).length} ${words[pageLanguage()].skipped}`,
      null,
    );
    row.className = 'skipped';
    return row;
  });
}

async function proveIt(): Promise<void> {
  const target = createFileTarget(createJsonFileBackend);
  const say = words[pageLanguage()];
  const body = results?.tBodies[0];
  if (!results || !body || !prove || !verdict) return;
  prove.disabled = true;
  verdict.textContent = say.asking;
  body.replaceChildren();
  results.hidden = false;
  const [readHalf, rest] = [true, false].map((may) =>
    conformanceCases.filter((one) => (skipReason(one, target) === null) === may),
  ) as [ConformanceCase[], ConformanceCase[]];
  let failed = 0;
  for (const one of readHalf) {
    const why = await runCase(one, target).then(
      () => null,
      (error: unknown) => String(error),
    );
    if (why !== null) failed += 1;
    body.append(rowOf(one.name, why === null ? say.kept : say.failed, why));
  }
  body.append(...leftOut(rest, target));
  const counts = [
    `${readHalf.length - failed} ${say.passed}`,
    `${failed} ${say.failed}`,
    `${rest.length} ${say.skipped}`,
  ];
  verdict.textContent = counts.join(', ');
  verdict.dataset['result'] = failed > 0 ? 'failed' : 'passed';
  prove.disabled = false;
}

// Made here: a tag in the page would ask the server that its script came from, before it hears of another backend.
const portal = Object.assign(document.createElement('customer-portal'), {
  backend: createJsonFileBackend(loadFile, asked()),
});
portal.setAttribute('heading-level', '3');
place?.append(portal);

startPage((language) => {
  document.title = document.querySelector('title')?.dataset[language] ?? document.title;
  void showPeople();
});
prove?.addEventListener('click', () => void proveIt());
