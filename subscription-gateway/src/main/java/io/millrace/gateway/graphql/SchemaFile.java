package io.millrace.gateway.graphql;

import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A schema in GraphQL's own language, beside the class that resolves it. */
public final class SchemaFile {

  private SchemaFile() {}

  /**
   * Reads a schema from the class path and wires it.
   *
   * @param beside a class in the package that the file is in
   * @throws IllegalArgumentException if there is no such file
   * @throws graphql.schema.idl.errors.SchemaProblem if schema and wiring do not go together
   */
  public static GraphQLSchema load(Class<?> beside, String file, RuntimeWiring wiring) {
    try (InputStream stream = beside.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalArgumentException("no " + file + " beside " + beside.getName());
      }
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return new SchemaGenerator().makeExecutableSchema(new SchemaParser().parse(text), wiring);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }
}
