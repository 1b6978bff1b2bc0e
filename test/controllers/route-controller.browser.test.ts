import { expect } from '@open-wc/testing';
import { LitElement } from 'lit';

import type { Routing } from '../../src/context/route-context.js';
import { RouteController } from '../../src/controllers/route-controller.js';
import { register } from '../../src/elements/register.js';
import { until } from '../elements/screen.js';

class RouteProbe extends LitElement {
  routing: Routing = 'query';
  routeKey = 'ticket';
  readonly place = new RouteController(this);
}
register('route-probe', RouteProbe);

const original = location.href;

function probe(routing: Routing, path: string, routeKey = 'ticket'): RouteController {
  history.replaceState({ own: 'state' }, '', path);
  return appendProbe(routing, routeKey);
}

function appendProbe(routing: Routing, routeKey = 'ticket'): RouteController {
  const element = new RouteProbe();
  Object.assign(element, { routing, routeKey });
  document.body.append(element);
  return element.place;
}

const here = () => location.href.slice(location.origin.length);

describe('the route of a portal', () => {
  after(() => history.replaceState(null, '', original));

  it('is read from its own key, and writes no other', () => {
    const route = probe('query', '/?a=1&ticket=t1&b=2#part');
    expect(route.place).to.equal('t1');
    route.go('t2');
    expect(here()).to.equal('/?a=1&ticket=t2&b=2#part');
    route.go(null);
    expect(here()).to.equal('/?a=1&b=2#part');
    expect(history.state, 'the page’s own router keeps its state').to.deep.equal({ own: 'state' });
  });

  it('lives in the hash beside other values, and takes the turn of a heading’s anchor', () => {
    const route = probe('hash', '/?a=1#x=1&ticket=t1');
    expect(route.place).to.equal('t1');
    expect(route.href(null)).to.equal(`${location.origin}/?a=1#x=1`);
    const anchored = probe('hash', '/#installation');
    expect(anchored.place).to.equal(null);
    anchored.go('t2');
    expect(here()).to.equal('/#ticket=t2');
  });

  it('stays where it is while somebody follows anchors of the page, and comes back to it by the history', async () => {
    const route = probe('hash', '/#x=1');
    const steps: [string, string | null][] = [];
    const note = () => steps.push([here(), route.place]);
    const follow = async (anchor: string) => {
      const followed = new Promise((resolve) => addEventListener('hashchange', resolve, { once: true }));
      location.hash = anchor;
      await followed;
      note();
    };
    const back = async () => {
      const popped = new Promise((resolve) => addEventListener('popstate', resolve, { once: true }));
      history.back();
      await popped;
      note();
    };
    await follow('first');
    route.go('t1');
    await follow('second');
    expect(appendProbe('hash').place, 'after a reload').to.equal('t1');
    expect(history.state, 'beside what the page keeps there').to.deep.equal({ 'portico.ticket': 't1' });
    await back();
    await back();
    expect(steps).to.deep.equal([
      ['/#first', null],
      ['/#second', 't1'],
      ['/#ticket=t1', 't1'],
      ['/#first', null],
    ]);
  });

  it('leaves every other letter of the address as the page wrote it', () => {
    const route = probe('query', '/?flag&to=/a/b&q=one%20two&ticket=t1&ticket=t9');
    expect(route.href('t2')).to.equal(`${location.origin}/?flag&to=/a/b&q=one%20two&ticket=t2`);
    expect(route.href(null)).to.equal(`${location.origin}/?flag&to=/a/b&q=one%20two`);
  });

  for (const routing of ['query', 'hash'] as const) {
    it(`makes no two entries for one place in the ${routing}`, () => {
      const path = routing === 'query' ? '/?ticket=t1' : '/#ticket=t1';
      const route = probe(routing, path);
      // From here on the history only grows.
      route.go('t3');
      const { length } = history;
      route.go('t3');
      expect(history.length).to.equal(length);
      route.go('t2');
      route.go('t2');
      expect(history.length).to.equal(length + 1);
    });
  }

  it('takes the place out of the address while it rests, and keeps it', async () => {
    const route = probe('query', '/?a=1&ticket=t1');
    route.rest();
    expect([here(), route.place]).to.deep.equal(['/?a=1', 't1']);
    dispatchEvent(new PopStateEvent('popstate'));
    expect(route.place, 'the page goes about its own').to.equal('t1');
    route.go('t1');
    expect(here()).to.equal('/?a=1&ticket=t1');
    route.go(null);
    dispatchEvent(new PopStateEvent('popstate'));
    expect(route.place).to.equal(null);
  });

  it('stays out of the address when told to', () => {
    const route = probe('none', '/?ticket=t1');
    expect(route.place).to.equal(null);
    route.go('t2');
    expect([route.place, here()]).to.deep.equal(['t2', '/?ticket=t1']);
  });

  it('follows the history', async () => {
    const route = probe('query', '/?ticket=t1');
    route.go('new');
    history.back();
    await until(() => route.place === 't1');
    history.forward();
    await until(() => route.place === 'new');
  });

  for (const [routing, mark] of [
    ['query', '?'],
    ['hash', '#'],
  ] as const) {
    it(`keeps two portals apart in the ${routing}`, async () => {
      const path = `/${mark}ticket=t1&billing=b1&tickets.scope=mine&billings.scope=company`;
      const route = probe(routing, path);
      const other = probe(routing, path, 'billing');
      expect([route.place, other.place]).to.deep.equal(['t1', 'b1']);
      other.go('b2');
      expect(here()).to.equal(`/${mark}ticket=t1&billing=b2&tickets.scope=mine&billings.scope=company`);
      route.go(null);
      expect(here()).to.equal(`/${mark}billing=b2&tickets.scope=mine&billings.scope=company`);
      history.back();
      await until(() => route.place === 't1');
      expect(other.place).to.equal('b2');
    });
  }

  it('writes ids so that they come back as they are', () => {
    const route = probe('query', '/');
    route.go('a&b=ü');
    expect(probe('query', here()).place).to.equal('a&b=ü');
  });
});
