// Volt MX Foundry's /services/ServerEvents/Stream as its document and its client SDK show it: subscriptions in the
// document's flat shape and in the SDK's nested one, replies by code, pushes, acknowledgements, and pings of the server's
// of which three without an answer end the session.
import { PushServer, port } from './push-server.mjs';

const SUBSCRIBED = [620001, 620002, 620003];
const UNSUBSCRIBED = [620007, 620008, 620009];
const PUSH = 620010;
const UNAUTHENTICATED = 620011;
const MISSING = 620012;
const BAD = 620014;

const told = { acks: [], subscriptions: [], others: [], evicted: 0, sent: 0 };
let clientOnly = null; // topics that may be subscribed to; null for all
let tokenInMessage = true; // whether the nested shape's token is checked
let silent = false; // whether requests to subscribe get no reply

const strip = (topic) => (topic.startsWith('/') ? topic.slice(1) : topic);
const within = (parent, topic) => topic === parent || topic.startsWith(`${parent}/`);
const send = (client, message) => {
  if (client.ws.readyState === 1) client.ws.send(JSON.stringify(message));
};

const answer = (client, codes, topics, good) => {
  const failed = topics.filter((topic) => !good(topic));
  const success = topics.filter(good);
  const code = failed.length === 0 ? codes[0] : success.length === 0 ? codes[1] : codes[2];
  send(client, { code, message: code === codes[0] ? 'Success' : 'Failed for some topics', successTopics: success, failedTopics: failed });
  return success;
};

const topicsOf = (client, wanted) => {
  if (Array.isArray(wanted)) return wanted;
  if (!wanted || typeof wanted !== 'object') return null;
  const token = wanted['X-Voltmx-Authorization'] ?? wanted['X-Kony-Authorization'];
  if (tokenInMessage && !server.tokens.has(token)) {
    send(client, { code: UNAUTHENTICATED, message: 'Authentication failed' });
    return undefined;
  }
  if (!wanted.clientUUID) {
    send(client, { code: MISSING, message: 'clientUUID is missing' });
    return undefined;
  }
  return Object.values(wanted.topics ?? {}).flat();
};

const heard = (client, text) => {
  let message;
  try {
    message = JSON.parse(text);
  } catch {
    return send(client, { code: BAD, message: 'Invalid payload' });
  }
  if (message.ack) return told.acks.push(message.ack.eventId);
  const wanted = message.subscribe ?? message.unsubscribe;
  if (!wanted) {
    told.others.push(message);
    return send(client, { code: BAD, message: 'Invalid payload' });
  }
  if (message.subscribe) told.subscriptions.push(wanted);
  if (silent) return undefined;
  return server.later(() => {
    const topics = topicsOf(client, wanted);
    if (topics === undefined) return;
    if (topics === null || topics.length === 0) return send(client, { code: BAD, message: 'Invalid payload' });
    const allowed = (topic) => clientOnly === null || clientOnly.includes(topic);
    if (message.subscribe) for (const topic of answer(client, SUBSCRIBED, topics, allowed)) client.topics.add(strip(topic));
    else for (const topic of answer(client, UNSUBSCRIBED, topics, () => true)) client.topics.delete(strip(topic));
  });
};

const push = (events) => {
  let sent = 0;
  for (const client of server.clients) {
    for (const event of events) {
      if ([...client.topics].some((topic) => within(topic, strip(event.topic)))) {
        send(client, { code: PUSH, ...event });
        sent++;
      }
    }
  }
  told.sent += sent;
  return sent;
};

const server = new PushServer({
  path: '/services/ServerEvents/Stream',
  port: port(),
  authorised: (request, url, tokens) => {
    const header = request.headers['x-voltmx-authorization'] ?? request.headers['x-kony-authorization'];
    return tokens.has(header ?? url.searchParams.get('X-VoltMX-Authorization'));
  },
  opened: (client) => {
    client.topics = new Set();
    client.unanswered = 0;
    client.ws.on('message', (data) => heard(client, data.toString()));
    client.ws.on('pong', () => (client.unanswered = 0));
  },
  commands: {
    push: ({ events }) => ({ sent: push(events) }),
    // Many at once: {count, from, size, topic}; ids are e<number>.
    burst: ({ count, from = 0, size = 10, topic }) => {
      const filling = 'x'.repeat(size);
      for (let i = from; i < from + count; i++) push([{ eventId: `e${i}`, topic, data: { n: i, filling } }]);
      return { sent: told.sent };
    },
    // Pings every so many ms, and ends sessions that leave three of them unanswered.
    pings: ({ ms }) => {
      clearInterval(server.pinging);
      server.pinging = setInterval(() => {
        if (server.muted) return;
        for (const client of server.clients) {
          if (client.unanswered >= 3) {
            told.evicted++;
            client.ws.terminate();
          } else {
            client.unanswered++;
            client.ws.ping();
          }
        }
      }, ms);
    },
    only: ({ topics }) => {
      clientOnly = topics;
    },
    silent: ({ on }) => {
      silent = on;
    },
  },
});
server.more = () => told;
await server.start();
