package io.millrace.gateway.mmm;

import graphql.schema.DataFetchingEnvironment;
import io.millrace.gateway.subscription.Pace;
import io.millrace.model.mmm.EntityStatus;
import io.millrace.model.mmm.MmmFilter;
import io.millrace.model.subscription.SubscriptionDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the arguments of {@code _externalEvents} ask for; null is as good as absent. All that is
 * wrong with them is told at once.
 */
record Wanted(String id, SubscriptionDefinition definition, OptionalLong lastEventId, Pace pace) {

  /** Of the subscriptions that are served here. */
  static final String DIALECT = "mmm";

  static Wanted of(DataFetchingEnvironment field, MmmConfig config, String user) {
    return new Reader(field, config).read(user);
  }

  private static final class Reader {

    private final DataFetchingEnvironment field;
    private final MmmConfig config;
    private final List<String> wrong = new ArrayList<>();

    Reader(DataFetchingEnvironment field, MmmConfig config) {
      this.field = field;
      this.config = config;
    }

    Wanted read(String user) {
      String id = text("subscriptionId");
      String entityId = part("entityId");
      String entityType = entityType();
      String parentId = part("parentId");
      EntityStatus status = status();
      boolean others = Boolean.TRUE.equals(field.getArgument("excludeOwnModifications"));
      OptionalLong lastEventId = lastEventId();
      int chunk = number("chunkSize", config.chunkSize(), config.chunkSize().standard());
      int delay =
          number("chunkMaxDelay", config.chunkMaxDelay(), config.chunkMaxDelay().standard());
      int window =
          number("ackLimit", config.ackLimit(), Math.max(config.ackLimit().standard(), chunk));
      if (!wrong.isEmpty()) {
        throw Refusals.badInput(String.join(" ", wrong));
      }
      var filter = new MmmFilter(entityId, entityType, parentId, status, others ? user : null);
      return new Wanted(
          String.valueOf(id),
          new SubscriptionDefinition(
              config.stream(), filter.toEventFilter(), user, DIALECT, Map.of()),
          lastEventId,
          new Pace(chunk, Duration.ofMillis(delay), window));
    }

    private @Nullable String entityType() {
      String type = part("entityType");
      String same = part("entity_type");
      if (type != null && same != null && !type.equals(same)) {
        wrong.add("entityType and entity_type are two names of one argument and must not differ.");
      }
      return type == null ? same : type;
    }

    private @Nullable EntityStatus status() {
      String name = text("eventType");
      EntityStatus status = name == null ? null : EntityStatus.of(name);
      if (name != null && status == null) {
        wrong.add("eventType must be CREATED, UPDATED or DELETED.");
      }
      return status;
    }

    private OptionalLong lastEventId() {
      Long last = field.getArgument("lastEventId");
      if (last != null && last < 0) {
        wrong.add("lastEventId must not be negative.");
      }
      return last == null ? OptionalLong.empty() : OptionalLong.of(last);
    }

    private int number(String name, Limit limit, int absent) {
      Integer given = field.getArgument(name);
      if (given == null) {
        return absent;
      }
      if (given < limit.lowest()) {
        wrong.add(name + " must be at least " + limit.lowest() + ".");
      }
      return Math.min(given, limit.highest());
    }

    private @Nullable String part(String name) {
      String given = text(name);
      if (given != null && (given.isEmpty() || given.length() > MmmFilter.MAX_LENGTH)) {
        wrong.add(name + " must have 1 to " + MmmFilter.MAX_LENGTH + " characters.");
        return null;
      }
      return given;
    }

    private @Nullable String text(String name) {
      return field.getArgument(name);
    }
  }
}
