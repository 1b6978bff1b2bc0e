/** Lint rule: who may import what. Data flows one way; nothing to the right knows what is to its left. */
import { posix, relative, sep } from 'node:path';

/**
 * Per file or folder (the longest that fits counts) what of ours it may import besides itself; `type` in front allows
 * types only, `*` everything.
 */
const ours = {
  'src/model': [],
  'src/load-code.ts': [],
  'src/brand': [],
  'src/policy': [],
  'src/wire': ['src/model'],
  'src/world': ['src/model', 'src/policy'],
  'src/backend': ['src/model'],
  'src/backend/rest': ['src/backend', 'src/load-code.ts', 'src/model', 'src/wire'],
  'src/backend/setup': ['src/backend', 'src/backend/rest', 'type src/brand', 'src/model', 'src/wire'],
  'src/backend/memory': ['src/backend', 'src/content', 'src/model', 'src/policy', 'src/world'],
  'src/context': ['src/backend'],
  'src/i18n': ['src/load-code.ts'],
  'src/styles': [],
  'src/events': ['src/model'],
  'src/storage': ['src/model'],
  'src/content': [],
  'src/controllers': ['src/backend', 'src/context', 'src/load-code.ts', 'src/storage', 'type src/model'],
  'src/elements': [
    'src/content',
    'src/context',
    'src/controllers',
    'src/events',
    'src/i18n',
    'src/load-code.ts',
    'src/styles',
    'type src/backend',
    'type src/model',
  ],
  'src/elements/portal-setup': [
    'src/brand',
    'src/controllers',
    'src/elements',
    'src/i18n',
    'src/load-code.ts',
    'src/styles',
    'type src/backend',
    'type src/backend/setup',
    'type src/model',
  ],
  'src/embed.ts': [],
  'src/index.ts': [
    'src/backend',
    'src/backend/memory',
    'src/backend/rest',
    'src/context',
    'src/elements',
    'src/events',
    'src/i18n',
    'src/model',
  ],
  'src/define.ts': [
    'src/index.ts',
    'src/backend/memory',
    'src/backend/rest',
    'src/context',
    'src/elements',
    'src/load-code.ts',
  ],
  'src/testing': ['*'],
  'src/server': ['src/brand', 'src/model', 'src/policy', 'src/wire'],
  'src/server/node': ['src/content', 'src/model', 'src/policy', 'src/server', 'src/wire', 'src/world'],
  demo: [
    'src/define.ts',
    'src/embed.ts',
    'src/index.ts',
    'src/backend/memory',
    'src/backend/rest',
    'src/backend/setup',
    'src/elements/portal-setup',
    'src/testing',
    'type src/model',
  ],
  test: ['*'],
};

/** Per file or folder which packages; a name allows its subpaths as well. */
const packages = {
  'src/wire': ['zod/mini'],
  'src/backend/rest': ['eventsource-parser', 'ky', 'zod/mini'],
  'src/backend/rest/resume-file.ts': ['tus-js-client'],
  'src/storage': ['idb-keyval'],
  'src/context': ['@lit/context', 'lit'],
  'src/i18n': ['lit'],
  'src/styles': ['lit'],
  'src/controllers': ['@lit/context', '@lit/task', 'lit'],
  'src/elements': ['lit'],
  'src/content': ['dompurify'],
  'src/testing': ['*'],
  'src/server': ['hono', 'zod/mini'],
  'src/server/connectors': [],
  'src/server/connectors/http': ['p-limit', 'zod/mini'],
  'src/server/connectors/rt': ['p-limit', 'zod/mini'],
  'src/server/identity': ['hono', 'rate-limiter-flexible'],
  'src/server/identity/host-token.ts': ['jose', 'zod/mini'],
  'src/server/index': [],
  'src/server/pglite': ['@electric-sql/pglite'],
  'src/server/seal.ts': ['jose'],
  'src/server/settings': [],
  'src/server/settings/admin/import-table.ts': ['zod/mini'],
  'src/server/sso': ['jose', 'openid-client'],
  'src/server/writing/check-file.ts': ['file-type', 'strtok3'],
  'src/server/node/database/pglite-worker.source.mjs': ['tsx'],
  'src/server/node': [
    'node:',
    '@electric-sql/pglite',
    '@hono/node-server',
    '@node-rs/argon2',
    'hono',
    'pg',
    'zod/mini',
  ],
  'src/server/node/free-mail.ts': ['email-providers'],
  'src/server/node/is-outside.ts': ['node:', 'ipaddr.js'],
  'src/server/node/known-passwords.ts': ['@zxcvbn-ts/language-common'],
  'src/server/node/mail.ts': ['nodemailer'],
  'src/server/node/read-csv.ts': ['csv-parse'],
  'src/server/node/read-form.ts': ['node:', '@fastify/busboy'],
  'src/server/node/tus.ts': ['node:', '@tus/server'],
  'src/server/node/smtp.ts': ['nodemailer'],
  'src/server/node/html-text.ts': ['html-to-text'],
  'src/server/node/sanitise.ts': ['sanitize-html'],
  demo: ['lit'],
  'demo/scripts/qa': ['axe-core', 'msw', 'uqr'],
  'demo/host-token': ['jose'],
  test: ['*'],
};

const within = (path, folder) => path === folder || path.startsWith(`${folder}/`);

/** The longest entry of a table that a path lies in. */
const entryOf = (table, path) =>
  Object.keys(table)
    .filter((entry) => within(path, entry))
    .sort((a, b) => b.length - a.length)[0];

const allowsPackage = (list, name) =>
  list.some((entry) => entry === '*' || within(name, entry) || (entry.endsWith(':') && name.startsWith(entry)));

function allowsOurs(list, target, typeOnly) {
  const layer = entryOf(ours, target);
  return list.some((entry) => entry === '*' || entry === layer || (typeOnly && entry === `type ${layer}`));
}

/** What is wrong with an import, or `null`. Paths are relative to the root, with `/`. */
export function problemOf(file, name, { typeOnly = false, namespaceOnly = false } = {}) {
  const from = entryOf(ours, file);
  if (!from) return null;
  if (/^zod($|\/)/.test(name) && file.startsWith('src/') && !(name === 'zod/mini' && namespaceOnly)) {
    return "Import zod as `import * as z from 'zod/mini'`: every other form ships more of it to the browser.";
  }
  if (!name.startsWith('.')) {
    const list = packages[entryOf(packages, file)] ?? [];
    return allowsPackage(list, name) ? null : `\`${from}\` may not import the package \`${name}\`.`;
  }
  const target = posix.join(posix.dirname(file), name.replace(/\?.*$/, '')).replace(/\.js$/, '.ts');
  const to = entryOf(ours, target);
  if (!to || to === from || allowsOurs(ours[from], target, typeOnly)) return null;
  const why = ours[from].includes(`type ${to}`) ? 'only types of' : 'nothing of';
  return `\`${from}\` may import ${why} \`${to}\`.`;
}

const layers = {
  create(context) {
    const file = relative(context.cwd, context.filename).split(sep).join('/');
    const check = (node, { typeOnly, namespaceOnly } = {}) => {
      if (typeof node.source?.value !== 'string') return;
      const message = problemOf(file, node.source.value, { typeOnly, namespaceOnly });
      if (message) context.report({ node, message });
    };
    return {
      ImportDeclaration: (node) =>
        check(node, {
          typeOnly: node.importKind === 'type',
          namespaceOnly: node.specifiers.length === 1 && node.specifiers[0].type === 'ImportNamespaceSpecifier',
        }),
      ExportNamedDeclaration: (node) => check(node, { typeOnly: node.exportKind === 'type' }),
      ExportAllDeclaration: (node) => check(node, { typeOnly: node.exportKind === 'type' }),
      ImportExpression: (node) => check(node),
      TSImportType: (node) => check(node, { typeOnly: true }),
    };
  },
};

export default { meta: { name: 'portico' }, rules: { layers } };
