package io.millrace.gateway.publicapi.emitters;

import io.millrace.gateway.auth.Principal;
import io.millrace.model.emitter.EmitterDefinition;
import io.millrace.model.emitter.KafkaParameters;
import io.millrace.model.emitter.Problem;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Keeps users' Kafka emitters out of Millrace's own topics: events would go round for ever, or be
 * read as definitions. The name decides, whatever the cluster: it may be this one by any address.
 *
 * @param prefix what the names of Millrace's topics begin with
 */
public record OwnTopicCheck(String prefix) implements RegistrationCheck {

  @Override
  public CompletionStage<List<Problem>> check(EmitterDefinition definition, Principal by) {
    boolean own =
        definition.owner() != null
            && definition.parameters() instanceof KafkaParameters kafka
            && kafka.topic().startsWith(prefix + ".");
    return CompletableFuture.completedFuture(
        own
            ? List.of(
                new Problem(
                    "parameters.topic", "must not begin with " + prefix + ".: Millrace's own do"))
            : List.of());
  }
}
