import type { ServerProcess } from './server-process.js';

/** Makes the account of a new server by the link that it has printed. */
export async function welcomeFirst({ origin, output }: ServerProcess, account: string): Promise<void> {
  const [, token] = /#welcome=([\w-]+)/.exec(output) ?? [];
  const owner = { name: 'Ada', email: 'ada@new.example', password: 'a staple and no battery' };
  const response = await fetch(`${origin}/admin/api/v1/welcome`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json', 'x-portal-client': 'portico-test/1' },
    body: JSON.stringify({ token, account, ...owner }),
  });
  if (!response.ok) throw new Error(`The first owner was answered ${response.status}`);
}
