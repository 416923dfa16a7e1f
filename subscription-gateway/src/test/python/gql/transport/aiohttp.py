"""GraphQL by HTTP POST."""

import aiohttp

from gql.transport.exceptions import TransportProtocolError


class AIOHTTPTransport:
    def __init__(self, url, auth=None):
        self.url = url
        self.auth = auth
        self.session = None

    async def __aenter__(self):
        self.session = aiohttp.ClientSession(auth=self.auth)
        return self

    async def __aexit__(self, *unused):
        await self.session.close()

    async def execute(self, document, variables):
        payload = {"query": document}
        if variables:
            payload["variables"] = variables
        async with self.session.post(self.url, json=payload) as response:
            result = await response.json()
            if "data" not in result and "errors" not in result:
                raise TransportProtocolError(f"no result: {result}")
            return result
