package io.millrace.gateway.control;

import io.millrace.gateway.control.connect.ConnectClient;
import io.millrace.gateway.control.connect.ConnectException;
import io.millrace.gateway.control.connect.ConnectException.Kind;
import io.millrace.gateway.control.connect.ConnectorStatus;
import io.millrace.model.emitter.EmitterType;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the connectors in Connect those that are wanted: one for each emitter type in use. Only
 * connectors that a control loop made are changed or deleted. A connector that somebody paused or
 * stopped stays so. For use by one thread, but for the state, which any thread may ask.
 */
final class Connectors {

  private static final Logger LOG = LoggerFactory.getLogger(Connectors.class);
  private static final long SOON = Duration.ofSeconds(1).toNanos();
  private static final String ABSENT = "absent";

  private final ConnectClient client;
  private final ConnectorSettings settings;
  private final Runnable onRestart;
  private final Backoff unreachable;
  private final Map<EmitterType, Waits> waits = new EnumMap<>(EmitterType.class);
  private final Map<String, String> states = new ConcurrentHashMap<>();
  private volatile String reachable = "not asked yet";
  private boolean unsteady;

  /**
   * Contacts nobody yet.
   *
   * @param onRestart called for each restart of a failed connector
   */
  Connectors(
      ConnectClient client, ConnectorSettings settings, LongSupplier nanos, Runnable onRestart) {
    this.client = client;
    this.settings = settings;
    this.onRestart = onRestart;
    this.unreachable = new Backoff(nanos, Duration.ofMillis(500), Duration.ofSeconds(10));
    for (EmitterType type : EmitterType.values()) {
      waits.put(type, new Waits(nanos));
    }
  }

  /** How long each kind of attempt at one connector has to wait for the next. */
  private static final class Waits {

    private final Backoff rebalance;
    private final Backoff refusal;
    // Gateways that are configured differently would else write against each other without end.
    private final Backoff rewrite;
    private final Backoff restart;

    Waits(LongSupplier nanos) {
      rebalance = new Backoff(nanos, Duration.ofMillis(200), Duration.ofSeconds(2));
      refusal = new Backoff(nanos, Duration.ofSeconds(1), Duration.ofSeconds(60));
      rewrite = new Backoff(nanos, Duration.ofMillis(500), Duration.ofSeconds(60));
      restart = new Backoff(nanos, Duration.ofSeconds(1), Duration.ofMinutes(5));
    }

    long remaining() {
      return Math.max(rebalance.remaining(), refusal.remaining());
    }
  }

  void reconcile(Set<EmitterType> wanted) throws InterruptedException {
    unsteady = false;
    for (Map.Entry<EmitterType, Waits> each : waits.entrySet()) {
      if (!unreachable.isReady()) {
        return; // One answer is missing: the others would be too, each after its time-out.
      }
      if (each.getValue().remaining() == 0) {
        attempt(each.getKey(), wanted.contains(each.getKey()), each.getValue());
      }
    }
  }

  /** Nanoseconds until there is something to do again; very many when all is as it should be. */
  long remaining() {
    if (!unreachable.isReady()) {
      return unreachable.remaining();
    }
    return waits.values().stream()
        .mapToLong(Waits::remaining)
        .filter(left -> left > 0)
        .min()
        .orElse(unsteady ? SOON : Long.MAX_VALUE);
  }

  /** A word or a sentence on Connect, and on each connector that is there or should be. */
  Map<String, String> states() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("connect", reachable);
    for (EmitterType type : EmitterType.values()) {
      String state = states.getOrDefault(settings.name(type), ABSENT);
      if (!state.equals(ABSENT)) {
        all.put("connector " + settings.name(type), state);
      }
    }
    return all;
  }

  private void attempt(EmitterType type, boolean wanted, Waits waits) throws InterruptedException {
    String name = settings.name(type);
    try {
      tell(name, compare(type, name, wanted, waits));
      waits.rebalance.reset();
      waits.refusal.reset();
      reached();
    } catch (ConnectException e) {
      if (e.kind() == Kind.UNREACHABLE) {
        unreached(e);
        return;
      }
      (e.kind() == Kind.REBALANCING ? waits.rebalance : waits.refusal).attempt();
      reached();
      tell(name, String.valueOf(e.getMessage()));
    }
  }

  private String compare(EmitterType type, String name, boolean wanted, Waits waits)
      throws ConnectException, InterruptedException {
    Optional<Map<String, String>> actual = client.config(name);
    if (actual.isPresent() && !settings.isOwn(actual.get())) {
      return wanted ? "a connector of that name was made by somebody else; rename it" : ABSENT;
    }
    if (!wanted) {
      if (actual.isPresent()) {
        client.delete(name);
        LOG.info("Connector {} is deleted, no emitter needs it", name);
      }
      return ABSENT;
    }
    Map<String, String> desired = settings.of(type);
    if (actual.isEmpty()) {
      client.put(name, desired);
      LOG.info("Connector {} is created", name);
      unsteady = true;
      return "created";
    }
    if (!desired.equals(actual.get()) && waits.rewrite.isReady()) {
      waits.rewrite.attempt();
      client.put(name, desired);
      LOG.info("Connector {} is configured anew", name);
      unsteady = true;
      return "configured anew";
    }
    return watch(name, waits.restart);
  }

  private String watch(String name, Backoff restart) throws ConnectException, InterruptedException {
    Optional<ConnectorStatus> status = client.status(name);
    if (status.isPresent() && status.get().failed() && restart.isReady()) {
      restart.attempt();
      client.restartFailed(name);
      onRestart.run();
      LOG.warn("Connector {} has failed ({}) and is started again", name, status.get());
    }
    unsteady |= status.isEmpty() || !status.get().running();
    return status.map(ConnectorStatus::toString).orElse("starting");
  }

  private void tell(String name, String state) {
    String before = states.put(name, state);
    if (!state.equals(before) && !(before == null && state.equals(ABSENT))) {
      LOG.info("Connector {}: {}", name, state);
    }
  }

  private void reached() {
    if (!reachable.equals("reachable")) {
      LOG.info("Connect is reachable");
    }
    reachable = "reachable";
    unreachable.reset();
  }

  private void unreached(ConnectException e) {
    String reason = String.valueOf(e.getMessage());
    if (!reason.equals(reachable)) {
      LOG.warn("Connect cannot be reached and is tried again: {}", reason);
    }
    reachable = reason;
    unreachable.attempt();
  }
}
