package io.millrace.gateway.graphql;

import graphql.GraphQLContext;
import graphql.Scalars;
import graphql.execution.values.InputInterceptor;
import graphql.execution.values.legacycoercing.LegacyCoercingInputInterceptor;
import graphql.schema.GraphQLInputType;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Takes a variable's string where a number or a boolean is wanted, as MMM does and its clients
 * expect: {@code "10"} for {@code Int!}. Nothing else is bent.
 */
final class LenientInput implements InputInterceptor {

  // No number that fits is longer, and reading very long ones takes very long.
  private static final int LONGEST = 40;

  private static final List<GraphQLInputType> WANTED =
      List.of(Scalars.GraphQLInt, Scalars.GraphQLFloat, Scalars.GraphQLBoolean);

  private final InputInterceptor strings = LegacyCoercingInputInterceptor.migratesValues();

  @Override
  public @Nullable Object intercept(
      @Nullable Object value, GraphQLInputType type, GraphQLContext context, Locale locale) {
    return value instanceof String text && text.length() <= LONGEST && WANTED.contains(type)
        ? strings.intercept(value, type, context, locale)
        : value;
  }
}
