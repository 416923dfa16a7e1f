// A subscriber of MMM's events by the libraries that others wrote.
//   node mmm-client.mjs graphql-ws|subscriptions-transport-ws URL USER:PASSWORD VARIABLES [ack]
// Writes one line each: "N <result>", "A <id>" when an acknowledgement was answered, "E <error>", "C".
import { createClient } from 'graphql-ws';
import { SubscriptionClient } from 'subscriptions-transport-ws';
import WebSocket from 'ws';

const [library, url, user, variables, ack] = process.argv.slice(2);
const authorization = 'Basic ' + Buffer.from(user).toString('base64');
const query = `subscription ($id: GID!, $ackLimit: Int!, $lastEventId: Long, $chunkSize: Int) {
  _externalEvents(subscriptionId: $id, ackLimit: $ackLimit, lastEventId: $lastEventId,
      chunkSize: $chunkSize, chunkMaxDelay: 100, excludeOwnModifications: false) {
    events { id timestamp entityId entityType entityStatus }
  }
}`;
const mutation = `mutation ($id: GID!, $lastEventId: Long!) {
  _acknowledgeExternalEvents(subscriptionId: $id, lastEventId: $lastEventId)
}`;

const say = (kind, value) => console.log(value === undefined ? kind : `${kind} ${JSON.stringify(value)}`);
const given = JSON.parse(variables);

function received(result, execute) {
  say('N', result);
  const events = result.data?._externalEvents?.events ?? [];
  if (ack && events.length > 0) {
    const last = events[events.length - 1].id;
    execute({ query: mutation, variables: { id: given.id, lastEventId: String(last) } }, (answer) =>
      say('A', answer.errors ? answer.errors : last));
  }
}

if (library === 'graphql-ws') {
  const client = createClient({
    url,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    lazy: false,
    onNonLazyError: (error) => say('E', String(error)),
    connectionParams: { authorization },
  });
  const once = (request, done) =>
    client.subscribe(request, {
      next: done,
      error: (error) => done({ errors: error }),
      complete: () => {},
    });
  client.subscribe({ query, variables: given }, {
    next: (result) => received(result, once),
    error: (error) => say('E', error instanceof Error ? String(error) : error.reason ?? error),
    complete: () => say('C'),
  });
} else {
  const client = new SubscriptionClient(
    url, { connectionParams: { authorization }, reconnect: false }, WebSocket);
  const once = (request, done) =>
    client.request(request).subscribe({ next: done, error: (error) => done({ errors: error }) });
  client.onDisconnected(() => say('D'));
  client.request({ query, variables: given }).subscribe({
    next: (result) => received(result, once),
    error: (error) => say('E', error.message ?? error),
    complete: () => say('C'),
  });
}
