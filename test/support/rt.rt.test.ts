import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import type { RtDesk } from './rt-desk.js';
import { type Rt, type RtLogins, deskOf, startRt } from './rt.js';

const basic = ({ account }: RtLogins) =>
  `Basic ${Buffer.from(`${account.user}:${account.password}`).toString('base64')}`;

/** One request to REST2, with its status and what it says. */
async function ask({ url }: Pick<RtLogins, 'url'>, authorization: string, path: string) {
  const response = await fetch(`${url}/REST/2.0/${path}`, { headers: { authorization } });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const itemsOf = ({ body }: Awaited<ReturnType<typeof ask>>) => body['items'] as Record<string, unknown>[];

/** Names that no other test of the run has. */
function makeNames() {
  const name = `alice-${randomUUID().slice(0, 8)}`;
  return { name, email: `${name}@acme.example` };
}

async function openTicket(desk: RtDesk, more: { queue?: string } = {}): Promise<string> {
  const { name, email } = makeNames();
  await desk.createUser({ name, email, organization: 'Acme' });
  return desk.createTicket({ requestors: [name], subject: 'Printer', text: 'It burns.', ...more });
}

describe('the instance of the run', () => {
  const rt = inject('rt')!;
  let desk: RtDesk;
  beforeAll(() => {
    desk = deskOf(rt);
  });
  afterAll(() => desk.close());

  test('answers the account of the portal, and nobody without a password', async () => {
    const id = await openTicket(desk);
    expect(await ask(rt, basic(rt), `ticket/${id}`)).toMatchObject({ status: 200, body: { Subject: 'Printer' } });
    expect((await ask(rt, basic({ ...rt, account: { ...rt.account, password: 'wrong' } }), 'rt')).status).toBe(401);
  });

  test('takes the token of a customer', async () => {
    const { name, email } = makeNames();
    await desk.createUser({ name, email });
    const authorization = `token ${await desk.createToken(name)}`;
    const own = await desk.createTicket({ requestors: [name], subject: 'Own', text: 'Mine.' });
    const foreign = await openTicket(desk);
    expect((await ask(rt, authorization, `ticket/${own}`)).status).toBe(200);
    expect((await ask(rt, authorization, `ticket/${foreign}`)).status).toBe(403);
  });

  test('hides comments and their files from the account of the portal', async () => {
    const id = await openTicket(desk);
    const files = [{ name: 'note.txt', type: 'text/plain', content: 'secret' }];
    const shown = await desk.correspond(id, { text: 'Which model?', files });
    const hidden = await desk.comment(id, { text: 'Third fire this week.', files });

    const history = itemsOf(await ask(rt, basic(rt), `ticket/${id}/history?per_page=100`)).map((item) => item['id']);
    expect(history).toContain(shown.transaction);
    expect(history).not.toContain(hidden.transaction);
    const attachments = itemsOf(await ask(rt, basic(rt), `ticket/${id}/attachments`)).map((item) => item['id']);
    expect(attachments).toContain(shown.files[0]!.id);
    expect(attachments).not.toContain(hidden.files[0]!.id);
    expect((await ask(rt, basic(rt), `attachment/${shown.files[0]!.id}`)).status).toBe(200);
    expect((await ask(rt, basic(rt), `attachment/${hidden.files[0]!.id}`)).status).toBe(403);
    expect((await ask(rt, basic(rt), `transaction/${hidden.transaction}`)).status).toBe(403);
  });

  test('the account of the portal has two queues of three', async () => {
    const id = await openTicket(desk, { queue: 'Internal' });
    expect((await ask(rt, basic(rt), `ticket/${id}`)).status).toBe(403);
    await desk.moveTicket(id, 'Sales');
    expect((await ask(rt, basic(rt), `ticket/${id}`)).status).toBe(200);
  });

  test('keeps what people do at the desk', async () => {
    const id = await openTicket(desk);
    const other = await openTicket(desk);
    const { name } = makeNames();
    await desk.createUser({ name, realName: 'Zoë' });
    await desk.createGroup(`Group of ${name}`, [name]);
    await desk.setParties(id, { requestors: [name], ccGroups: [`Group of ${name}`] });
    await desk.correspond(id, { html: '<p>Gelöst.</p>', text: 'Gelöst.' });
    await desk.correspond(id, { text: 'Danke!', as: name });
    await desk.setStatus(id, 'resolved');
    await desk.mergeTicket(other, id);

    const ticket = await desk.readTicket(id);
    expect(ticket).toMatchObject({ id, status: 'resolved', cc: [`Group of ${name}`], queue: 'Support' });
    expect(ticket.requestors).toContain(name);
    expect(ticket.messages.map(({ creator, bodies }) => [creator, bodies.map(({ content }) => content)])).toEqual(
      expect.arrayContaining([
        ['agent', ['Gelöst.', '<p>Gelöst.</p>']],
        [name, ['Danke!']],
      ]),
    );
    expect((await desk.readTicket(other)).id).toBe(id);
    await desk.deleteTicket(id);
    expect((await desk.readTicket(id)).status).toBe('deleted');
  });

  test('says why an order at the desk was refused, and takes the next one', async () => {
    const id = await openTicket(desk);
    await expect(desk.setStatus(id, 'nonsense')).rejects.toThrow(
      "refused setStatus: Status 'nonsense' isn't a valid status",
    );
    await expect(desk.correspond(id, { text: 'Hello', as: 'nobody there' })).rejects.toThrow('There is no user');
    expect((await desk.readTicket(id)).status).toBe('new');
  });

  test('makes many tickets at once', async () => {
    const { name, email } = makeNames();
    await desk.createUser({ name, email });
    const ids = await desk.seedTickets(25, (n) => ({
      requestors: [name],
      subject: `Ticket ${n}`,
      text: 'One of many.',
    }));
    expect(new Set(ids).size).toBe(25);
    expect(await desk.readTicket(ids[24]!)).toMatchObject({ subject: 'Ticket 24', requestors: [name] });
  });

  test('sends no mail, and keeps it in its folder', async () => {
    const { name, email } = makeNames();
    await desk.createUser({ name, email });
    await desk.createTicket({ requestors: [name], subject: 'Mail', text: 'An answer by mail, please.' });
    const folder = join(rt.folder, 'data');
    expect(readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'))).toContainEqual(
      expect.stringContaining(`To: ${email}`),
    );
  });
});

describe('an instance of its own', () => {
  async function start(): Promise<Rt> {
    const rt = await startRt({ workers: 1, webPath: '/rt', timezone: 'Asia/Tokyo' });
    onTestFinished(() => rt.stop());
    return rt;
  }

  test('does not meet the other', async () => {
    const rt = await start();
    const other = inject('rt')!;
    const { name } = makeNames();
    await rt.desk.createUser({ name });
    expect(new URL(rt.url).pathname).toBe('/rt');
    expect((await ask(rt, basic(rt), `user/${name}`)).status).toBe(200);
    expect((await ask(other, basic(other), `user/${name}`)).status).toBe(404);
  });

  test('keeps what was written when all its processes are killed', async () => {
    const rt = await start();
    const id = await openTicket(rt.desk);
    const { pid } = rt;

    await rt.kill();
    await expect(fetch(rt.url)).rejects.toThrow('fetch failed');
    await rt.desk.correspond(id, { text: 'Written while it was down.' });
    await rt.restart();

    expect(rt.pid).not.toBe(pid);
    expect((await ask(rt, basic(rt), `ticket/${id}`)).status).toBe(200);
    const history = itemsOf(await ask(rt, basic(rt), `ticket/${id}/history?fields=Type`)).map((item) => item['Type']);
    expect(history).toEqual(['Create', 'Correspond', 'Status']);
  });

  test.runIf(existsSync('/proc/net/tcp'))('listens on the loopback interface only', async () => {
    const rt = await start();
    const port = Number(new URL(rt.url).port).toString(16).toUpperCase().padStart(4, '0');
    const sockets = ['tcp', 'tcp6'].flatMap((file) => readFileSync(`/proc/net/${file}`, 'utf8').split('\n'));
    const listening = sockets
      .map((line) => line.trim().split(/\s+/))
      .filter(([, local, , state]) => local?.endsWith(`:${port}`) && state === '0A')
      .map(([, local]) => local);
    expect(listening).toEqual([`0100007F:${port}`]);
  });

  test('removes its folder when it ends', async () => {
    const rt = await startRt({ workers: 1 });
    expect(existsSync(rt.folder)).toBe(true);
    await rt.stop();
    expect(existsSync(rt.folder)).toBe(false);
  });
});
