"""Stands in for the client library of the same name, of which it has what MMM's sample client uses.

The library cannot be had on every machine that runs these tests. This is written from its
documentation and from how it speaks: both subprotocols offered, the legacy one first; ids of digits;
results with errors raised.
"""

from gql.transport.exceptions import TransportQueryError


def gql(text):
    """The library parses the text; here it stays one."""
    return text


class Client:
    def __init__(self, transport, fetch_schema_from_transport=False):
        self.transport = transport

    async def execute_async(self, document, variable_values=None):
        async with self.transport as transport:
            return data(await transport.execute(document, variable_values))

    async def subscribe_async(self, document, variable_values=None):
        async with self.transport as transport:
            async for result in transport.subscribe(document, variable_values):
                yield data(result)


def data(result):
    errors = result.get("errors")
    if errors:
        raise TransportQueryError(str(errors[0]), errors=errors, data=result.get("data"))
    return result["data"]
