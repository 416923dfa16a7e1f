// Speaks graphql-ws, the older protocol, to the server at the URL given, with the credentials given,
// and prints what it hears, one JSON object a line.
import transport from 'subscriptions-transport-ws';
import WebSocket from 'ws';

const { SubscriptionClient } = transport;
const [url, authorization] = process.argv.slice(2);
const print = (what) => console.log(JSON.stringify(what));

const connect = (connectionParams, connectionCallback) =>
  new SubscriptionClient(url, { connectionParams, connectionCallback, reconnect: false }, WebSocket);

const run = (client, name, query, variables) =>
  new Promise((resolve) => {
    const results = [];
    client.request({ query, variables }).subscribe({
      next: (result) => results.push(result.data ?? result.errors.map((e) => e.message)),
      error: (error) => {
        print({ name, results, error: error.message });
        resolve();
      },
      complete: () => {
        print({ name, results });
        resolve();
      },
    });
  });

const client = connect({ authorization });
await run(client, 'query', '{me}');
await run(client, 'mutation', 'mutation ($n: Int!) {add(n: $n)}', { n: 2 });
await Promise.all([
  run(client, 'count', 'subscription {count(to: 3)}'),
  run(client, 'invalid', '{nope}'),
]);
await run(client, 'failing', 'subscription {takenOver}');
await new Promise((resolve) => {
  const endless = client
    .request({ query: 'subscription {endless(size: 1)}' })
    .subscribe({
      next: (result) => {
        endless.unsubscribe();
        print({ name: 'first', result: result.data });
        resolve();
      },
    });
});
await run(client, 'after', '{me}');
client.close();
await new Promise((resolve) =>
  connect({ authorization: 'Basic bm9ib2R5Om5vYm9keQ==' }, (error) => {
    print({ name: 'refused', error: error.message });
    resolve();
  }),
);
process.exit(0);
