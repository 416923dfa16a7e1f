package io.millrace.model.subscription;

import io.millrace.model.event.ResourceName;
import java.util.List;
import java.util.Optional;

/** Key of a record in the topic of subscriptions: it says what the record tells. */
public sealed interface SubscriptionKey {

  /** The key's text in Kafka. */
  String text();

  /** Of a {@link SubscriptionRecord}. */
  record Definition(String id) implements SubscriptionKey {
    @Override
    public String text() {
      return id;
    }
  }

  /** Of a {@link SubscriptionRecord} that counts only if nothing before it in the log does. */
  record Creation(String id, String generation) implements SubscriptionKey {
    @Override
    public String text() {
      return id + "#create#" + generation;
    }
  }

  /** Of a {@link SubscriptionClaim}. */
  record Claim(String id) implements SubscriptionKey {
    @Override
    public String text() {
      return id + "#claim";
    }
  }

  /** Of the {@link SubscriptionLease} that one node says. */
  record Lease(String id, String node) implements SubscriptionKey {
    @Override
    public String text() {
      return id + "#lease#" + node;
    }
  }

  /** Of the {@link SubscriptionProgress} that one node knows. */
  record Progress(String id, String node) implements SubscriptionKey {
    @Override
    public String text() {
      return id + "#progress#" + node;
    }
  }

  /** Of a sign of life of a node; its value is empty JSON. */
  record Node(String node) implements SubscriptionKey {
    @Override
    public String text() {
      return "#node#" + node;
    }
  }

  /** Reads a key; empty for one that this release does not know. */
  static Optional<SubscriptionKey> parse(String text) {
    List<String> parts = List.of(text.split("#", -1));
    if (parts.size() == 3 && parts.get(0).isEmpty() && parts.get(1).equals("node")) {
      return Optional.of(new Node(parts.get(2)));
    }
    if (!ResourceName.isValid(parts.get(0))) {
      return Optional.empty();
    }
    if (parts.size() == 1) {
      return Optional.of(new Definition(parts.get(0)));
    }
    if (parts.size() == 2 && parts.get(1).equals("claim")) {
      return Optional.of(new Claim(parts.get(0)));
    }
    if (parts.size() == 3 && parts.get(1).equals("create")) {
      return Optional.of(new Creation(parts.get(0), parts.get(2)));
    }
    if (parts.size() == 3 && parts.get(1).equals("lease")) {
      return Optional.of(new Lease(parts.get(0), parts.get(2)));
    }
    if (parts.size() == 3 && parts.get(1).equals("progress")) {
      return Optional.of(new Progress(parts.get(0), parts.get(2)));
    }
    return Optional.empty();
  }
}
