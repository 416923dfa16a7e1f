package io.millrace.gateway.graphql.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.fixtures.NodeProject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The clients of the npm packages graphql-ws and subscriptions-transport-ws. */
class NodeClientsIT {

  private static final Path SCRIPTS = Path.of("src/test/node");
  private static final Path WORK = Path.of("target/node");

  @Test
  void servesTheClientOfTheNewerProtocol() throws Exception {
    assertThat(heard("transport.js"))
        .containsExactlyInAnyOrder(
            "{'name':'query','results':[{'me':'ada'}]}",
            "{'name':'mutation','results':[{'add':2}]}",
            "{'name':'count','results':[{'count':1},{'count':2},{'count':3}]}",
            "{'name':'invalid','results':[],'error':['Validation error (FieldUndefined@[nope]) :"
                + " Field !nope! in type !Query! is undefined']}",
            "{'name':'failing','results':[{'takenOver':1}],'error':['Somebody else has it']}",
            "{'name':'first','result':{'endless':'x'}}",
            "{'name':'after','results':[{'me':'ada'}]}",
            "{'name':'refused','results':[],'error':4403}");
  }

  @Test
  void servesTheClientOfTheOlderProtocol() throws Exception {
    assertThat(heard("legacy.js"))
        .containsExactlyInAnyOrder(
            "{'name':'query','results':[{'me':'ada'}]}",
            "{'name':'mutation','results':[{'add':2}]}",
            "{'name':'count','results':[{'count':1},{'count':2},{'count':3}]}",
            "{'name':'invalid','results':[['Validation error (FieldUndefined@[nope]) :"
                + " Field !nope! in type !Query! is undefined']]}",
            "{'name':'failing','results':[{'takenOver':1}],'error':'Somebody else has it'}",
            "{'name':'first','result':{'endless':'x'}}",
            "{'name':'after','results':[{'me':'ada'}]}",
            "{'name':'refused','error':'payload.authorization was refused: the credentials are"
                + " wrong'}");
  }

  /** What the script prints, with ' for " and ! for '; its endless subscription is cancelled. */
  private static List<String> heard(String script) throws Exception {
    NodeProject node = NodeProject.install(SCRIPTS, WORK);
    try (TestServer server = new TestServer(TestServer.socketConfig(), TestServer.config())) {
      String url = server.uri().toString();
      NodeProject.Result result = node.run(120, script, List.of(url, TestServer.ADA));
      assertThat(result.exit()).as(result.output()).isZero();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> server.graphQl.started.stream().allMatch(n -> n.cancelled.get()));
      return result
          .output()
          .lines()
          .map(line -> line.replace('\'', '!').replace('"', '\''))
          .toList();
    }
  }
}
