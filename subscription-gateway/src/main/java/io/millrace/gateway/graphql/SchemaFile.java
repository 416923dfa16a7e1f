package io.millrace.gateway.graphql;

import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A schema in GraphQL's own language, beside the class that resolves it. */
public final class SchemaFile {

  private SchemaFile() {}

  /** The same, of a file without values. */
  public static GraphQLSchema load(Class<?> beside, String file, RuntimeWiring wiring) {
    return load(beside, file, Map.of(), wiring);
  }

  /**
   * Reads a schema from the class path and wires it.
   *
   * @param beside a class in the package that the file is in
   * @param values of what stands in the file as <code>${name}</code>
   * @throws IllegalArgumentException if there is no such file
   * @throws graphql.schema.idl.errors.SchemaProblem if schema and wiring do not go together
   */
  public static GraphQLSchema load(
      Class<?> beside, String file, Map<String, String> values, RuntimeWiring wiring) {
    try (InputStream stream = beside.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalArgumentException("no " + file + " beside " + beside.getName());
      }
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      for (Map.Entry<String, String> value : values.entrySet()) {
        text = text.replace("${" + value.getKey() + "}", value.getValue());
      }
      return new SchemaGenerator().makeExecutableSchema(new SchemaParser().parse(text), wiring);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }
}
