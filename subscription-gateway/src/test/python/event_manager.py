"""The vendor's procedure, "Listening for the events", step by step, by Python's requests.

Arguments: base URL of the gateway, token, tenant. Fails where an answer is not the documented one.
"""
import sys
import uuid

import requests

root, token, tenant_id = sys.argv[1:]


def expect(what, actual, expected):
    if actual != expected:
        sys.exit(f"{what}: expected {expected!r}, was {actual!r}")


# 1. Authenticate.
base_url = f"{root}/api/event_manager/v1"
auth = {"Authorization": f"Bearer {token}"}

# 2. Subscribe.
topic_id = "cti.a.p.em.topic.v1.0~a.p.tenant.v1.0"
subscription_id = str(uuid.uuid4())
event_type = "cti.a.p.em.event.v1.0~a.p.tenant.disabled.v1.0"
response = requests.post(
    f"{base_url}/subscriptions",
    headers=auth,
    json={
        "subscription_id": subscription_id,
        "topic_id": topic_id,
        "types": ["cti.a.p.em.event.v1.0~a.p.tenant.*"],
        "tenant_id": tenant_id,
        "tenant_depth": "ALL",
    },
)
expect("subscribing", response.status_code, 201)
expect("the subscription", response.json()["subscription_id"], subscription_id)

# 3. Generate a UUID for the consumer.
consumer_id = str(uuid.uuid4())

# 4.1 The offset of a position in history.
params = {"topic_id": topic_id, "position": "EARLIEST"}
response = requests.get(f"{base_url}/topics/{topic_id}/offsets", headers=auth, params=params)
expect("the earliest offset", response.status_code, 200)
expect("the earliest offset", response.json(), {"offset": 0, "topic_id": topic_id})
response = requests.get(f"{base_url}/topics/offsets", headers=auth, params=params)
expect("the earliest offset by the other path", response.json()["offset"], 0)

# 4.2 The stored offset of the subscription.
params = {"subscription_id": subscription_id}
response = requests.get(f"{base_url}/subscriptions/offset", headers=auth, params=params)
expect("the stored offset", response.status_code, 200)
expect("the stored offset", response.json(), {"offset": 0, "subscription_id": subscription_id})
offset = response.json()["offset"]

# 5. to 8. Listen: there is nothing yet.
params = {
    "subscription_id": subscription_id,
    "consumer_id": consumer_id,
    "offset": offset,
    "timeout": "PT1S",
}
response = requests.get(f"{base_url}/events", headers=auth, params=params)
expect("listening without events", response.status_code, 202)
expect("Retry-After", int(response.headers["Retry-After"]) >= 0, True)

# Somebody publishes, under a path of Millrace's own.
event = {
    "id": "9251fdc0-eb78-49b6-acaa-ed258074e4f5",
    "type": event_type,
    "time": "2024-10-01T11:01:16.03094914Z",
    "source": "account-server",
    "subject": "692ff7d2-8505-44ed-82b0-e82ee8d42ef2",
}
response = requests.post(
    f"{root}/publicapi/acronis/topics/{topic_id}/events", headers=auth, json=event
)
expect("publishing", response.status_code, 201)

# 6. Listen again: the connection is held until the event is there.
params["timeout"] = "PT30S"
response = requests.get(f"{base_url}/events", headers=auth, params=params)
expect("listening", response.status_code, 200)
answer = response.json()
expect("the events", len(answer["events"]), 1)
received = answer["events"][0]
expect("the offset is the place of the last event", answer["offset"], received["sequence"])
expect("the place before it", received["previous"], received["sequence"] - 1)
expect("its tenant", received["tenant_id"], tenant_id)
for name, value in event.items():
    if name != "time":
        expect(name, received[name], value)
expect("the same request again", requests.get(f"{base_url}/events", headers=auth, params=params).json(), answer)

# 9.2 Commit the offset.
stored = {"subscription_id": subscription_id, "offset": answer["offset"]}
response = requests.post(f"{base_url}/subscriptions/offset", headers=auth, json=stored)
expect("committing", response.status_code, 200)
response = requests.get(
    f"{base_url}/subscriptions/offset", headers=auth, params={"subscription_id": subscription_id}
)
expect("the stored offset after that", response.json(), stored)

# Another instance is refused meanwhile.
params["consumer_id"] = str(uuid.uuid4())
response = requests.get(f"{base_url}/events", headers=auth, params=params)
expect("another consumer", response.status_code, 429)
expect("when it may ask again", int(response.headers["Retry-After"]) > 0, True)

# What is wrong is told in the documented shape.
response = requests.get(f"{base_url}/events", headers={})
expect("without a token", response.status_code, 401)
expect("the error", response.json()["error"]["domain"], "EventManager")
print("done")
