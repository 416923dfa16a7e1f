"""GraphQL by WebSocket, in whichever of the two subprotocols the server echoes."""

import asyncio
import json

import websockets

from gql.transport.exceptions import (
    TransportProtocolError,
    TransportQueryError,
    TransportServerError,
)

LEGACY = "graphql-ws"
TRANSPORT = "graphql-transport-ws"


class WebsocketsTransport:
    def __init__(self, url, init_payload=None, close_timeout=10, ack_timeout=10):
        self.url = url
        self.init_payload = init_payload or {}
        self.close_timeout = close_timeout
        self.ack_timeout = ack_timeout
        self.next_id = 1
        self.socket = None

    async def __aenter__(self):
        self.socket = await websockets.connect(
            self.url, subprotocols=[LEGACY, TRANSPORT], close_timeout=self.close_timeout
        )
        self.legacy = self.socket.subprotocol in (None, LEGACY)
        await self.send(type="connection_init", payload=self.init_payload)
        await asyncio.wait_for(self.acknowledged(), self.ack_timeout)
        return self

    async def __aexit__(self, *unused):
        if self.legacy and self.socket.open:
            await self.send(type="connection_terminate")
        await self.socket.close()

    async def acknowledged(self):
        while True:
            message = await self.receive()
            if message["type"] == "connection_ack":
                return
            if message["type"] != "ka":
                raise TransportServerError(f"refused: {message}")

    async def execute(self, document, variables):
        async for result in self.subscribe(document, variables):
            return result

    async def subscribe(self, document, variables):
        operation = str(self.next_id)
        self.next_id += 1
        payload = {"query": document}
        if variables:
            payload["variables"] = variables
        await self.send(id=operation, type="start" if self.legacy else "subscribe", payload=payload)
        over = False
        try:
            while True:
                message = await self.receive()
                kind = message["type"]
                if kind == "ping":
                    await self.send(type="pong")
                elif kind in ("ka", "pong"):
                    continue
                elif message["id"] != operation:
                    raise TransportProtocolError(f"not asked for: {message}")
                elif kind == "complete":
                    over = True
                    return
                elif kind == "error":
                    over = True
                    told = message["payload"]
                    errors = told if isinstance(told, list) else [told]
                    raise TransportQueryError(str(errors[0]), errors=errors)
                elif kind == ("data" if self.legacy else "next"):
                    yield message["payload"]
                else:
                    raise TransportProtocolError(f"not of this protocol: {message}")
        finally:
            if not over and self.socket.open:
                await self.send(id=operation, type="stop" if self.legacy else "complete")

    async def send(self, **message):
        await self.socket.send(json.dumps(message))

    async def receive(self):
        return json.loads(await self.socket.recv())
