// Trisotech DES's /events as its document shows it: topics in the address, WebSessionStarted first, pings in JSON that
// keep the session alive, subscriptions that change at any time, CloudEvents as the document prints them (specversion
// 1.0.1, Ip).
import { randomUUID } from 'node:crypto';
import { PushServer, port } from './push-server.mjs';

const told = { pings: 0, subscriptions: [], sessions: [], timedOut: 0, sent: 0 };
let timeout = 5; // minutes
let start = true; // whether sessions are told that they have started
let pongs = true;
let log = null; // of all events, by which sessions can be resumed as Millrace's gateway does it; null for none

const send = (client, message) => {
  if (client.ws.readyState === 1) client.ws.send(JSON.stringify(message));
};
const event = (type, data, more = {}) => ({
  id: randomUUID(),
  time: new Date().toISOString(),
  source: 'test.trisotech.com',
  specversion: '1.0.1',
  type,
  data,
  ...more,
});
const covers = (wanted, topic) => wanted.every((level, i) => topic[i] === level);

const alive = (client) => {
  clearTimeout(client.idle);
  client.idle = setTimeout(() => {
    told.timedOut++;
    client.ws.close(1001, 'Idle Timeout');
  }, timeout * 60_000);
};

const heard = (client, text) => {
  alive(client);
  const message = JSON.parse(text);
  if (message.type === 'ping') {
    told.pings++;
    const pong = log === null ? {} : { data: { position: `test:0:${log.length}` } };
    if (pongs) server.later(() => send(client, { type: 'pong', ...pong }));
  } else if (message.type === 'subscribe') {
    told.subscriptions.push(message.data.topics);
    client.topics.push(...message.data.topics);
  } else if (message.type === 'unsubscribe') {
    const gone = message.data.topics.map(String);
    client.topics = client.topics.filter((topic) => !gone.includes(String(topic)));
  }
};

const placed = (one, number) => ({ ...one, streamposition: `test:0:${number}` });
const push = (topic, given) => {
  let sent = 0;
  const events = given.map((one) => {
    if (log === null) return one;
    log.push({ topic, one });
    return placed(one, log.length);
  });
  for (const client of server.clients) {
    if (client.topics.some((wanted) => covers(wanted, topic))) {
      for (const one of events) send(client, one);
      sent += events.length;
    }
  }
  told.sent += sent;
  return sent;
};

const server = new PushServer({
  path: '/events',
  port: port(),
  authorised: (request, url, tokens) => {
    const header = request.headers.authorization ?? '';
    return header.startsWith('Bearer ') && tokens.has(header.slice(7)) && url.searchParams.has('topics');
  },
  opened: (client) => {
    const query = client.url.searchParams;
    client.topics = JSON.parse(query.get('topics'));
    client.ws.on('message', (data) => heard(client, data.toString()));
    client.ws.on('close', () => clearTimeout(client.idle));
    alive(client);
    if (!start) return;
    const sessionId = randomUUID();
    const session = {
      timeout,
      browserId: 'none',
      productName: query.get('name'),
      productVersion: query.get('version'),
      clientId: query.get('clientId'),
      sessionId,
    };
    told.sessions.push(session);
    const after = log === null ? 0 : Number(/^test:0:(\d+)$/.exec(query.get('after'))?.[1] ?? log.length);
    const started = event('WebSessionStarted', session);
    server.later(() => {
      send(client, log === null ? started : placed(started, after));
      (log ?? []).forEach(({ topic, one }, i) => {
        if (i >= after && client.topics.some((wanted) => covers(wanted, topic))) send(client, placed(one, i + 1));
      });
    });
  },
  commands: {
    // {topic: [levels], events: [whole CloudEvents]}
    push: ({ topic, events }) => ({ sent: push(topic, events) }),
    // Many at once: {count, from, size, topic}; ids are e<number>.
    burst: ({ count, from = 0, size = 10, topic }) => {
      const filling = 'x'.repeat(size);
      for (let i = from; i < from + count; i++) push(topic, [event('Burst', { n: i, filling }, { id: `e${i}` })]);
      return { sent: told.sent };
    },
    resumable: () => {
      log = [];
    },
    timeout: ({ minutes }) => {
      timeout = minutes;
    },
    starting: ({ on }) => {
      start = on;
    },
    pongs: ({ on }) => {
      pongs = on;
    },
  },
});
server.more = () => told;
await server.start();
