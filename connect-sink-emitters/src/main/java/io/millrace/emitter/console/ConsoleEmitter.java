package io.millrace.emitter.console;

import io.cloudevents.CloudEvent;
import io.millrace.emitter.lane.Emission;
import io.millrace.emitter.lane.Emitter;
import io.millrace.emitter.lane.Outcome;
import io.millrace.emitter.payload.EventJson;
import io.millrace.emitter.payload.InvalidDataException;
import io.millrace.emitter.payload.Overrides;
import io.millrace.model.emitter.ConsoleParameters;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Writes each event as one entry. */
final class ConsoleEmitter implements Emitter {

  private final ConsoleParameters parameters;
  private final EntryWriter writer;

  ConsoleEmitter(ConsoleParameters parameters, EntryWriter writer) {
    this.parameters = parameters;
    this.writer = writer;
  }

  @Override
  public CompletionStage<Outcome> emit(List<Emission> emissions) {
    try {
      CloudEvent emitted = Overrides.apply(parameters.overrides(), emissions.get(0).event());
      byte[] json = EventJson.document(emitted, parameters.prettyPrint());
      writer.write(emitted.getType(), new String(json, StandardCharsets.UTF_8));
      return CompletableFuture.completedStage(Outcome.DELIVERED);
    } catch (InvalidDataException e) {
      return CompletableFuture.completedStage(Outcome.rejected(e.reason()));
    }
  }
}
