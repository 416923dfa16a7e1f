package io.millrace.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.fixtures.KafkaFixture;
import io.millrace.gateway.PublicUser.Answer;
import io.millrace.model.identity.Credentials.Basic;
import io.millrace.model.identity.Identity;
import io.millrace.model.identity.store.IdentityStore;
import io.millrace.model.identity.store.StoreKey;
import io.millrace.model.identity.store.StoredIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentitiesIT {

  private static final String PATH = "/identities";
  private static final String DEFINITIONS = "/emitters/definitions";
  private static final String BASIC =
      "{\"type\":\"basic\",\"username\":\"ann\",\"password\":\"s3cret\"}";
  private static final String SIGNING = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  @TempDir static Path folder;

  private static RunningGateway gateway;
  private static PublicUser ada;
  private static PublicUser bob;
  private static PublicUser root;

  @BeforeAll
  static void start() throws Exception {
    StoreKey.generate(keyFile(), new SecureRandom());
    gateway =
        new RunningGateway(
            KafkaFixture.shared().bootstrapServers(), KafkaFixture.uniqueName("ids"), settings());
    ada = new PublicUser(gateway.gateway.port(), "ada");
    bob = new PublicUser(gateway.gateway.port(), "bob");
    root = new PublicUser(gateway.gateway.port(), "root");
    await().atMost(Duration.ofSeconds(60)).until(() -> root.get(DEFINITIONS).status() == 200);
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void aSecretIsWrittenAndNeverRead() throws Exception {
    Answer created = ada.put(PATH + "/written", BASIC);
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.response().headers().firstValue("Location"))
        .hasValue("/publicapi/identities/written");
    assertThat(created.response().headers().firstValue("request-tracking-identifier")).isPresent();
    for (Answer answer :
        List.of(created, ada.get(PATH + "/written"), ada.get(PATH), root.get(PATH))) {
      assertThat(answer.response().body()).contains("written").doesNotContain("s3cret");
    }
    assertThat(ada.get(PATH + "/written").data().toString())
        .isEqualTo(
            "{\"id\":\"written\",\"owner\":\"ada\",\"shared\":false,\"type\":\"basic\","
                + "\"username\":\"ann\",\"secretsSet\":[\"password\"],\"usedBy\":[]}");
    assertThat(new String(Files.readAllBytes(file()), ISO_8859_1)).doesNotContain("s3cret", "ann");
    assertThat(stored("written"))
        .isEqualTo(
            new StoredIdentity(
                "written",
                "ada",
                false,
                new Identity(new Basic("ann", new Password("s3cret")), List.of())));
  }

  @Test
  void aReplacedIdentityKeepsItsOwnerAndNothingElse() throws Exception {
    ada.put(PATH + "/replaced", BASIC);
    Answer replaced =
        root.put(PATH + "/replaced", "{\"shared\":true,\"signingSecrets\":[\"" + SIGNING + "\"]}");
    assertThat(replaced.status()).isEqualTo(200);
    assertThat(replaced.data().toString())
        .isEqualTo(
            "{\"id\":\"replaced\",\"owner\":\"ada\",\"shared\":true,"
                + "\"secretsSet\":[\"signingSecrets\"],\"signingSecretsCount\":1,\"usedBy\":[]}");
    assertThat(stored("replaced").identity().credentials()).isNull();
  }

  @Test
  void postGivesAnId() throws Exception {
    Answer created = ada.post(PATH, BASIC);
    assertThat(created.status()).isEqualTo(201);
    String id = created.data().path("id").textValue();
    assertThat(id).hasSize(36);
    assertThat(ada.delete(PATH + "/" + id).status()).isEqualTo(204);
    assertThat(ada.get(PATH + "/" + id).status()).isEqualTo(404);
  }

  @Test
  void othersDoNotSeeIt() throws Exception {
    ada.put(PATH + "/hers", BASIC);
    assertThat(bob.get(PATH + "/hers").status()).isEqualTo(404);
    assertThat(bob.delete(PATH + "/hers").status()).isEqualTo(404);
    assertThat(bob.put(PATH + "/hers", BASIC).status()).isEqualTo(409);
    assertThat(ids(bob.get(PATH))).doesNotContain("hers");
    assertThat(ids(ada.get(PATH))).contains("hers");
    assertThat(ids(root.get(PATH))).contains("hers");
  }

  @Test
  void everythingThatIsWrongIsToldAtOnceWithoutSecrets() throws Exception {
    Answer answer =
        ada.put(
            PATH + "/bad.id",
            "{\"type\":\"bearer\",\"token\":\"s3 cret\",\"owner\":\"bob\",\"shared\":1,\"x\":2,"
                + "\"signingSecrets\":[\"whsec_s3cret\"]}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.messages())
        .hasSize(6)
        .anyMatch(text -> text.contains("id must be"))
        .anyMatch(text -> text.contains("owner must be ada"))
        .anyMatch(text -> text.contains("shared must be true or false"))
        .anyMatch(text -> text.contains("token must be visible"))
        .anyMatch(text -> text.contains("signingSecrets[0] must be whsec_"))
        .anyMatch(text -> text.startsWith("x "));
    assertThat(answer.response().body()).doesNotContain("cret\"", "s3cret", "s3 cret");
    assertThat(ada.put(PATH + "/long", "{\"x\":\"" + "y".repeat(70_000) + "\"}").status())
        .isEqualTo(413);
  }

  @Test
  void emittersUseTheirOwnersIdentitiesAndSharedOnes() throws Exception {
    ada.put(PATH + "/lent", BASIC);
    assertThat(bob.post(DEFINITIONS, definition("lent")).messages())
        .singleElement()
        .asString()
        .contains("identityRef is no identity that you may use: lent");
    assertThat(bob.post(DEFINITIONS, definition("none")).messages())
        .singleElement()
        .asString()
        .contains("identityRef is no identity that you may use: none");

    ada.put(PATH + "/lent", BASIC.replace("{", "{\"shared\":true,"));
    Answer his = bob.post(DEFINITIONS, definition("lent"));
    assertThat(his.status()).as(his.response().body()).isEqualTo(201);
    assertThat(ada.put(PATH + "/lent", BASIC).messages())
        .singleElement()
        .asString()
        .contains("shared must stay true while 1 emitters of others use it");
    assertThat(ada.delete(PATH + "/lent").status()).isEqualTo(409);
    assertThat(ada.get(PATH + "/lent").data().path("usedBy")).isEmpty();
    assertThat(root.get(PATH + "/lent").data().path("usedBy")).hasSize(1);

    bob.delete(DEFINITIONS + "/" + his.data().path("id").textValue());
    Answer hers = ada.post(DEFINITIONS, definition("lent"));
    String id = hers.data().path("id").textValue();
    assertThat(ada.put(PATH + "/lent", BASIC).status()).isEqualTo(200);
    assertThat(ada.delete(PATH + "/lent").messages())
        .singleElement()
        .asString()
        .contains("id is used by emitters " + id);
    ada.delete(DEFINITIONS + "/" + id);
    assertThat(ada.delete(PATH + "/lent").status()).isEqualTo(204);
  }

  @Test
  void aUserHasNoMoreThanTheLimit() throws Exception {

    for (int i = 0; i < 5; i++) {
      assertThat(bob.put(PATH + "/bobs-" + i, BASIC).status()).isEqualTo(201);
    }
    assertThat(bob.put(PATH + "/bobs-5", BASIC).status()).isEqualTo(409);
    assertThat(bob.put(PATH + "/bobs-4", BASIC).status()).isEqualTo(200);
  }

  @Test
  void anotherKeyKeepsTheGatewayFromStarting() throws Exception {
    ada.put(PATH + "/any", BASIC);
    Path other = folder.resolve("other-key");
    StoreKey.generate(other, new SecureRandom());
    Map<String, String> wrong = new HashMap<>(settings());
    wrong.put("identities.key.file", other.toString());
    assertThatThrownBy(
            () ->
                new RunningGateway(
                        KafkaFixture.shared().bootstrapServers(),
                        KafkaFixture.uniqueName("ids"),
                        wrong)
                    .close())
        .isInstanceOf(GatewayStartException.class)
        .hasMessageContaining("was written with another key");
  }

  private static Map<String, String> settings() throws Exception {
    return Map.of(
        "auth.users.file",
        PublicUser.usersFile(folder).toString(),
        "identities.file",
        file().toString(),
        "identities.key.file",
        keyFile().toString(),
        "identities.user.limit",
        "5");
  }

  private static String definition(String identityRef) {
    return """
        {"type":"Webhook","topics":[["a"]],"identityRef":"%s",
         "parameters":{"url":"https://hooks.example.com/"}}
        """
        .formatted(identityRef);
  }

  private static StoredIdentity stored(String id) throws Exception {
    return new IdentityStore(file(), StoreKey.find(Map.of(), keyFile())).read().get(id);
  }

  private static List<String> ids(Answer answer) {
    return answer.data().findValuesAsText("id");
  }

  private static Path file() {
    return folder.resolve("identities");
  }

  private static Path keyFile() {
    return folder.resolve("key");
  }
}
