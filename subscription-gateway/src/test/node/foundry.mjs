// A client of Foundry's WebSocket. Sends each line that it reads, but for "!close" and "!terminate",
// and prints what happens, one line each: O it is open, M a message, P a ping, C code and reason of
// the end, R a refused handshake's status and body. Acknowledges pushes if it is told to.
import { createInterface } from 'node:readline';
import WebSocket from 'ws';

const [url, given] = process.argv.slice(2);
const { headers = {}, autoPong = true, ack = false } = JSON.parse(given ?? '{}');
const socket = new WebSocket(url, { headers, autoPong });
const print = (kind, text = '') => console.log(`${kind} ${text}`);

socket.on('open', () => print('O'));
socket.on('ping', () => print('P'));
socket.on('message', (message) => {
  print('M', message.toString());
  const { code, eventId } = JSON.parse(message);
  if (ack && code === 620010) {
    socket.send(JSON.stringify({ ack: { eventId } }));
  }
});
socket.on('unexpected-response', (request, response) => {
  let body = '';
  response.on('data', (part) => (body += part));
  response.on('end', () => {
    print('R', `${response.statusCode} ${body}`);
    process.exit();
  });
});
socket.on('error', (error) => print('E', error.message));
socket.on('close', (code, reason) => {
  print('C', `${code} ${reason}`);
  process.exit();
});

createInterface({ input: process.stdin }).on('line', (line) => {
  if (line === '!close') {
    socket.close();
  } else if (line === '!terminate') {
    socket.terminate();
  } else {
    socket.send(line);
  }
});
