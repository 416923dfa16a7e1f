// Opens a WebSocket over TLS, trusting one authority only, and prints what it is sent.
import { readFileSync } from 'node:fs';
import WebSocket from 'ws';

const [url, authority] = process.argv.slice(2);
const socket = new WebSocket(url, { ca: readFileSync(authority) });
socket.on('open', () => socket.send('grüße'));
socket.on('message', (text) => {
  console.log(text.toString());
  socket.close(1000);
});
socket.on('close', (code) => console.log(`closed ${code}`));
socket.on('error', (error) => console.log(`failed: ${error.message}`));
