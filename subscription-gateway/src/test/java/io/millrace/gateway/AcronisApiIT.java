package io.millrace.gateway;

import static io.millrace.gateway.AcronisCaller.CUSTOMER;
import static io.millrace.gateway.AcronisCaller.DISABLED;
import static io.millrace.gateway.AcronisCaller.PARTNER;
import static io.millrace.gateway.AcronisCaller.STRANGER;
import static io.millrace.gateway.AcronisCaller.TENANT_TOPIC;
import static io.millrace.gateway.AcronisCaller.encoded;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.fixtures.KafkaFixture;
import io.millrace.gateway.AcronisCaller.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcronisApiIT {

  private static final String EVENTS = "/publicapi/acronis/topics/" + TENANT_TOPIC + "/events";

  private static RunningGateway gateway;
  private static AcronisCaller partner;
  private static AcronisCaller customer;
  private static AcronisCaller stranger;
  private static AcronisCaller operator;
  private static AcronisCaller nobody;
  private static AcronisCaller root;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    Path catalogue = Files.createDirectory(folder.resolve("catalogue"));
    Files.writeString(catalogue.resolve("a.yaml"), AcronisCatalogues.withTenants());
    Files.writeString(catalogue.resolve("b.yaml"), AcronisCatalogues.ofOperators());
    gateway =
        new RunningGateway(
            KafkaFixture.shared().bootstrapServers(),
            "acronis-api",
            Map.of(
                "auth.users.file", AcronisCaller.usersFile(folder).toString(),
                "catalogue.file", catalogue.toString()));
    int port = gateway.gateway.port();
    partner = new AcronisCaller(port, "partner");
    customer = new AcronisCaller(port, "customer");
    stranger = new AcronisCaller(port, "stranger");
    operator = new AcronisCaller(port, "operator");
    nobody = new AcronisCaller(port, "nobody");
    root = new AcronisCaller(port, "root");
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void tellsTopicsAndTypes() throws Exception {
    Answer topics = partner.get("/topics?topic_id=" + TENANT_TOPIC);
    assertThat(topics.status()).isEqualTo(200);
    assertThat(topics.body()).hasSize(1);
    assertThat(topics.body().get(0).toString())
        .isEqualTo(
            "{\"id\":\"cti.a.p.em.topic.v1.0~a.p.tenant.v1.0\","
                + "\"description\":\"State changes of tenants\",\"persistency\":true,"
                + "\"ordering\":\"EVENTMANAGER\",\"producer_consolidation\":\"NONE\","
                + "\"archive_consolidation\":\"NONE\",\"retention\":\"P90D\"}");
    assertThat(partner.get("/topics").body()).hasSize(2);
    assertThat(partner.get("/topics?topic_id=other").body()).isEmpty();
    Answer type = partner.get("/types?type_id=" + DISABLED + "&include_schema=true");
    assertThat(type.body()).hasSize(1);
    assertThat(type.body().get(0).path("topic_id").asText()).isEqualTo(TENANT_TOPIC);
    assertThat(type.body().get(0).path("data_schema").asText()).isEqualTo("{\"type\":\"object\"}");
    assertThat(type.body().get(0).path("allowed_subject_types").get(0).asText())
        .isEqualTo("cti.a.p.tenant.v1.0*");
    assertThat(partner.get("/types?topic_id=" + TENANT_TOPIC).body().findValues("data_schema"))
        .isEmpty();
    assertThat(partner.get("/types?include_schema=yes").status()).isEqualTo(400);
  }

  @Test
  void tellsATopicToThoseWhoMayReceiveOrPublishOnIt() throws Exception {
    String hidden = AcronisCaller.OPERATION_TOPIC;
    for (AcronisCaller able : List.of(operator, root)) {
      assertThat(able.get("/topics").body()).hasSize(3);
      assertThat(able.get("/topics?topic_id=" + hidden).body()).hasSize(1);
      assertThat(able.get("/types?topic_id=" + hidden).body()).hasSize(1);
      assertThat(able.get("/topics/" + hidden + "/offsets?position=CURRENT").status())
          .isEqualTo(200);
    }
    assertThat(partner.get("/topics").body().findValuesAsText("id")).doesNotContain(hidden);
    assertThat(partner.get("/topics?topic_id=" + hidden).body()).isEmpty();
    assertThat(partner.get("/types?topic_id=" + hidden).body()).isEmpty();
    assertThat(partner.get("/types").body().findValuesAsText("topic_id")).doesNotContain(hidden);
    Answer offset = partner.get("/topics/" + hidden + "/offsets?position=CURRENT");
    assertThat(offset.status()).isEqualTo(404);
    assertThat(offset.messages()).containsExactly("topic_id is no topic: " + hidden);
    Map<String, Object> wanted = subscription(UUID.randomUUID().toString());
    wanted.put("topic_id", hidden);
    assertThat(partner.post("/subscriptions", wanted).messages())
        .containsExactly("topic_id is no topic: " + hidden);
  }

  @Test
  void publishesAndTellsOffsets() throws Exception {
    long before = offset("CURRENT");
    Answer published = partner.post(EVENTS, List.of(event(), event()));
    assertThat(published.status()).as(published.body().toString()).isEqualTo(201);
    long first = published.body().path("data").get(0).path("sequence").asLong();
    assertThat(first).isGreaterThan(before);
    assertThat(offset("CURRENT")).isGreaterThanOrEqualTo(first + 1);
    assertThat(offset("EARLIEST")).isZero();
    String past = "TIMESTAMP&timestamp=" + encoded("2020-01-01T00:00:00+02:00");
    assertThat(offset(past)).isZero();
    assertThat(offset("TIMESTAMP&timestamp=2099-01-01T00:00:00Z"))
        .isGreaterThanOrEqualTo(first + 1);
    Answer other = partner.get("/topics/offsets?position=CURRENT&topic_id=" + TENANT_TOPIC);
    assertThat(other.body().path("topic_id").asText()).isEqualTo(TENANT_TOPIC);
    Answer wrong = partner.get("/topics/offsets?position=TIMESTAMP");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.messages())
        .containsExactly(
            "topic_id is missing", "timestamp is missing, which the position TIMESTAMP needs");
    assertThat(partner.get("/topics/cti.a/offsets?position=CURRENT").status()).isEqualTo(404);
  }

  @Test
  void stampsWhoPublishes() throws Exception {
    Map<String, Object> event = event();
    event.put("client_id", PARTNER);
    long place = partner.post(EVENTS, event).body().path("data").get(0).path("sequence").asLong();
    var written = gateway.stream("acronis-tenant").get((int) place - 1);
    assertThat(written.getExtension("tenantid")).isEqualTo(PARTNER);
    assertThat(written.getExtension("user")).isEqualTo("partner");
    assertThat(written.getExtension("topicpath")).isEqualTo("acronis/tenant");
    assertThat(written.getExtension("app")).as("what a client says itself").isNull();
    event.put("tenant_id", STRANGER);
    assertThat(partner.post(EVENTS, event).messages())
        .containsExactly("tenant_id must be your own, " + PARTNER + ", or be left out");
    assertThat(root.post(EVENTS, event).status()).as("who is trusted").isEqualTo(201);
    assertThat(nobody.post(EVENTS, event()).messages())
        .containsExactly("tenant_id is missing, and your credentials name no tenant");
  }

  @Test
  void refusesEventsWithAllThatIsWrong() throws Exception {
    Map<String, Object> event = event();
    event.put("type", "other");
    event.put("subject_type", "x");
    Answer unknown = partner.post(EVENTS, List.of(event(), event));
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.body().path("error").get(0).path("systemMessage").asText())
        .isEqualTo("events[1].type is none of the topic's types: other");
    event = event();
    event.put("subject_type", "cti.a.p.task.v1.0");
    event.put("id", "1");
    event.put("time", "now");
    event.put("more", 1);
    Answer wrong = partner.post(EVENTS, event);
    assertThat(wrong.body().path("error").findValuesAsText("systemMessage"))
        .hasSize(3)
        .contains("id must be a UUID", "time must be a time as RFC 3339 writes it");
    assertThat(partner.post(EVENTS.replace("tenant", "none"), event()).status()).isEqualTo(404);
  }

  @Test
  void makesSubscriptionsOnce() throws Exception {
    String id = UUID.randomUUID().toString();
    Map<String, Object> wanted = subscription(id);
    wanted.put("cel", "event.data.x > 1");
    wanted.put("subject_types", List.of("cti.a.p.tenant.v1.0*"));
    Answer made = partner.post("/subscriptions", wanted);
    assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
    assertThat(made.body().path("subscription_id").asText()).isEqualTo(id);
    assertThat(made.body().path("tenant_id").asText()).isEqualTo(PARTNER);
    assertThat(made.body().path("auto_commit").asBoolean(true)).isFalse();
    assertThat(made.body().path("auto_commit_interval").asText()).isEqualTo("PT5M");
    assertThat(made.body().path("session_timeout").asText()).isEqualTo("PT30S");
    assertThat(made.body().path("cel").asText()).isEqualTo("event.data.x > 1");
    Answer again = partner.post("/subscriptions", wanted);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.code()).isEqualTo("alreadyExists");
    assertThat(again.body().path("error").path("domain").asText()).isEqualTo("EventManager");
  }

  @Test
  void tellsAllThatIsWrongWithASubscription() throws Exception {
    Answer nothing = nobody.post("/subscriptions", "{}");
    assertThat(nothing.status()).isEqualTo(400);
    assertThat(nothing.messages())
        .containsExactlyInAnyOrder(
            "subscription_id is missing",
            "topic_id is missing",
            "types is missing",
            "tenant_depth is missing",
            "tenant_id is missing, and your credentials name no tenant");
    Map<String, Object> wanted = subscription("1");
    wanted.put("topic_id", "cti.none");
    wanted.put("types", List.of("*.x", "cti.a*b", "cti.a.*"));
    wanted.put("tenant_depth", "SOME");
    wanted.put("auto_commit", "yes");
    wanted.put("auto_commit_interval", "5m");
    wanted.put("session_timeout", "PT2H");
    wanted.put("cel", "event.type =");
    wanted.put("more", 1);
    Answer wrong = partner.post("/subscriptions", wanted);
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.body().path("error").path("context").findValuesAsText("field"))
        .containsExactlyInAnyOrder(
            "subscription_id",
            "topic_id",
            "types[0]",
            "types[1]",
            "tenant_depth",
            "auto_commit",
            "auto_commit_interval",
            "session_timeout",
            "cel",
            "more");
    assertThat(wrong.messages()).anyMatch(message -> message.startsWith("cel line 1, column 12"));
    assertThat(partner.post("/subscriptions", "[]").status()).isEqualTo(400);
    assertThat(partner.post("/subscriptions", "{").status()).isEqualTo(400);
  }

  @Test
  void keepsTenantsApart() throws Exception {
    String id = UUID.randomUUID().toString();
    Map<String, Object> wanted = subscription(id);
    wanted.put("tenant_id", CUSTOMER);
    for (AcronisCaller other : List.of(stranger, nobody)) {
      Answer refused = other.post("/subscriptions", wanted);
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.code()).isEqualTo("accessDenied");
    }
    assertThat(partner.post("/subscriptions", wanted).status()).isEqualTo(201);
    for (AcronisCaller able : List.of(partner, customer, root)) {
      assertThat(able.get("/subscriptions/offset?subscription_id=" + id).status()).isEqualTo(200);
      assertThat(ids(able)).contains(id);
    }
    for (AcronisCaller other : List.of(stranger, nobody)) {
      assertThat(other.get("/subscriptions/offset?subscription_id=" + id).status()).isEqualTo(403);
      assertThat(
              other
                  .post("/subscriptions/offset", Map.of("subscription_id", id, "offset", 0))
                  .status())
          .isEqualTo(403);
      assertThat(other.delete("/publicapi/acronis/subscriptions/" + id).status()).isEqualTo(403);
      assertThat(ids(other)).doesNotContain(id);
    }
    wanted.put("subscription_id", UUID.randomUUID().toString());
    wanted.put("tenant_id", PARTNER);
    assertThat(customer.post("/subscriptions", wanted).status()).as("above").isEqualTo(403);
  }

  @Test
  void storesOffsetsForthAndBack() throws Exception {
    partner.post(EVENTS, List.of(event(), event(), event()));
    String id = UUID.randomUUID().toString();
    partner.post("/subscriptions", subscription(id));
    String path = "/subscriptions/offset?subscription_id=" + id;
    assertThat(partner.get(path).body().path("offset").asLong(-1)).isZero();
    for (long offset : List.of(3, 1, 2)) {
      Answer stored =
          partner.post("/subscriptions/offset", Map.of("subscription_id", id, "offset", offset));
      assertThat(stored.status()).as(stored.body().toString()).isEqualTo(200);
      assertThat(stored.body().toString())
          .isEqualTo("{\"subscription_id\":\"" + id + "\",\"offset\":" + offset + "}");
      assertThat(partner.get(path).body().path("offset").asLong()).isEqualTo(offset);
    }
    Answer wrong =
        partner.post("/subscriptions/offset", Map.of("subscription_id", id, "offset", -1, "x", 1));
    assertThat(wrong.messages()).hasSize(2);
    Answer beyond =
        partner.post("/subscriptions/offset", Map.of("subscription_id", id, "offset", 1_000_000));
    assertThat(beyond.status()).isEqualTo(400);
    Map<String, Object> unknown =
        Map.of("subscription_id", UUID.randomUUID().toString(), "offset", 0);
    assertThat(partner.post("/subscriptions/offset", unknown).status()).isEqualTo(404);
    assertThat(partner.get("/subscriptions/offset").messages())
        .containsExactly("subscription_id is missing");
  }

  @Test
  void tellsAndRemovesSubscriptions() throws Exception {
    String id = UUID.randomUUID().toString();
    partner.post("/subscriptions", subscription(id));
    Answer one = partner.get("/publicapi/acronis/subscriptions/" + id);
    assertThat(one.body().path("data").path("owner").asText()).isEqualTo("partner");
    assertThat(one.body().path("data").path("offset").asLong(-1)).isZero();
    assertThat(one.body().path("data").path("types").get(0).asText()).isEqualTo(DISABLED);
    assertThat(partner.delete("/publicapi/acronis/subscriptions/" + id).status()).isEqualTo(204);
    assertThat(partner.get("/publicapi/acronis/subscriptions/" + id).status()).isEqualTo(404);
    assertThat(partner.get("/subscriptions/offset?subscription_id=" + id).status()).isEqualTo(404);
  }

  @Test
  void tellsDataOfAnEvent() throws Exception {
    Map<String, Object> event = event();
    event.put("data", Map.of("text", "x".repeat(70_000)));
    long place = partner.post(EVENTS, event).body().path("data").get(0).path("sequence").asLong();
    String path = EVENTS + "/" + place + "/data";
    assertThat(partner.get(path).body().path("text").asText()).hasSize(70_000);
    assertThat(customer.get(path).status()).as("of a tenant above").isEqualTo(403);
    assertThat(stranger.get(path).status()).isEqualTo(403);
    assertThat(partner.get(EVENTS + "/1000000/data").status()).isEqualTo(404);
    assertThat(partner.get(EVENTS + "/0/data").status()).isEqualTo(400);
  }

  @Test
  void handsOutWhatASubscriptionSelects() throws Exception {
    String id = UUID.randomUUID().toString();
    Map<String, Object> wanted = subscription(id);
    wanted.put("tenant_id", CUSTOMER);
    wanted.put("cel", "event.data.wanted == '" + id + "'");
    assertThat(partner.post("/subscriptions", wanted).status()).isEqualTo(201);
    long from = offset("CURRENT");
    String large = "x".repeat(70_000);
    Map<String, Object> event = event();
    event.put("data", Map.of("wanted", id));
    Map<String, Object> tooLarge = event();
    tooLarge.put("data", Map.of("wanted", id, "text", large));
    assertThat(partner.post(EVENTS, event).status()).as("of a tenant above").isEqualTo(201);
    assertThat(customer.post(EVENTS, event()).status()).as("without data").isEqualTo(201);
    assertThat(customer.post(EVENTS, List.of(event, tooLarge)).status()).isEqualTo(201);
    String poll =
        "/events?subscription_id=" + id + "&consumer_id=" + UUID.randomUUID() + "&offset=" + from;
    Answer answer = customer.get(poll);
    assertThat(answer.status()).isEqualTo(200);
    var events = answer.body().path("events");
    assertThat(events).hasSize(2);
    assertThat(answer.body().path("offset")).isEqualTo(events.get(1).path("sequence"));
    assertThat(events.get(0).path("data").path("wanted").asText()).isEqualTo(id);
    assertThat(events.get(0).path("tenant_id").asText()).isEqualTo(CUSTOMER);
    assertThat(events.get(0).path("previous").asLong())
        .isEqualTo(events.get(0).path("sequence").asLong() - 1);
    assertThat(events.get(1).has("data")).isFalse();
    String reference = events.get(1).path("data_ref").asText();
    assertThat(reference).startsWith(gateway.uri("/publicapi/").toString());
    Answer data = customer.get(reference.substring(reference.indexOf("/publicapi/")));
    assertThat(data.body().path("text").asText()).isEqualTo(large);
    assertThat(stranger.get(poll).status()).isEqualTo(403);
    assertThat(nobody.get(poll).status()).isEqualTo(403);
    assertThat(partner.get(poll).status()).as("the same consumer").isEqualTo(200);
  }

  @Test
  void tellsErrorsInItsShape() throws Exception {
    AcronisCaller unknown = new AcronisCaller(gateway.gateway.port(), "");
    Answer unauthorized = unknown.get("/topics");
    assertThat(unauthorized.status()).isEqualTo(401);
    assertThat(unauthorized.code()).isEqualTo("unauthorized");
    assertThat(unauthorized.response().headers().firstValue("WWW-Authenticate").orElse(""))
        .contains("Bearer");
    Answer missing = partner.get("/nothing");
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.code()).isEqualTo("notFound");
    Answer method = partner.delete("/topics");
    assertThat(method.status()).isEqualTo(405);
    assertThat(method.code()).isEqualTo("methodNotAllowed");
    assertThat(method.response().headers().firstValue("Allow")).hasValue("GET, HEAD, OPTIONS");
  }

  private static List<String> ids(AcronisCaller caller) throws Exception {
    return caller
        .get("/publicapi/acronis/subscriptions")
        .body()
        .findValuesAsText("subscription_id");
  }

  private static long offset(String position) throws Exception {
    Answer answer = partner.get("/topics/" + TENANT_TOPIC + "/offsets?position=" + position);
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    return answer.body().path("offset").asLong(-1);
  }

  private static Map<String, Object> subscription(String id) {
    Map<String, Object> wanted = new HashMap<>();
    wanted.put("subscription_id", id);
    wanted.put("topic_id", TENANT_TOPIC);
    wanted.put("types", List.of(DISABLED));
    wanted.put("tenant_depth", "ALL");
    return wanted;
  }

  private static Map<String, Object> event() {
    Map<String, Object> event = new HashMap<>();
    event.put("id", UUID.randomUUID().toString());
    event.put("type", DISABLED);
    event.put("time", "2024-10-01T11:01:16.03094914Z");
    event.put("source", "account-server");
    event.put("subject", CUSTOMER);
    return event;
  }
}
