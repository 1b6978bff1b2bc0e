/** What the built loader and elements weigh, owner by owner, against `.ci/budget.json`. 1 kB is 1,000 bytes. */
import { readFileSync, readdirSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const folder = fileURLToPath(new URL('../dist/embed/', import.meta.url));
const { bytes: budget } = JSON.parse(readFileSync(new URL('budget.json', import.meta.url), 'utf8'));

const titles = {
  loader: 'the loader',
  firstSight: 'the elements with all they load at first sight',
  zod: 'zod of it',
  allElements: 'the same, and what a ticket and the form load after that',
  html: 'what the first message in HTML loads',
};

/** Loaded only by who asks for another language, the demo without a server, a dialog, a number in the header, a consent, own rows, reads HTML, or sends a file. */
const onRequest =
  /^(consent|pl|drafts|de|ar|pseudo|memory-backend|dialog|ticket-count|own-rows|html-message|sanitise|send-file|send-form|resume-file)-/;
const html = /^(html-message|sanitise)-/;

const read = (file) => readFileSync(folder + file, 'utf8');
const gzip = (text) => gzipSync(text, { level: 9 }).length;
const weigh = (files) => files.reduce((sum, file) => sum + gzip(read(file)), 0);

/** A file and all that it imports at once, without what it imports on demand. */
function closure(file, seen = new Set()) {
  if (seen.has(file)) return [];
  seen.add(file);
  const imported = read(file).matchAll(/(?:from|import)\s*["'`]\.\/([^"'`]+)["'`]/g);
  return [file, ...[...imported].flatMap(([, name]) => closure(`assets/${name}`, seen))];
}

/** The code of some files by who wrote it, by their source maps. */
function codeByOwner(files) {
  const owners = {};
  for (const file of files) {
    const map = new SourceMap(JSON.parse(read(`${file}.map`)));
    for (const [line, text] of read(file).split('\n').entries()) {
      for (let column = 0; column < text.length; column++) {
        const source = map.findEntry(line, column).originalSource ?? '';
        const owner = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? 'own';
        owners[owner] = (owners[owner] ?? '') + text[column];
      }
    }
  }
  return owners;
}

/** The report as text, its bytes by the names of the budgets, and how many of these were kept. */
export function reportSizes() {
  const loader = read('embed.js');
  // The hosted page has a script of its own, which is no element's.
  const chunks = readdirSync(`${folder}assets`).filter((name) => name.endsWith('.js') && !name.startsWith('hosted-'));
  const firstSight = closure(`assets/${chunks.find((name) => loader.includes(name))}`);
  const later = chunks.filter((name) => !firstSight.includes(`assets/${name}`));
  const owners = codeByOwner(firstSight);
  const sizes = {
    loader: gzip(loader),
    firstSight: weigh(firstSight),
    zod: gzip(owners.zod ?? ''),
    allElements: weigh([
      ...firstSight,
      ...later.filter((name) => !onRequest.test(name)).map((name) => `assets/${name}`),
    ]),
    html: weigh(later.filter((name) => html.test(name)).map((name) => `assets/${name}`)),
  };
  const over = Object.keys(budget).filter((name) => sizes[name] > budget[name]);

  const row = (bytes, text) => `  ${bytes.toLocaleString('en').padStart(7)} B  ${text}`;
  const lines = [
    'Sizes, gzip:',
    ...Object.keys(budget).map((name) =>
      row(
        sizes[name],
        `of ${budget[name].toLocaleString('en')}: ${titles[name]}${over.includes(name) ? ' (OVER)' : ''}`,
      ),
    ),
    'At first sight by owner, each for itself (together they pack better):',
    ...Object.entries(owners)
      .sort(([, a], [, b]) => b.length - a.length)
      .map(([owner, code]) => row(gzip(code), `${owner} (${code.length.toLocaleString('en')} B minified)`)),
    'Later:',
    ...later.map((name) => row(gzip(read(`assets/${name}`)), name)),
  ];
  return { text: lines.join('\n'), sizes, passed: Object.keys(budget).length - over.length, failed: over.length };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { text, failed } = reportSizes();
  console.log(text);
  if (failed > 0) process.exitCode = 1;
}
