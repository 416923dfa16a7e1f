package io.millrace.gateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.filter.audience.AccessRules;
import io.millrace.model.emitter.TenantDepth;
import io.millrace.model.emitter.TenantScope;
import io.millrace.model.event.TopicPath;
import io.millrace.model.security.Permission;
import io.millrace.model.security.TopicRule;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueReaderTest {

  @Test
  void readsTheOneThatComesWithTheGateway() throws Exception {
    Catalogue catalogue = CatalogueFile.builtIn();
    AcronisTopic topic =
        catalogue.acronisTopic("cti.a.p.em.topic.v1.0~a.p.tenant.v1.0").orElseThrow();
    assertThat(topic.stream()).isEqualTo("acronis-tenant");
    assertThat(topic.description()).isEqualTo("State changes of tenants");
    assertThat(topic.retention().duration()).isEqualTo(Duration.ofDays(90));
    assertThat(catalogue.messagesOn(topic.topic())).hasSize(6);
    assertThat(catalogue.claims().get("acronis-task"))
        .containsExactly(TopicPath.parse("acronis/task"));
    assertThat(catalogue.acronis()).hasSize(2).noneMatch(AcronisTopic::consolidated);
  }

  @Test
  void readsTheSampleOfFourVendors() throws Exception {
    Path sample = Path.of("../standalone/src/main/dist/etc/catalogue");
    Catalogue catalogue = CatalogueReader.read(CatalogueText.read(sample));
    assertThat(catalogue.streams())
        .extracting(StreamEntry::name)
        .containsExactly(
            "acronis-tenant", "acronis-task", "acronis-setting", "des", "foundry", "mmm");
    assertThat(catalogue.acronis()).hasSize(3);
    assertThat(catalogue.tenants().parents()).hasSize(2);
    assertThat(catalogue.acronis().get(2).consolidated()).isTrue();
    assertThat(catalogue.topics())
        .extracting(topic -> topic.path().toString())
        .contains(
            "service", "environment", "task", "connector", "repository", "issue", "websession");
    assertThat(catalogue.clientOnly(TopicPath.parse("transaction/deposit"))).isTrue();
    assertThat(catalogue.clientOnly(TopicPath.parse("apps/order/success/today"))).isTrue();
    assertThat(catalogue.clientOnly(TopicPath.parse("apps/order"))).isFalse();
    assertThat(catalogue.rules().rules()).hasSize(4);
    assertThat(catalogue.messagesOn(TopicPath.parse("websession")).get(0).fieldNames())
        .contains("timeout", "sessionId");
    AccessRules rules = AccessRules.compile(catalogue.rules());
    assertThat(rules.everybodySeesAll()).isFalse();
  }

  @Test
  void aFolderIsOneCatalogueAndTellsWhichFileIsWrong(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("a.yaml"), "topics:\n  - {path: a, stream: s}\n");
    Files.writeString(folder.resolve("b.json"), "{\"streams\": [{\"name\": \"s\"}]}");
    Files.writeString(folder.resolve(".hidden.yaml"), "no catalogue");
    Files.writeString(folder.resolve("readme.txt"), "no catalogue");
    Catalogue catalogue = CatalogueReader.read(CatalogueText.read(folder));
    assertThat(catalogue.topics()).hasSize(1);
    assertThat(CatalogueText.files(folder)).hasSize(2);
    Files.writeString(
        folder.resolve("c.yml"),
        "topics:\n  - {path: a}\nsecurity: {receive: {roles: [x]}}\nstreams: {");
    assertThat(CatalogueText.files(folder)).hasSize(3);
    assertThatThrownBy(() -> CatalogueReader.read(CatalogueText.read(folder)))
        .hasMessageContaining("c.yml line 4: content is neither YAML nor JSON");
    Files.writeString(
        folder.resolve("c.yml"), "topics:\n  - {path: a}\nsecurity: {receive: {roles: [x]}}\n");
    Files.writeString(folder.resolve("d.yml"), "security: {receive: {roles: [y]}}\n");
    assertThatThrownBy(() -> CatalogueReader.read(CatalogueText.read(folder)))
        .hasMessageContainingAll(
            "c.yml line 2: topics[0].path is there twice: a, first in a.yaml line 2",
            "d.yml line 1: security is in another file too");
  }

  @Test
  void readsWhoMayReceiveAndPublish() throws Exception {
    Catalogue catalogue =
        read(
            """
            security:
              publish: {roles: [writer]}
            topics:
              - path: a
                security:
                  receive: {roles: [r], users: [u], condition: x = 1, replaces: true}
              - path: a/b
                security:
                  receive: {condition: viewer.name = event.user}
              - path: a/c
                security:
                  receive: {roles: []}
            """);
    assertThat(catalogue.rules().rules())
        .containsExactly(
            new TopicRule(null, null, Permission.ofRoles("writer")),
            new TopicRule(
                TopicPath.parse("a"),
                new Permission(Set.of("r"), Set.of("u"), "x = 1", true),
                null),
            new TopicRule(
                TopicPath.parse("a/b"),
                Permission.ofRoles("*").when("viewer.name = event.user"),
                null),
            new TopicRule(TopicPath.parse("a/c"), Permission.ofRoles(), null));
  }

  @Test
  void refusesRulesThatSayNothingOrAnythingUnknown() {
    String text =
        """
        topics:
          - path: a
            security:
          - path: b
            security: {}
          - path: c
            security: {receive: }
          - path: d
            security: {receive: {}}
          - path: e
            security: {recieve: {roles: [x]}}
          - path: f
            security: {receive: {roles: [x], condition: "1 +"}}
          - path: g
            security: {publish: {role: x}}
          - path: h
            security: {publish: {roles: x}}
        messages:
          - type: m
            fields: [{name: x}, {name: x, type: text}, {type: string}]
        """;
    assertThatThrownBy(() -> read(text))
        .hasMessageContainingAll(
            "topics[0].security must be an object, or be left out",
            "line 5: topics[1].security must say who may receive or publish",
            "line 7: topics[2].security.receive must be an object, or be left out",
            "line 9: topics[3].security.receive must name roles, users or a condition",
            "line 11: topics[4].security.recieve is not known; known are publish, receive",
            "line 13: topics[5].security.receive.condition is no FEEL that can be used",
            "line 15: topics[6].security.publish.role is not known",
            "line 17: topics[7].security.publish.roles must be a list",
            "line 20: messages[0].fields[1].name is there twice: x, first in line 20",
            "line 20: messages[0].fields[1].type must be one of string, number, integer, boolean,",
            "line 20: messages[0].fields[2].name is missing");
  }

  @Test
  void readsTenants() throws Exception {
    TenantTree tree =
        read("""
                tenants:
                  - id: top
                    children:
                      - id: middle
                        children: [{id: low}]
                  - id: other
                """)
            .tenants();
    assertThat(tree.reaches(new TenantScope("top", TenantDepth.ALL), "low")).isTrue();
    assertThat(tree.reaches(new TenantScope("top", TenantDepth.DIRECT), "low")).isFalse();
    assertThat(tree.reaches(new TenantScope("top", TenantDepth.DIRECT), "middle")).isTrue();
    assertThat(tree.reaches(new TenantScope("top", TenantDepth.CURRENT), "middle")).isFalse();
    assertThat(tree.reaches(new TenantScope("top", TenantDepth.CURRENT), "top")).isTrue();
    assertThat(tree.reaches(new TenantScope("middle", TenantDepth.ALL), "top")).isFalse();
    assertThat(tree.reaches(new TenantScope("top", TenantDepth.ALL), "other")).isFalse();
    assertThat(tree.reaches(new TenantScope("unknown", TenantDepth.ALL), "unknown")).isTrue();
  }

  @Test
  void tellsEverythingThatIsWrongWithItsLine() {
    String text =
        """
        streams:
          - name: a b
          - {name: s}
          - {name: s}
        topics:
          - path: a//b
          - path: a
            stream: t
          - path: b
            stream: s
        messages:
          - description: none
            topics: [c]
            schema: 5
        acronis:
          - id: x
            topic: c
            ordering: SOME
            retention: 30d
            persistency: maybe
          - id: cti.a.p.em.topic.v1.0~a.p.x.v1.0
            topic: b
          - id: cti.a.p.em.topic.v1.0~a.p.y.v1.0
            topic: b
        tenants:
          - {id: t, children: [{id: t}]}
          - name: no id
        more: 1
        """;
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(CatalogueException.class)
        .hasMessageContainingAll(
            "catalogue test.yaml: ",
            "line 2: streams[0].name has 1 to 100 letters",
            "line 4: streams[2].name is there twice: s, first in line 3",
            "line 6: topics[0].path is wrong: a level of a topic must not be empty",
            "line 8: topics[1].stream is none of the streams: t",
            "line 12: messages[0].type is missing",
            "line 13: messages[0].topics has one that is none of the topics: c",
            "line 14: messages[0].schema must be an object",
            "line 16: acronis[0].id must be a CTI",
            "line 17: acronis[0].topic must be one of the topics, and have a stream: c",
            "line 18: acronis[0].ordering must be one of NONE, PRODUCER, EVENTMANAGER",
            "line 19: acronis[0].retention is wrong: not a time",
            "line 20: acronis[0].persistency must be true or false",
            "line 24: acronis[2].topic is on the same stream as that of",
            "line 26: tenants[0].children[0].id is there twice: t, first in line 26",
            "line 27: tenants[1].id is missing",
            "line 28: more is not known");
  }

  @Test
  void tellsWhereAFileIsNoYaml() {
    assertThatThrownBy(() -> read("streams:\n  - {name: [}\n"))
        .isInstanceOf(CatalogueException.class)
        .hasMessageContaining("line 2: content is neither YAML nor JSON");
    assertThatThrownBy(() -> read("streams:\n  - {name: a}\n  name: b\n"))
        .hasMessageEndingWith(
            "line 3: content is neither YAML nor JSON: while parsing a block collection,"
                + " expected <block end>, but found '?'");
    assertThatThrownBy(() -> read("- a\n")).hasMessageContaining("must be an object");
  }

  @Test
  void tellsAKeyThatIsThereTwice() {
    assertThatThrownBy(() -> read("streams: []\ntopics:\n  - path: a\nstreams: []\n"))
        .isInstanceOf(CatalogueException.class)
        .hasMessageEndingWith("line 4: streams is there twice, first in line 1");
  }

  @Test
  void tellsTheLineOfAKeyWhoseValueIsBelowIt() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    topics:
                      - path: a
                        securty:
                          receive: {roles: [x]}
                        subLevels:
                          to: b
                    """))
        .hasMessageContainingAll(
            "line 3: topics[0].securty is not known", "line 5: topics[0].subLevels must be a list");
  }

  @Test
  void anEmptyOneDeclaresNothing() throws Exception {
    assertThat(read("")).isEqualTo(Catalogue.EMPTY);
    assertThat(read("{}")).isEqualTo(Catalogue.EMPTY);
  }

  private static Catalogue read(String text) throws CatalogueException {
    return CatalogueReader.read(
        CatalogueText.of("test.yaml", text.getBytes(StandardCharsets.UTF_8)));
  }
}
