package io.millrace.gateway.mmm;

import graphql.schema.DataFetchingEnvironment;
import graphql.schema.DataFetchingFieldSelectionSet;
import graphql.schema.SelectedField;
import io.millrace.gateway.graphql.ErrorCode;
import io.millrace.gateway.graphql.GraphQlProblem;
import java.util.List;

/**
 * What a client has asked for of each chunk, and under which names: fragments, aliases and
 * directives are resolved.
 *
 * @param key name of the whole in the answer
 */
record Selection(String key, List<Part> parts) {

  // Five fields are to be had; each again under another name makes every chunk longer.
  private static final int MAX_FIELDS = 32;

  Selection {
    parts = List.copyOf(parts);
  }

  /** A field of the result. */
  sealed interface Part {
    String key();
  }

  /** The events of the chunk. */
  record Events(String key, List<Leaf> leaves) implements Part {}

  /** What was lost. */
  record Gap(String key, List<Leaf> leaves) implements Part {}

  /** The name of the result's type. */
  record TypeName(String key) implements Part {}

  /** A field of an event, or of a gap; one that these do not have is the name of their type. */
  record Leaf(String key, String field) {}

  static Selection of(DataFetchingEnvironment field) {
    List<Part> parts =
        field.getSelectionSet().getImmediateFields().stream().map(Selection::part).toList();
    if (parts.stream().mapToInt(Selection::fields).sum() > MAX_FIELDS) {
      throw GraphQlProblem.of(
          ErrorCode.LIMIT_EXCEEDED,
          "At most " + MAX_FIELDS + " fields can be asked for of what a chunk holds.");
    }
    return new Selection(field.getField().getResultKey(), parts);
  }

  private static int fields(Part part) {
    if (part instanceof Events events) {
      return events.leaves().size();
    }
    return part instanceof Gap gap ? gap.leaves().size() : 1;
  }

  private static Part part(SelectedField field) {
    String key = field.getResultKey();
    return switch (field.getName()) {
      case Types.EVENTS -> new Events(key, leaves(field.getSelectionSet()));
      case Types.LOST -> new Gap(key, leaves(field.getSelectionSet()));
      default -> new TypeName(key);
    };
  }

  private static List<Leaf> leaves(DataFetchingFieldSelectionSet selection) {
    return selection.getImmediateFields().stream()
        .map(field -> new Leaf(field.getResultKey(), field.getName()))
        .toList();
  }

  boolean asksForGap() {
    return parts.stream().anyMatch(Gap.class::isInstance);
  }
}
