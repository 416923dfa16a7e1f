package io.millrace.gateway;

import io.millrace.filter.audience.RulesInForce;
import io.millrace.gateway.catalogue.Catalogue;
import io.millrace.gateway.control.DefinitionStore;
import io.millrace.gateway.publicapi.Route;
import io.millrace.gateway.publicapi.dryrun.DryRun;
import io.millrace.gateway.publicapi.emitters.EmitterAdministration;
import io.millrace.gateway.publicapi.emitters.FilterWarnings;
import io.millrace.gateway.publicapi.emitters.KafkaTopicCheck;
import io.millrace.gateway.publicapi.emitters.OwnTopicCheck;
import io.millrace.gateway.publicapi.emitters.RegistrationCheck;
import io.millrace.gateway.publicapi.emitters.WebhookAddressCheck;
import io.millrace.gateway.publicapi.emitters.WebhookHandshakeCheck;
import io.millrace.model.emitter.EmitterType;
import io.millrace.model.kafka.TopicProvisioner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;

/** The administration of emitters, put together. */
final class Administration implements AutoCloseable {

  private final WebhookAddressCheck addresses;
  private final KafkaTopicCheck topics;
  private final OwnTopicCheck ownTopics;
  private final Optional<WebhookHandshakeCheck> handshakes;
  private final EmitterAdministration emitters;
  private final DryRun dryRun;

  private Administration(
      GatewayConfig config,
      DefinitionStore definitions,
      Supplier<Catalogue> catalogue,
      RulesInForce rules,
      List<RegistrationCheck> checks,
      KafkaTopicCheck.Usable identities) {
    Map<String, String> webhook = config.control().overrides(EmitterType.WEBHOOK);
    // Shorter than the check may take, so that an endpoint's silence is told as such.
    Duration patience = config.emitters().checkTimeout().dividedBy(2);
    addresses = WebhookAddressCheck.asConnector(webhook);
    topics =
        KafkaTopicCheck.asConnector(
            config.control().overrides(EmitterType.KAFKA), identities, patience);
    ownTopics = new OwnTopicCheck(config.topics().prefix());
    handshakes =
        config
            .emitters()
            .handshakeOrigin()
            .map(origin -> WebhookHandshakeCheck.asConnector(addresses, webhook, origin, patience));
    emitters =
        new EmitterAdministration(
            config.emitters(),
            config.clients(),
            config.topics(),
            definitions,
            catalogue,
            rules,
            all(checks));
    dryRun =
        new DryRun(
            config.dryRun(),
            config.clients(),
            config.topics(),
            emitters.check(),
            new FilterWarnings(catalogue),
            rules);
  }

  private List<RegistrationCheck> all(List<RegistrationCheck> more) {
    List<RegistrationCheck> checks = new ArrayList<>(more);
    checks.add(addresses);
    checks.add(topics);
    checks.add(ownTopics);
    handshakes.ifPresent(checks::add);
    return checks;
  }

  static Administration open(
      GatewayConfig config,
      Admin admin,
      DefinitionStore definitions,
      Supplier<Catalogue> catalogue,
      RulesInForce rules,
      List<RegistrationCheck> checks,
      KafkaTopicCheck.Usable identities)
      throws InterruptedException {
    // Whoever follows a topic that is not there waits long for it.
    new TopicProvisioner(admin)
        .ensure(List.of(TopicProvisioner.compacted(config.topics().emitterStatus())));
    return new Administration(config, definitions, catalogue, rules, checks, identities);
  }

  List<Route> routes() {
    List<Route> routes = new ArrayList<>(emitters.routes());
    routes.addAll(dryRun.routes());
    return routes;
  }

  @Override
  public void close() {
    dryRun.close();
    emitters.close();
    handshakes.ifPresent(WebhookHandshakeCheck::close);
    addresses.close();
    topics.close();
  }
}
