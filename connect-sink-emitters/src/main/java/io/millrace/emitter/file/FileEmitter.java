package io.millrace.emitter.file;

import io.cloudevents.CloudEvent;
import io.millrace.emitter.lane.Emission;
import io.millrace.emitter.lane.Emitter;
import io.millrace.emitter.lane.Outcome;
import io.millrace.emitter.payload.EventJson;
import io.millrace.emitter.payload.InvalidDataException;
import io.millrace.emitter.payload.Overrides;
import io.millrace.model.emitter.FileParameters;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Appends each event as one JSON document that ends its line. */
final class FileEmitter implements Emitter {

  private final FileParameters parameters;
  private final AppendedFile file;
  private long lossesSeen;

  FileEmitter(FileParameters parameters, AppendedFile file) {
    this.parameters = parameters;
    this.file = file;
    this.lossesSeen = file.losses();
  }

  @Override
  public CompletionStage<Outcome> emit(List<Emission> emissions) {
    return CompletableFuture.completedStage(append(emissions.get(0).event()));
  }

  private Outcome append(CloudEvent event) {
    try {
      CloudEvent emitted = Overrides.apply(parameters.overrides(), event);
      byte[] json = EventJson.document(emitted, parameters.prettyPrint());
      byte[] line = Arrays.copyOf(json, json.length + 1);
      line[json.length] = '\n';
      file.append(line);
      return Outcome.DELIVERED;
    } catch (InvalidDataException e) {
      return Outcome.rejected(e.reason());
    } catch (BaseFolder.OutsideException e) {
      return new Outcome.Refused(String.valueOf(e.getMessage()), null);
    } catch (IOException e) {
      return Outcome.retry("the file cannot be written: " + e);
    }
  }

  /** The file is shared: a loss that showed when another emitter flushed concerns this one too. */
  @Override
  public void flush() throws IOException {
    file.flush();
    long losses = file.losses();
    if (losses != lossesSeen) {
      lossesSeen = losses;
      throw new IOException("what was written may not have reached the disk");
    }
  }
}
