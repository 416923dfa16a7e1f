package io.millrace.model.emitter;

import java.util.List;
import java.util.Map;

/**
 * What an emitter of one type is told. Each type's parameters are read and checked in one place.
 */
public sealed interface EmitterParameters
    permits WebhookParameters,
        AuditParameters,
        FileParameters,
        ConsoleParameters,
        KafkaParameters,
        PowerBiParameters {

  EmitterType type();

  /** The parameters as a definition writes them; reading this map gives an equal value. */
  Map<String, Object> toMap();

  /** Reads and checks them all; what is wrong is told to the reader, which then throws. */
  static EmitterParameters read(EmitterType type, ParameterReader reader)
      throws InvalidDefinitionException {
    return switch (type) {
      case WEBHOOK -> WebhookParameters.read(reader);
      case AUDIT -> AuditParameters.read(reader);
      case FILE -> FileParameters.read(reader);
      case CONSOLE -> ConsoleParameters.read(reader);
      case KAFKA -> KafkaParameters.read(reader);
      case POWER_BI -> PowerBiParameters.read(reader);
    };
  }

  /** The parameters of a type, in the order in which they are read. */
  static List<Parameter> of(EmitterType type) {
    ParameterReader reader = new ParameterReader(Map.of(), "");
    try {
      read(type, reader);
    } catch (InvalidDefinitionException e) {
      // Required ones are missing; that they were asked for is what is wanted here.
    }
    return reader.asked().stream().map(each -> each.describedFor(type)).toList();
  }
}
