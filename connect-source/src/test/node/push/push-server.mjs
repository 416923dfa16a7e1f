// What the test servers of Foundry and DES share: a WebSocket server on loopback that can be cut off, muted,
// slowed and taken down, and a second port by which a test drives it: POST /<command> with a JSON object, answered
// by a JSON object. Both ports are printed in one line of JSON as soon as they listen.
import http from 'node:http';
import { WebSocketServer } from 'ws';

const read = async (request) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
};

export class PushServer {
  constructor({ path, authorised, opened, commands, port }) {
    this.path = path;
    this.authorised = authorised;
    this.opened = opened;
    this.commands = { ...this.faults(), ...commands };
    this.port = port ?? 0;
    this.tokens = new Set(['first']);
    this.tokensGiven = 0;
    this.seen = { connections: 0, refused: 0, handshakes: [] };
    this.slow = 0;
    this.muted = false;
    this.clients = new Set();
  }

  async start() {
    await this.up();
    this.control = http.createServer((request, response) => this.command(request, response));
    await new Promise((resolve) => this.control.listen(0, '127.0.0.1', resolve));
    console.log(JSON.stringify({ port: this.port, control: this.control.address().port }));
  }

  // Several commands may be under way at once; each is as short as it can be.
  async command(request, response) {
    const name = request.url.split('?')[0].slice(1);
    const body = await read(request);
    if (name === 'token') return this.token(body, response);
    const command = this.commands[name];
    if (!command) {
      response.writeHead(404).end();
      return;
    }
    const answer = await command(body ? JSON.parse(body) : {});
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(answer ?? {}));
  }

  // OAuth 2.0's client credentials, for the client 'app' with the secret 'app-secret' only.
  token(body, response) {
    response.setHeader('Content-Type', 'application/json');
    const basic = response.req.headers.authorization ?? '';
    const form = new URLSearchParams(body);
    const [id, secret] = basic.startsWith('Basic ')
      ? Buffer.from(basic.slice(6), 'base64').toString('utf8').split(':')
      : [form.get('client_id'), form.get('client_secret')];
    if (id !== 'app' || secret !== 'app-secret') {
      response.writeHead(401).end(JSON.stringify({ error: 'invalid_client' }));
      return;
    }
    const token = `given-${++this.tokensGiven}`;
    this.tokens.add(token);
    response.end(JSON.stringify({ access_token: token, token_type: 'Bearer', expires_in: 3600 }));
  }

  up() {
    this.sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
    this.server = http.createServer((request, response) => response.writeHead(404).end());
    this.server.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(this.port, '127.0.0.1', () => {
        this.port = this.server.address().port;
        resolve();
      });
    });
  }

  async down() {
    for (const client of this.clients) client.ws._socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  upgrade(request, socket, head) {
    socket.on('error', () => {});
    const url = new URL(request.url, 'http://localhost');
    this.seen.handshakes.push({ headers: request.headers, query: Object.fromEntries(url.searchParams) });
    const refuse = (status) => {
      this.seen.refused++;
      socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    };
    if (url.pathname !== this.path) return refuse('404 Not Found');
    if (this.status) return refuse(this.status);
    if (this.noAfter && url.searchParams.has('after')) return refuse('400 Bad Request');
    if (!this.authorised(request, url, this.tokens)) return refuse('401 Unauthorized');
    setTimeout(
      () =>
        this.sockets.handleUpgrade(request, socket, head, (ws) => {
          this.seen.connections++;
          const client = { ws, url, pongs: 0, pinged: 0 };
          this.clients.add(client);
          ws.on('pong', () => client.pongs++);
          ws.on('ping', () => client.pinged++);
          ws.on('close', () => this.clients.delete(client));
          ws.on('error', () => {});
          this.opened(client);
        }),
      this.slow,
    );
  }

  // A client that is not told anything, since the server is slow or does not answer at all.
  later(action) {
    if (!this.muted) setTimeout(action, this.slow);
  }

  faults() {
    return {
      // Ends every connection; with {mid: text} in the middle of a frame that holds the text.
      cut: ({ mid }) => {
        for (const { ws } of this.clients) {
          if (mid) {
            const text = Buffer.from(mid);
            const head = Buffer.from([0x81, 126, text.length >> 8, text.length & 255]);
            ws._socket.end(Buffer.concat([head, text.subarray(0, text.length / 2)]), () => ws._socket?.destroy());
          } else {
            ws._socket.destroy();
          }
        }
      },
      close: ({ code, reason }) => {
        for (const { ws } of this.clients) ws.close(code, reason);
      },
      raw: ({ text }) => {
        for (const { ws } of this.clients) ws.send(text);
      },
      // In fragments of so many characters.
      fragments: ({ text, size }) => {
        for (const { ws } of this.clients) {
          for (let i = 0; i < text.length; i += size) ws.send(text.slice(i, i + size), { fin: i + size >= text.length });
        }
      },
      down: () => this.down(),
      up: () => this.up(),
      slow: ({ ms }) => {
        this.slow = ms;
      },
      // Refuses handshakes with this status line; with none it takes them again.
      status: ({ status }) => {
        this.status = status;
      },
      // Takes no more handshakes that ask to go on from a place.
      refuseAfter: () => {
        this.noAfter = true;
      },
      // Neither reads nor says anything any more, though the connections stay; new ones are as before.
      mute: ({ on }) => {
        this.muted = on;
        for (const { ws } of this.clients) {
          if (on) ws._socket.pause();
          else ws._socket.resume();
        }
      },
      // No token given so far is good any more.
      expire: () => this.tokens.clear(),
      allow: ({ token }) => {
        this.tokens.add(token);
      },
      state: () => ({
        ...this.seen,
        tokensGiven: this.tokensGiven,
        clients: [...this.clients].map((client) => this.view(client)),
        ...this.more(),
      }),
    };
  }

  // What the protocol's server adds to its state.
  more() {
    return {};
  }

  view({ ws, pongs, pinged, topics }) {
    return { pongs, pinged, buffered: ws.bufferedAmount, topics: [...topics] };
  }
}

export const port = () => {
  const given = process.argv[2];
  return given ? Number(given) : 0;
};
