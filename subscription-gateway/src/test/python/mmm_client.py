"""A client of MMM by the steps of its document: status, subscribe, acknowledge, unsubscribe.

    mmm_client.py HOST:PORT SUBSCRIPTION USER PASSWORD ACK_LIMIT EVENTS

takes that many events, acknowledging by HTTP after every ACK_LIMIT of them, and then unsubscribes.
Numbers travel as strings, as in the document.
"""

import asyncio
import base64
import sys

from aiohttp import BasicAuth
from gql import Client, gql
from gql.transport.aiohttp import AIOHTTPTransport
from gql.transport.websockets import WebsocketsTransport

STATUS = gql(
    """query status($id: GID!) {
      _externalEventsSubscriptionStatus(subscriptionId: $id) {
        subscriptionId undeliveredEventCount status } }"""
)
SUBSCRIBE = gql(
    """subscription ($id: GID!, $ackLimit: Int!) {
      _externalEvents(subscriptionId: $id, ackLimit: $ackLimit, chunkSize: 10, chunkMaxDelay: 2000,
          excludeOwnModifications: false) {
        events { id timestamp entityId entityType entityStatus } } }"""
)
ACKNOWLEDGE = gql(
    """mutation ($id: GID!, $lastEventId: Long!) {
      _acknowledgeExternalEvents(subscriptionId: $id, lastEventId: $lastEventId) }"""
)
UNSUBSCRIBE = gql("mutation ($id: GID!) { _unsubscribeExternalEvents(subscriptionId: $id) }")


async def main(address, subscription, user, password, ack_limit, wanted):
    auth = BasicAuth(user, password)
    http = Client(
        transport=AIOHTTPTransport(url=f"http://{address}/graphql", auth=auth),
        fetch_schema_from_transport=False,
    )
    token = base64.b64encode(f"{user}:{password}".encode()).decode()
    socket = Client(
        transport=WebsocketsTransport(
            url=f"ws://{address}/subscriptions",
            init_payload={"authorization": f"Basic {token}"},
            close_timeout=600,
            ack_timeout=600,
        ),
        fetch_schema_from_transport=False,
    )
    this = {"id": subscription}
    say("status", await http.execute_async(STATUS, this))
    seen = unacknowledged = 0
    subscribed = socket.subscribe_async(SUBSCRIBE, {**this, "ackLimit": str(ack_limit)})
    async for result in subscribed:
        events = result["_externalEvents"]["events"]
        say("events", [event["id"] for event in events])
        seen += len(events)
        unacknowledged += len(events)
        if unacknowledged >= ack_limit or seen >= wanted:
            last = {**this, "lastEventId": str(events[-1]["id"])}
            say("acknowledged", await http.execute_async(ACKNOWLEDGE, last))
            unacknowledged = 0
        if seen >= wanted:
            break
    await subscribed.aclose()
    say("status", await http.execute_async(STATUS, this))
    say("unsubscribed", await http.execute_async(UNSUBSCRIBE, this))
    say("status", await http.execute_async(STATUS, this))


def say(what, value):
    print(what, value, flush=True)


asyncio.run(main(*sys.argv[1:5], int(sys.argv[5]), int(sys.argv[6])))
