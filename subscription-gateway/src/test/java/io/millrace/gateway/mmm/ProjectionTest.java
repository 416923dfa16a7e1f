package io.millrace.gateway.mmm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import graphql.ExecutionResult;
import io.millrace.gateway.auth.Principal;
import io.millrace.gateway.graphql.GraphQlConfig;
import io.millrace.gateway.graphql.GraphQlEngine;
import io.millrace.gateway.graphql.GraphQlRequest;
import io.millrace.gateway.graphql.SchemaEngine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** What is written without the engine is what the engine would give. */
class ProjectionTest {

  private static final String ID = "ae92c852-43a7-4942-b274-29aa252c205b";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Chunk PLAIN =
      new Chunk(
          List.of(
              Streamed.event(1, "term"),
              Streamed.of(
                  9_007_199_254_740_993L,
                  "{\"entityId\": \"\\\"\\\\\\u0000\\u00e9\\ud83d\\ude00\", \"entityType\": \"</a>\","
                      + " \"parentId\": \"p\", \"entityStatus\": \"DELETED\"}")),
          null);
  private static final Chunk AFTER_A_GAP =
      new Chunk(List.of(Streamed.event(12, "term")), new Chunk.Gap(3, 11));

  private final List<Selection> selections = new ArrayList<>();
  private Chunk chunk = PLAIN;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ events { id timestamp entityId entityType entityStatus } }",
        "{ events { entityStatus id } }",
        "{ __typename events { __typename id parentId } gap { last first __typename } }",
        "{ a: events { x: id y: id } b: events { id } gap { first } }",
        "{ events { id } ... on ExternalEvents { events { entityType } } events { id } }",
        "{ ...F } fragment F on ExternalEvents { events { ...E } gap { ...G } }"
            + " fragment E on ExternalEvent { timestamp e: entityId }"
            + " fragment G on ExternalEventsGap { first last }",
        "{ events { id @skip(if: true) entityType @include(if: $yes) entityId @skip(if: $yes) } }",
        "{ gap { last } }",
        "{ __typename }"
      })
  void saysWhatTheEngineSays(String selection) throws Exception {
    for (Chunk each : List.of(PLAIN, AFTER_A_GAP)) {
      for (String alias : List.of("", "again: ")) {
        chunk = each;
        String variables = selection.contains("$yes") ? "($yes: Boolean = true)" : "";
        String query =
            "subscription S%s { %s_externalEvents(subscriptionId: \"%s\") %s"
                .formatted(variables, alias, ID, closed(selection));
        JsonNode expected = executed(query);
        JsonNode actual = written(selections.get(selections.size() - 1), chunk);
        assertThat(actual.get("data").toString()).isEqualTo(expected.get("data").toString());
        assertThat(expected.get("errors")).isNull();
      }
    }
  }

  @Test
  void aGapThatIsNotAskedForIsAmongTheExtensions() throws Exception {
    Selection blind = new Selection("e", List.of(new Selection.TypeName("t")));
    assertThat(written(blind, AFTER_A_GAP).path("extensions").toString())
        .isEqualTo("{\"gap\":{\"first\":3,\"last\":11}}");
    assertThat(written(blind, PLAIN).has("extensions")).isFalse();
    Selection asking = new Selection("e", List.of(new Selection.Gap("g", List.of())));
    assertThat(written(asking, AFTER_A_GAP).has("extensions")).isFalse();
  }

  private static JsonNode written(Selection selection, Chunk chunk) throws Exception {
    return JSON.readTree(new Projection(selection).write(chunk));
  }

  @Test
  void whatWasWrittenBeforeIsStillRight() {
    Projection projection =
        new Projection(
            new Selection(
                "e",
                List.of(new Selection.Events("v", List.of(new Selection.Leaf("i", "entityId"))))));
    for (int round = 0; round < 2; round++) {
      for (long id = 1; id < 1_000; id += 100) {
        Chunk one = new Chunk(List.of(Streamed.event(id, "t")), null);
        assertThat(projection.write(one))
            .asString(StandardCharsets.UTF_8)
            .isEqualTo("{\"data\":{\"e\":{\"v\":[{\"i\":\"e" + id + "\"}]}}}");
      }
    }
  }

  private static String closed(String selection) {
    int end = selection.indexOf("} fragment");
    return end < 0
        ? selection + " }"
        : selection.substring(0, end + 1) + " }" + selection.substring(end + 1);
  }

  private JsonNode executed(String query) throws Exception {
    GraphQlEngine engine =
        new SchemaEngine(
            MmmSchema.of(
                field -> {
                  selections.add(Selection.of(field));
                  return new Once(chunk);
                },
                new SubscriptionCalls(null),
                WantedTest.config(Map.of())),
            GraphQlConfig.from(
                new AbstractConfig(GraphQlConfig.define(new ConfigDef()), Map.of(), false)),
            () -> "id");
    ExecutionResult result =
        engine
            .execute(
                new GraphQlRequest(query, "S", Map.of()),
                new Principal("ann", Set.of(), null, null))
            .toCompletableFuture()
            .get();
    assertThat(result.getErrors()).isEmpty();
    List<JsonNode> results = new ArrayList<>();
    Publisher<ExecutionResult> publisher = result.getData();
    publisher.subscribe(
        new Subscriber<>() {
          @Override
          public void onSubscribe(Subscription subscription) {
            subscription.request(1);
          }

          @Override
          public void onNext(ExecutionResult item) {
            results.add(JSON.valueToTree(item.toSpecification()));
          }

          @Override
          public void onError(Throwable failure) {
            throw new AssertionError(failure);
          }

          @Override
          public void onComplete() {}
        });
    return results.get(0);
  }

  private record Once(Chunk chunk) implements Publisher<Object> {

    @Override
    public void subscribe(Subscriber<? super Object> subscriber) {
      subscriber.onSubscribe(
          new Subscription() {
            @Override
            public void request(long n) {
              subscriber.onNext(chunk);
            }

            @Override
            public void cancel() {}
          });
    }
  }
}
