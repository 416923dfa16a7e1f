package io.millrace.model.emitter;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.Optional;

/**
 * Emitter statuses as JSON. Properties that a newer release added are passed over. Safe for use by
 * several threads.
 */
public final class StatusJson {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .build();

  private StatusJson() {}

  /** Reads a status; empty if it is none. */
  public static Optional<EmitterStatus> read(byte[] json) {
    try {
      return Optional.ofNullable(JSON.readValue(json, EmitterStatus.class));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The status's JSON. */
  public static byte[] write(EmitterStatus status) {
    try {
      return JSON.writeValueAsBytes(status);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a status could not be written", e);
    }
  }
}
