package io.millrace.gateway.graphql;

import graphql.execution.AbortExecutionException;
import graphql.execution.ExecutionContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecutionParameters;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Refuses, before anything is resolved, an operation that its transport does not carry. */
final class CarriedOperations extends SimplePerformantInstrumentation {

  @Override
  public ExecutionContext instrumentExecutionContext(
      ExecutionContext context,
      InstrumentationExecutionParameters parameters,
      @Nullable InstrumentationState state) {
    Transport transport =
        Objects.requireNonNull(parameters.getGraphQLContext().get(Transport.class));
    CodedError refusal = transport.refusal(context.getOperationDefinition().getOperation());
    if (refusal != null) {
      throw new AbortExecutionException(List.of(refusal));
    }
    return context;
  }
}
