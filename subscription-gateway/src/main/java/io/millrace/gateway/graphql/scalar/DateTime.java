package io.millrace.gateway.graphql.scalar;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import graphql.schema.GraphQLScalarType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/**
 * The scalar {@code DateTime}: for resolvers an {@code Instant}, given as XML's dateTime in UTC
 * with as many digits of a second as are needed, up to nanoseconds, in threes. Taken with any
 * offset.
 */
public final class DateTime {

  public static final GraphQLScalarType SCALAR =
      GraphQLScalarType.newScalar()
          .name("DateTime")
          .description("A date and time of XML in UTC, such as 2021-05-25T09:03:23.730010Z.")
          .specifiedByUrl("https://www.w3.org/TR/xmlschema-2/#dateTime")
          .coercing(new TimeCoercing())
          .build();

  private static final String REASON =
      "must be a date and time with an offset, such as 2021-05-25T09:03:23.730010Z";

  private DateTime() {}

  private static Optional<Instant> parse(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static final class TimeCoercing implements Coercing<Instant, String> {

    @Override
    public String serialize(Object value, GraphQLContext context, Locale locale) {
      try {
        if (value instanceof Instant instant) {
          return DateTimeFormatter.ISO_INSTANT.format(instant);
        }
        if (value instanceof OffsetDateTime time) {
          return DateTimeFormatter.ISO_INSTANT.format(time);
        }
      } catch (DateTimeException e) {
        throw CoercingSerializeException.newCoercingSerializeException().cause(e).build();
      }
      throw CoercingSerializeException.newCoercingSerializeException()
          .message("a DateTime must come from an Instant or an OffsetDateTime")
          .build();
    }

    @Override
    public Instant parseValue(Object value, GraphQLContext context, Locale locale) {
      return Optional.of(value)
          .filter(String.class::isInstance)
          .map(String.class::cast)
          .flatMap(DateTime::parse)
          .orElseThrow(
              () ->
                  CoercingParseValueException.newCoercingParseValueException()
                      .message(REASON)
                      .build());
    }

    @Override
    public Instant parseLiteral(
        Value<?> literal, CoercedVariables variables, GraphQLContext context, Locale locale) {
      return Optional.of(literal)
          .filter(StringValue.class::isInstance)
          .map(text -> ((StringValue) text).getValue())
          .flatMap(DateTime::parse)
          .orElseThrow(
              () ->
                  CoercingParseLiteralException.newCoercingParseLiteralException()
                      .message(REASON)
                      .build());
    }

    @Override
    public Value<?> valueToLiteral(Object value, GraphQLContext context, Locale locale) {
      return StringValue.of(serialize(value, context, locale));
    }
  }
}
