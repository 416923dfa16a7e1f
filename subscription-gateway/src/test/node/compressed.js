// Sends messages that compress well, checks what comes back, and then one that unpacks to too much.
import WebSocket from 'ws';

const socket = new WebSocket(process.argv[2], { perMessageDeflate: { threshold: 0 } });
const sent = [];
let back = 0;
let size = 0;

socket.on('open', () => {
  console.log(Object.keys(socket._receiver._extensions).join());
  for (let i = 0; i < 200; i++) {
    sent.push(`${i} ${'müll '.repeat(10 * i)}`);
    size += Buffer.byteLength(sent[i]);
    socket.send(sent[i]);
  }
});
socket.on('message', (text) => {
  if (text.toString() !== sent[back++]) {
    console.log(`message ${back} is different`);
  }
  if (back === sent.length) {
    const part = socket._socket.bytesRead < size / 10 ? 'less' : 'more';
    console.log(`${back} messages came back as they went, in ${part} than a tenth of their size`);
    socket.send('x'.repeat(10_000_000));
  }
});
socket.on('close', (code, reason) => console.log(`closed ${code} ${reason}`));
socket.on('error', (error) => console.log(`failed: ${error.message}`));
