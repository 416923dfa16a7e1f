package io.millrace.gateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.emitter.TenantDepth;
import io.millrace.model.emitter.TenantScope;
import io.millrace.model.event.TopicPath;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

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
  void readsTheSample() throws Exception {
    Path sample = Path.of("../standalone/src/main/dist/etc/catalogue.yaml");
    Catalogue catalogue = CatalogueReader.read("sample", Files.readAllBytes(sample));
    assertThat(catalogue.acronis()).hasSize(3);
    assertThat(catalogue.tenants().parents()).hasSize(2);
    assertThat(catalogue.acronis().get(2).consolidated()).isTrue();
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
            "line 4: streams[2].name is there twice: s",
            "line 6: topics[0].path is wrong: a level of a topic must not be empty",
            "line 8: topics[1].stream is none of the streams: t",
            "line 12: messages[0].type is missing",
            "line 13: messages[0].topics has one that is none of the topics: c",
            "line 14: messages[0].schema must be an object",
            "line 16: acronis[0].id must be a CTI",
            "line 17: acronis[0].topic must be one of the topics, and have a stream: c",
            "line 18: acronis[0].ordering must be one of [NONE, PRODUCER, EVENTMANAGER]",
            "line 19: acronis[0].retention is wrong: not a time",
            "line 20: acronis[0].persistency must be true or false",
            "line 24: acronis[2].topic is on the same stream as that of",
            "line 26: tenants[0].children[0].id is there twice: t",
            "line 27: tenants[1].id is missing",
            "line 28: more is not known");
  }

  @Test
  void tellsWhereAFileIsNoYaml() {
    assertThatThrownBy(() -> read("streams:\n  - {name: [}\n"))
        .isInstanceOf(CatalogueException.class)
        .hasMessageContaining("line 2: content is neither YAML nor JSON");
    assertThatThrownBy(() -> read("streams: []\nstreams: []\n"))
        .isInstanceOf(CatalogueException.class)
        .hasMessageContaining("line 2");
    assertThatThrownBy(() -> read("- a\n")).hasMessageContaining("must be an object");
  }

  @Test
  void anEmptyOneDeclaresNothing() throws Exception {
    assertThat(read("")).isEqualTo(Catalogue.EMPTY);
    assertThat(read("{}")).isEqualTo(Catalogue.EMPTY);
  }

  private static Catalogue read(String text) throws CatalogueException {
    return CatalogueReader.read("test.yaml", text.getBytes(StandardCharsets.UTF_8));
  }
}
