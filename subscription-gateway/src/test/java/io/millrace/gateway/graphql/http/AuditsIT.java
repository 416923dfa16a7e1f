package io.millrace.gateway.graphql.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.fixtures.NodeProject;
import io.millrace.gateway.graphql.GraphQlServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The audits of the npm package graphql-http: all of them, MUST, SHOULD and MAY. */
class AuditsIT {

  private static final Path SCRIPTS = Path.of("src/test/node");
  private static final Path WORK = Path.of("target/node");

  @Test
  void passesEachAudit() throws Exception {
    NodeProject node = NodeProject.install(SCRIPTS, WORK);
    NodeProject.Result result;
    try (GraphQlServer server = new GraphQlServer()) {
      String url = server.uri("/graphql").toString();
      result = node.run(300, "audits.js", List.of(url, GraphQlServer.AUTHORIZATION));
    }
    assertThat(result.exit()).as(result.output()).isZero();
    List<JsonNode> audits = new ArrayList<>();
    for (String line : result.output().lines().toList()) {
      audits.add(new ObjectMapper().readTree(line));
    }

    assertThat(audits).hasSizeGreaterThan(60);
    assertThat(audits).allMatch(audit -> audit.path("status").textValue().equals("ok"));
  }
}
