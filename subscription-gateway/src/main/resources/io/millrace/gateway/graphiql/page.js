'use strict';

// Credentials are kept in this page's memory only, and sent by this page only: those that a browser
// keeps it also sends with what other sites make it do.

const form = document.getElementById('sign-in');
const refusal = document.getElementById('refusal');

function authorization() {
  const user = document.getElementById('user').value;
  const password = document.getElementById('password').value;
  if (!user) {
    return `Bearer ${password}`;
  }
  const bytes = new TextEncoder().encode(`${user}:${password}`);
  return `Basic ${btoa(String.fromCharCode(...bytes))}`;
}

// Leaves out what the browser would add, so that it does not ask for a password by itself.
const send = (url, init) => fetch(url, { ...init, credentials: 'omit' });

async function refused(header) {
  const response = await send('/graphql?query=%7B__typename%7D', {
    headers: { authorization: header, accept: 'application/graphql-response+json' },
  });
  if (response.ok) {
    return '';
  }
  const text = await response.text();
  try {
    return JSON.parse(text).errors[0].message;
  } catch {
    return `The gateway answers ${response.status} ${text}`;
  }
}

function open(header) {
  const socket = new URL('/subscriptions', location.href);
  socket.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  const fetcher = GraphiQL.createFetcher({
    url: '/graphql',
    subscriptionUrl: socket.href,
    wsConnectionParams: { authorization: header },
    headers: { authorization: header },
    fetch: send,
  });
  form.hidden = true;
  const root = document.getElementById('graphiql');
  root.hidden = false;
  ReactDOM.createRoot(root).render(
    React.createElement(GraphiQL, { fetcher, shouldPersistHeaders: false }),
  );
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  refusal.textContent = '';
  const header = authorization();
  try {
    refusal.textContent = await refused(header);
  } catch (failure) {
    refusal.textContent = String(failure);
  }
  if (!refusal.textContent) {
    open(header);
  }
});
