// Speaks graphql-transport-ws to the server at the URL given, with the credentials given, and prints
// what it hears, one JSON object a line.
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

const [url, authorization] = process.argv.slice(2);
const print = (what) => console.log(JSON.stringify(what));

const connect = (connectionParams) =>
  createClient({ url, connectionParams, webSocketImpl: WebSocket, retryAttempts: 0 });

const run = (client, name, query, variables) =>
  new Promise((resolve) => {
    const results = [];
    client.subscribe(
      { query, variables },
      {
        next: (result) => results.push(result.data ?? result.errors),
        error: (error) => {
          const told = Array.isArray(error) ? error.map((e) => e.message) : error.code;
          print({ name, results, error: told });
          resolve();
        },
        complete: () => {
          print({ name, results });
          resolve();
        },
      },
    );
  });

const client = connect({ authorization });
await run(client, 'query', '{me}');
await run(client, 'mutation', 'mutation ($n: Int!) {add(n: $n)}', { n: 2 });
await Promise.all([
  run(client, 'count', 'subscription {count(to: 3)}'),
  run(client, 'invalid', '{nope}'),
]);
await run(client, 'failing', 'subscription {takenOver}');
for await (const result of client.iterate({ query: 'subscription {endless(size: 1)}' })) {
  print({ name: 'first', result: result.data });
  break;
}
await run(client, 'after', '{me}');
await client.dispose();
await run(connect({ authorization: 'Basic bm9ib2R5Om5vYm9keQ==' }), 'refused', '{me}');
