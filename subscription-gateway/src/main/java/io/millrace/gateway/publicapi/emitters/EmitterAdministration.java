package io.millrace.gateway.publicapi.emitters;

import io.millrace.filter.audience.RulesInForce;
import io.millrace.gateway.catalogue.Catalogue;
import io.millrace.gateway.control.DefinitionStore;
import io.millrace.gateway.publicapi.BlockingWork;
import io.millrace.gateway.publicapi.Route;
import io.millrace.model.kafka.MillraceTopics;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** Everything below {@code /publicapi/emitters} that is about definitions and their state. */
public final class EmitterAdministration implements AutoCloseable {

  private static final int THREADS = 4;
  private static final int WAITING = 1_000;

  private final BlockingWork work = new BlockingWork("millrace-definitions-rest", THREADS, WAITING);
  private final Statuses statuses;
  private final TestEvents testEvents;
  private final DefinitionCheck check;
  private final List<Route> routes = new ArrayList<>();

  /**
   * Begins to follow the statuses of emitters, whose topic must exist.
   *
   * @param clients settings that every Kafka client gets
   * @param catalogue tells the fields of messages
   * @param rules what owners may see
   * @param checks asked before a definition is accepted
   */
  public EmitterAdministration(
      EmitterAdminConfig config,
      Map<String, ?> clients,
      MillraceTopics topics,
      DefinitionStore store,
      Supplier<Catalogue> catalogue,
      RulesInForce rules,
      List<RegistrationCheck> checks) {
    Supplier<String> ids = () -> UUID.randomUUID().toString();
    Clock clock = Clock.systemUTC();
    Emitters emitters = new Emitters(store, work);
    statuses = Statuses.follow(clients, topics);
    testEvents = new TestEvents(emitters, work, clients, topics, clock, ids);
    check =
        new DefinitionCheck(
            config.types(), rules, new RegistrationChecks(checks, config.checkTimeout()));
    DefinitionNode nodes = new DefinitionNode(statuses);
    Quota quota = new Quota(emitters, config.mostPerUser());
    TypeList types = new TypeList(config.types());
    routes.add(new Route("GET", "/emitters", types::answer));
    routes.addAll(
        new Definitions(emitters, check, quota, nodes, new FilterWarnings(catalogue), ids)
            .routes());
    routes.addAll(new Activations(emitters, statuses, nodes, clock).routes());
    routes.addAll(testEvents.routes());
  }

  public List<Route> routes() {
    return List.copyOf(routes);
  }

  /** Reads definitions as they are read when they are registered. */
  public DefinitionCheck check() {
    return check;
  }

  @Override
  public void close() {
    work.close();
    testEvents.close();
    statuses.close();
  }
}
