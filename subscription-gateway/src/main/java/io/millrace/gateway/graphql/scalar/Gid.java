package io.millrace.gateway.graphql.scalar;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.GraphQLScalarType;
import java.util.Locale;
import java.util.regex.Pattern;

/** The scalar {@code GID}: a UUID by its form, for resolvers a {@code String} as it was written. */
public final class Gid {

  public static final GraphQLScalarType SCALAR =
      GraphQLScalarType.newScalar()
          .name("GID")
          .description(
              "A UUID, such as ae92c852-43a7-4942-b274-29aa252c205b. Kept as it is written.")
          .specifiedByUrl("https://www.rfc-editor.org/rfc/rfc9562#section-4")
          .coercing(new TextCoercing())
          .build();

  private static final Pattern FORM =
      Pattern.compile("\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
  private static final String REASON =
      "must be a UUID, such as ae92c852-43a7-4942-b274-29aa252c205b";

  private Gid() {}

  /** Whether a text has the form. */
  public static boolean is(String text) {
    return FORM.matcher(text).matches();
  }

  private static final class TextCoercing implements Coercing<String, String> {

    @Override
    public String serialize(Object value, GraphQLContext context, Locale locale) {
      return value.toString();
    }

    @Override
    public String parseValue(Object value, GraphQLContext context, Locale locale) {
      if (value instanceof String text && is(text)) {
        return text;
      }
      throw CoercingParseValueException.newCoercingParseValueException().message(REASON).build();
    }

    @Override
    public String parseLiteral(
        Value<?> literal, CoercedVariables variables, GraphQLContext context, Locale locale) {
      String text = literal instanceof StringValue string ? string.getValue() : null;
      if (text != null && is(text)) {
        return text;
      }
      throw CoercingParseLiteralException.newCoercingParseLiteralException()
          .message(REASON)
          .build();
    }

    @Override
    public Value<?> valueToLiteral(Object value, GraphQLContext context, Locale locale) {
      return StringValue.of(value.toString());
    }
  }
}
