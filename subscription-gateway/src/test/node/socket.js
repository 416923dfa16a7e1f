// Opens the WebSocket at the URL given, with the headers and the subprotocols given (JSON), and
// prints what happens, one JSON object a line. Each line of its input is sent, but for commands:
// !pause and !resume stop and go on with reading, !ping sends a ping, !binary a binary message,
// !close closes.
import { createInterface } from 'node:readline';
import WebSocket from 'ws';

const [url, headers, protocols] = process.argv.slice(2);
const print = (what, then) => process.stdout.write(JSON.stringify(what) + '\n', then);
const printLast = (what) => print(what, () => process.exit(0));
const socket = new WebSocket(url, JSON.parse(protocols ?? '[]'), {
  headers: JSON.parse(headers ?? '{}'),
});

socket.on('open', () => print({ open: socket.protocol }));
socket.on('message', (data) => print({ message: JSON.parse(data.toString()) }));
socket.on('pong', () => print({ pong: true }));
socket.on('unexpected-response', (request, response) => {
  let body = '';
  response.on('data', (data) => (body += data));
  response.on('end', () => printLast({ refused: response.statusCode, body: JSON.parse(body) }));
});
socket.on('error', (error) => print({ error: String(error) }));
socket.on('close', (code, reason) => printLast({ close: code, reason: reason.toString() }));

const commands = {
  '!pause': () => socket.pause(),
  '!resume': () => socket.resume(),
  '!ping': () => socket.ping(),
  '!binary': () => socket.send(Buffer.from([1, 2, 3])),
  '!close': () => socket.close(),
};
createInterface({ input: process.stdin }).on('line', (line) =>
  (commands[line] ?? (() => socket.send(line)))(),
);
