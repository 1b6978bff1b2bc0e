import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { expect, onTestFinished } from 'vitest';

/** Where a proxy stands in a test: its port and certificate, and the server behind it. */
export interface Place {
  readonly folder: string;
  readonly port: number;
  readonly cert: string;
  readonly key: string;
  /** Of the server. */
  readonly upstream: number;
}

/** A proxy that we have a recipe for. */
export interface Proxy {
  readonly name: string;
  readonly binary: string;
  start(place: Place): Promise<void>;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A recipe with a test's places in it; each has to be there, or the test tries another recipe than people copy. */
function fitted(recipe: string, places: readonly (readonly [string, string])[]): string {
  let fit = readFileSync(new URL(`../../src/server/node/deploy/${recipe}`, import.meta.url), 'utf8');
  for (const [before, after] of places) {
    expect(fit).toContain(before);
    fit = fit.replaceAll(before, after);
  }
  return fit;
}

const accepts = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

async function run(binary: string, args: readonly string[], port: number, env: NodeJS.ProcessEnv = {}): Promise<void> {
  const child: ChildProcess = spawn(binary, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(async () => {
    if (child.exitCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await expect
    .poll(
      () => {
        if (child.exitCode !== null) throw new Error(`${binary} ended: ${said}`);
        return accepts(port);
      },
      { timeout: 20_000 },
    )
    .toBe(true);
}

const nginx: Proxy = {
  name: 'nginx',
  binary: '/usr/sbin/nginx',
  async start({ folder, port, cert, key, upstream }) {
    const conf = fitted('nginx.conf', [
      ['127.0.0.1:4400', `127.0.0.1:${upstream}`],
      ['  listen [::]:80;\n', ''],
      ['  listen [::]:443 ssl http2;\n', ''],
      ['listen 80;', `listen 127.0.0.1:${await freePort()};`],
      ['listen 443 ssl http2;', `listen 127.0.0.1:${port} ssl http2;`],
      ['/etc/letsencrypt/live/support.example.com/fullchain.pem', cert],
      ['/etc/letsencrypt/live/support.example.com/privkey.pem', key],
      ['server_name support.example.com;', 'server_name localhost;'],
    ]);
    mkdirSync(`${folder}/logs`);
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (kind) => `${kind}_temp_path ${folder}/${kind};`,
    );
    const whole = [
      ...(process.getuid?.() === 0 ? ['user root;'] : []),
      `daemon off; pid ${folder}/pid; error_log stderr warn; worker_processes 1; events {}`,
      `http { access_log off; ${temporary.join(' ')}`,
      conf,
      '}',
    ];
    writeFileSync(`${folder}/nginx.conf`, whole.join('\n'));
    await run(this.binary, ['-p', folder, '-c', `${folder}/nginx.conf`], port);
  },
};

const caddy: Proxy = {
  name: 'Caddy',
  binary: '/usr/bin/caddy',
  async start({ folder, port, cert, key, upstream }) {
    const site = '{$PORTICO_HOST:support.example.com} {\n';
    // A certificate of the test's own, and no port but the one.
    const conf = fitted('Caddyfile', [[site, `${site}\tbind 127.0.0.1\n\ttls ${cert} ${key}\n`]]);
    const options = '{\n\tadmin off\n\tgrace_period 1s\n\tauto_https disable_redirects\n}\n';
    writeFileSync(`${folder}/Caddyfile`, options + conf);
    await run(this.binary, ['run', '--config', `${folder}/Caddyfile`, '--adapter', 'caddyfile'], port, {
      ...{ HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
      ...{ PORTICO_HOST: `localhost:${port}`, PORTICO_UPSTREAM: `127.0.0.1:${upstream}` },
    });
  },
};

export const proxies: readonly Proxy[] = [nginx, caddy];

/** @throws where the proxy is not on this machine */
export function needProxy({ name, binary }: Proxy): void {
  if (existsSync(binary)) return;
  throw new Error(`NOT RUN: no ${name} was found; as root on Debian \`npm run test:deep\` installs it.`);
}
