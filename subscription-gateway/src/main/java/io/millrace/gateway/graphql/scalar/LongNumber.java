package io.millrace.gateway.graphql.scalar;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.IntValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import graphql.schema.GraphQLScalarType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The scalar {@code Long}: a whole number of 64 bits, for resolvers a {@code Long}. Taken as number
 * and as string, given as number.
 */
public final class LongNumber {

  public static final GraphQLScalarType SCALAR =
      GraphQLScalarType.newScalar()
          .name("Long")
          .description("A whole number of 64 bits. A string of digits is taken, too.")
          .coercing(new NumberCoercing())
          .build();

  private static final String REASON =
      "must be a whole number from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE;

  // Also for numbers with a fraction of zeros; reading very long ones takes very long.
  private static final int LONGEST = 40;

  private LongNumber() {}

  private static Optional<Long> number(@Nullable Object value) {
    if (value instanceof Long || value instanceof Integer || value instanceof Short) {
      return Optional.of(((Number) value).longValue());
    }
    String text = value instanceof Number || value instanceof String ? value.toString() : "";
    if (text.isEmpty() || text.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BigDecimal(text).longValueExact());
    } catch (ArithmeticException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static final class NumberCoercing implements Coercing<Long, Long> {

    @Override
    public Long serialize(Object value, GraphQLContext context, Locale locale) {
      return number(value)
          .orElseThrow(
              () ->
                  CoercingSerializeException.newCoercingSerializeException()
                      .message("a Long " + REASON)
                      .build());
    }

    @Override
    public Long parseValue(Object value, GraphQLContext context, Locale locale) {
      return number(value)
          .orElseThrow(
              () ->
                  CoercingParseValueException.newCoercingParseValueException()
                      .message(REASON)
                      .build());
    }

    @Override
    public Long parseLiteral(
        Value<?> literal, CoercedVariables variables, GraphQLContext context, Locale locale) {
      Object value =
          literal instanceof IntValue number
              ? number.getValue()
              : literal instanceof StringValue text ? text.getValue() : null;
      return number(value)
          .orElseThrow(
              () ->
                  CoercingParseLiteralException.newCoercingParseLiteralException()
                      .message(REASON)
                      .build());
    }

    @Override
    public Value<?> valueToLiteral(Object value, GraphQLContext context, Locale locale) {
      return IntValue.newIntValue(BigInteger.valueOf(serialize(value, context, locale))).build();
    }
  }
}
