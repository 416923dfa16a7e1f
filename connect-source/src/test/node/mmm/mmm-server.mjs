// A server of MMM's external events, written from the vendor's document: GraphQL by HTTP at /graphql
// and by both WebSocket subprotocols at /subscriptions, durable subscriptions, acknowledgements,
// chunks and ackLimit. Takes events and orders to misbehave at /control.
//   node mmm-server.mjs [PORT [STATE-FILE]]
// With a file it goes on where a killed one stopped. Prints its port.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { buildSchema, execute, graphql, GraphQLError, parse, subscribe, validate } from 'graphql';
import { CloseCode } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import transport from 'subscriptions-transport-ws';
import { WebSocketServer } from 'ws';

const [port = '0', file] = process.argv.slice(2);
const schema = buildSchema(`
  scalar GID
  scalar Long
  type Event { id: Long!, timestamp: String!, entityId: GID!, entityType: String!, entityStatus: String! }
  type Events { events: [Event!]! }
  type Status { subscriptionId: GID!, undeliveredEventCount: Long!, status: String! }
  type Query { _externalEventsSubscriptionStatus(subscriptionId: GID!): Status }
  type Mutation {
    _acknowledgeExternalEvents(subscriptionId: GID!, lastEventId: Long!): Boolean
    _unsubscribeExternalEvents(subscriptionId: GID!): Boolean
  }
  type Subscription {
    _externalEvents(subscriptionId: GID!, lastEventId: Long, excludeOwnModifications: Boolean,
      chunkSize: Int, chunkMaxDelay: Int, ackLimit: Int, entityId: GID, entityType: String,
      parentId: GID, eventType: String): Events
  }`);

const events = [];
// Id to {acknowledged, wanted, wake}; what is beyond acknowledged was not, however often it was sent.
const subscriptions = new Map();
const sockets = new Set();
const told = { acknowledgements: [], subscriptions: [], connections: 0, dropped: 0 };
let authorization = null;
let faults = {};

if (file && existsSync(file)) {
  const state = JSON.parse(readFileSync(file));
  events.push(...state.events);
  state.subscriptions.forEach(([id, acknowledged]) => subscriptions.set(id, { acknowledged }));
}
const save = () => {
  if (file) {
    const known = [...subscriptions].map(([id, { acknowledged }]) => [id, acknowledged]);
    writeFileSync(file, JSON.stringify({ events, subscriptions: known }));
  }
};
const last = () => (events.length === 0 ? 0 : events[events.length - 1].id);
const wake = () => [...subscriptions.values()].forEach((each) => each.wake?.());
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function acknowledge(id, lastEventId) {
  const subscription = subscriptions.get(id);
  if (!subscription) {
    throw new GraphQLError(`Unknown subscription ${id}`);
  }
  subscription.acknowledged = Math.max(subscription.acknowledged, Number(lastEventId));
  save();
  subscription.wake?.();
}

async function* externalEvents(asked) {
  const id = asked.subscriptionId;
  told.subscriptions.push(asked);
  if (faults.refuse) {
    throw new GraphQLError(faults.refuse.message, { extensions: faults.refuse.extensions });
  }
  let subscription = subscriptions.get(id);
  if (!subscription) {
    subscription = { acknowledged: last() };
    if (asked.lastEventId !== undefined) {
      subscription.acknowledged = Number(asked.lastEventId);
    }
    subscriptions.set(id, subscription);
    save();
  } else if (asked.lastEventId !== undefined) {
    acknowledge(id, asked.lastEventId);
  }
  const mine = {};
  subscription.owner = mine;
  subscription.wake?.();
  let sent = subscription.acknowledged;
  while (true) {
    if (subscription.owner !== mine) {
      throw new GraphQLError('Somebody newer is here', { extensions: { code: 'TAKEN_OVER' } });
    }
    if (faults.again) {
      // What was sent is sent once more, though nobody has asked for it.
      sent = Math.max(0, sent - faults.again);
      faults.again = 0;
    }
    const wanted = events
      .filter((each) => !asked.entityType || each.entityType === asked.entityType)
      .filter((each) => !asked.eventType || each.entityStatus === asked.eventType);
    const window = wanted.filter((each) => each.id > subscription.acknowledged).slice(0, asked.ackLimit);
    const chunk = window.filter((each) => each.id > sent).slice(0, asked.chunkSize);
    if (chunk.length === 0) {
      await Promise.race([
        new Promise((resolve) => (subscription.wake = resolve)),
        sleep(500),
      ]);
      continue;
    }
    await sleep(faults.slow ?? 0);
    sent = chunk[chunk.length - 1].id;
    yield { _externalEvents: { events: chunk } };
  }
}

const roots = {
  query: {
    _externalEventsSubscriptionStatus: ({ subscriptionId }) => {
      const known = subscriptions.get(subscriptionId);
      const count = known ? events.filter((each) => each.id > known.acknowledged).length : 0;
      return { subscriptionId, undeliveredEventCount: count, status: known ? 'INACTIVE' : 'NOT_FOUND' };
    },
  },
  mutation: {
    _acknowledgeExternalEvents: ({ subscriptionId, lastEventId }) => {
      if (faults.failAcks > 0) {
        faults.failAcks--;
        throw new GraphQLError('The database is away');
      }
      acknowledge(subscriptionId, lastEventId);
      told.acknowledgements.push(Number(lastEventId));
      return true;
    },
    _unsubscribeExternalEvents: ({ subscriptionId }) => subscriptions.delete(subscriptionId),
  },
  subscription: { _externalEvents: externalEvents },
};
const rootValue = { ...roots.query, ...roots.mutation };

const server = createServer(async (request, response) => {
  let body = '';
  for await (const part of request) {
    body += part;
  }
  const answer = (status, value) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(value));
  };
  if (request.url === '/control') {
    return answer(200, control(JSON.parse(body)));
  }
  if (faults.httpStatus) {
    return answer(faults.httpStatus, {});
  }
  if (authorization && request.headers.authorization !== authorization) {
    return answer(401, {});
  }
  const { query, variables } = JSON.parse(body);
  answer(200, await graphql({ schema, source: query, variableValues: variables, rootValue }));
});

function control({ publish, set, credentials, forget, close, raw, cut }) {
  for (let i = 0; i < (publish?.count ?? 0); i++) {
    events.push({
      id: last() + 1 + (publish.gap ?? 0),
      timestamp: '2021-05-25T09:03:23.730010Z',
      entityId: `cd456b86-157f-4432-b5df-${String(i % 50).padStart(12, '0')}`,
      entityType: publish.type ?? 'term',
      entityStatus: publish.status ?? 'UPDATED',
    });
  }
  faults = { ...faults, ...set };
  authorization = credentials === undefined ? authorization : credentials;
  if (forget) {
    subscriptions.forEach((each) => (each.acknowledged = 0));
  }
  save();
  wake();
  sockets.forEach((socket) => {
    if (raw) socket.send(raw);
    if (close) socket.close(close.code, close.reason);
    if (cut) {
      // The beginning of a long text, and no more.
      socket._socket.write(Buffer.from([0x81, 126, 0x10, 0x00, ...Buffer.from('{"id":"1","type":"ne')]));
      socket._socket.destroySoon();
    }
  });
  const state = [...subscriptions].map(([id, { acknowledged }]) => ({ id, acknowledged }));
  return { ...told, state, open: sockets.size, last: last() };
}

const takes = (given) => !authorization || given?.authorization === authorization;
const modern = new WebSocketServer({ noServer: true });
useServer(
  {
    schema,
    roots,
    onConnect: ({ connectionParams }) => takes(connectionParams),
  },
  modern,
);
// The library cuts it off by itself if it is wrong; told here so that a test can see which one it was.
const older = new WebSocketServer({ noServer: true });
transport.SubscriptionServer.create(
  {
    schema,
    execute,
    subscribe,
    rootValue: { ...rootValue, ...roots.subscription },
    keepAlive: 1_000,
    onConnect: (given) => {
      if (!takes(given)) {
        throw new Error('Who are you?');
      }
    },
  },
  older,
);

server.on('upgrade', (request, socket, head) => {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(/, */);
  told.connections++;
  told.offered = offered;
  if (faults.handshakeStatus) {
    socket.end(`HTTP/1.1 ${faults.handshakeStatus} No\r\nContent-Length: 0\r\n\r\n`);
    return;
  }
  const takesModern = offered.includes('graphql-transport-ws') && !faults.legacyOnly;
  if (faults.legacyOnly) {
    request.headers['sec-websocket-protocol'] = 'graphql-ws';
  }
  const chosen = takesModern ? modern : older;
  chosen.handleUpgrade(request, socket, head, (open) => {
    sockets.add(open);
    open.on('close', () => sockets.delete(open));
    chosen.emit('connection', open, request);
  });
});
server.listen(Number(port), '127.0.0.1', () => console.log(server.address().port));
