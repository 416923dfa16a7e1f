package io.millrace.gateway.graphql;

import graphql.execution.AbortExecutionException;
import graphql.execution.ExecutionContext;
import graphql.execution.instrumentation.DocumentAndVariables;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecutionParameters;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Refuses documents with very many fragments before they are validated, and operations that their
 * transport does not carry before anything is resolved.
 */
final class Refusals extends SimplePerformantInstrumentation {

  // The search for cycles among fragments takes time that grows with the cube of their number.
  private static final int MOST_FRAGMENTS = 100;

  @Override
  public DocumentAndVariables instrumentDocumentAndVariables(
      DocumentAndVariables document,
      InstrumentationExecutionParameters parameters,
      @Nullable InstrumentationState state) {
    if (document.getDocument().getDefinitions().size() > MOST_FRAGMENTS) {
      throw refused(
          CodedError.of(
              ErrorCode.LIMIT_EXCEEDED,
              "The document has more than " + MOST_FRAGMENTS + " operations and fragments"));
    }
    return document;
  }

  @Override
  public ExecutionContext instrumentExecutionContext(
      ExecutionContext context,
      InstrumentationExecutionParameters parameters,
      @Nullable InstrumentationState state) {
    Transport transport =
        Objects.requireNonNull(parameters.getGraphQLContext().get(Transport.class));
    CodedError refusal = transport.refusal(context.getOperationDefinition().getOperation());
    if (refusal != null) {
      throw refused(refusal);
    }
    return context;
  }

  private static AbortExecutionException refused(CodedError error) {
    return new AbortExecutionException(List.of(error));
  }
}
