package io.millrace.gateway.subscription;

import io.millrace.filter.InvalidFilterException;
import io.millrace.model.subscription.SubscriptionClaim;
import io.millrace.model.subscription.SubscriptionDefinition;
import io.millrace.model.subscription.SubscriptionJson;
import io.millrace.model.subscription.SubscriptionKey;
import io.millrace.model.subscription.SubscriptionLease;
import io.millrace.model.subscription.SubscriptionProgress;
import io.millrace.model.subscription.SubscriptionRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All subscriptions, as their topic tells them. Records are taken in by the follower's thread;
 * asking is safe for every thread.
 */
final class Registry {

  private static final Logger LOG = LoggerFactory.getLogger(Registry.class);

  private final Streams streams;
  private final Nodes nodes;
  private final LongSupplier nanoTime;
  private final Map<String, Subscription> subscriptions = new ConcurrentHashMap<>();
  private boolean complete;
  private Consumer<Subscription> changed = subscription -> {};

  Registry(Streams streams, Nodes nodes, LongSupplier nanoTime) {
    this.streams = streams;
    this.nodes = nodes;
    this.nanoTime = nanoTime;
  }

  /** Who is told of each subscription whose definition or lease has changed; set before it runs. */
  void onChange(Consumer<Subscription> told) {
    changed = told;
  }

  /** A subscription that is defined. */
  Optional<Subscription> find(String id) {
    return Optional.ofNullable(subscriptions.get(id)).filter(each -> each.record() != null);
  }

  Collection<Subscription> all() {
    return subscriptions.values();
  }

  /** The log was read to the end that it had at the start: from now on streams are followed. */
  void complete() {
    complete = true;
    subscriptions.values().forEach(this::settle);
  }

  void apply(ConsumerRecord<byte[], byte[]> record) {
    Optional<SubscriptionKey> key =
        record.key() == null
            ? Optional.empty()
            : SubscriptionKey.parse(new String(record.key(), StandardCharsets.UTF_8));
    try {
      if (key.isPresent()) {
        apply(key.get(), record.value(), record.timestamp(), record.offset());
      }
    } catch (IOException e) {
      LOG.warn("The record at {} cannot be understood: {}", record.offset(), e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("The record at {} could not be taken in", record.offset(), e);
    }
  }

  private void apply(SubscriptionKey key, byte @Nullable [] value, long time, long offset)
      throws IOException {
    if (key instanceof SubscriptionKey.Definition definition) {
      SubscriptionRecord record = value == null ? null : SubscriptionJson.record(value);
      Subscription subscription = subscription(definition.id(), value == null ? 0 : time);
      defined(subscription, subscription.defined(record));
    } else if (key instanceof SubscriptionKey.Creation of) {
      SubscriptionRecord record = value == null ? null : SubscriptionJson.record(value);
      Subscription subscription = subscription(of.id(), value == null ? 0 : time);
      defined(subscription, subscription.created(of.generation(), record));
    } else if (key instanceof SubscriptionKey.Claim of) {
      SubscriptionClaim claim = value == null ? null : SubscriptionJson.claim(value);
      Subscription subscription = subscription(of.id(), value == null ? 0 : time);
      end(subscription.claimed(claim), SessionEnd.TAKEN_OVER);
      if (claim != null) {
        nodes.heard(claim.node());
      }
      forget(subscription);
    } else if (key instanceof SubscriptionKey.Lease of) {
      SubscriptionLease lease = value == null ? null : SubscriptionJson.lease(value);
      Subscription subscription = subscription(of.id(), value == null ? 0 : time);
      subscription.said(of.node(), lease, offset, nanoTime.getAsLong());
      changed.accept(subscription);
      forget(subscription);
    } else if (key instanceof SubscriptionKey.Progress of) {
      SubscriptionProgress progress = value == null ? null : SubscriptionJson.progress(value);
      Subscription subscription = subscription(of.id(), value == null ? 0 : time);
      Delivery session = subscription.progressed(of.node(), progress);
      if (session != null) {
        session.acknowledged(subscription.acknowledged());
      }
      if (progress != null) {
        nodes.heard(of.node());
      }
      forget(subscription);
    } else if (key instanceof SubscriptionKey.Node of) {
      if (value == null) {
        nodes.gone(of.node());
      } else {
        nodes.heard(of.node());
      }
    }
  }

  private void defined(Subscription subscription, @Nullable Delivery ends) {
    end(ends, subscription.record() == null ? SessionEnd.UNSUBSCRIBED : SessionEnd.MOVED);
    if (complete) {
      settle(subscription);
    }
    changed.accept(subscription);
    forget(subscription);
  }

  private Subscription subscription(String id, long time) {
    Subscription subscription = subscriptions.computeIfAbsent(id, Subscription::new);
    subscription.active(time);
    return subscription;
  }

  /** Sees to it that a subscription is counted where it is, and no longer where it was. */
  private void settle(Subscription subscription) {
    SubscriptionRecord record = subscription.record();
    Subscription.Place before = subscription.place();
    if (record != null && before != null && isAt(before, record.definition())) {
      streams.recount(before.stream());
      return;
    }
    subscription.place(record == null ? null : place(subscription, record.definition()));
    if (before != null) {
      before.stream().head.remove(subscription, before.interest());
    }
  }

  private Subscription.@Nullable Place place(
      Subscription subscription, SubscriptionDefinition definition) {
    Stream stream = streams.of(definition.stream());
    try {
      Interest interest = stream.head.add(subscription, definition.filter());
      streams.recount(stream);
      return new Subscription.Place(stream, interest);
    } catch (InvalidFilterException e) {
      LOG.warn("Subscription {} cannot be served: {}", subscription.id, e.getMessage());
      return null;
    }
  }

  private void forget(Subscription subscription) {
    if (subscription.isNothing()) {
      subscriptions.remove(subscription.id, subscription);
    }
  }

  private static boolean isAt(Subscription.Place place, SubscriptionDefinition definition) {
    return place.stream().name.equals(definition.stream())
        && place.interest().filter.equals(definition.filter());
  }

  private static void end(@Nullable Delivery session, SessionEnd why) {
    if (session != null) {
      session.end(why);
    }
  }
}
