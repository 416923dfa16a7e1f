package io.millrace.model.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditVerifierTest {

  private static final List<String> LOG = log(8);

  private final List<AuditFinding> findings = new ArrayList<>();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1 2 3 4 5 6 7 8 |
          3 4 5           |
          1               |
          1 2 4 5         | line 3, entry 3: entry 3 is missing before this one
          1 2 6 7         | line 3, entry 3: entries 3 to 5 are missing before this one
          1 3 2 4         | line 3, entry 3: entry 2 is out of order: it comes after 3
          1 4 2 5         | line 3, entry 3: entry 2 is out of order: it comes after 4;line 2, entry 2: entry 3 is missing before this one
          1 2 2 3         | line 3, entry 3: entry 2 is there twice, or does not belong here
          3 4 2           | line 3, entry 3: entry 2 is there twice, or does not belong here
          """)
  void namesWhatIsMissingReorderedOrDoubled(String order, @Nullable String wrong) {
    String lines =
        Arrays.stream(order.strip().split(" "))
            .map(number -> LOG.get(Integer.parseInt(number) - 1))
            .collect(Collectors.joining("\n", "", "\n"));
    assertThat(String.join(";", verify(lines))).isEqualTo(wrong == null ? "" : wrong);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "amount":3              | "amount":4             | entry 3 was changed: its hash is not that of its content
          "amount":3              | "amount":3.0           | entry 3 was changed: its hash is not that of its content
          "time":"2026-01-01T00:00:03Z" | "time":"2026-01-01T00:00:04Z" | entry 3 was changed: its hash is not that of its content
          "sequence":3            | "sequence":"3"         | has no 'sequence' of 1 or more;line 4, entry 4: entry 3 is missing before this one
          {"sequence":3           | {"by":"me","sequence":3 | has a field 'by', which no entry has;line 4, entry 4: entry 3 is missing before this one
          {"sequence":3           | {"sequence":9,"sequence":3 | has 'sequence' twice;line 4, entry 4: entry 3 is missing before this one
          "event":{               | "event":{{             | -
          """)
  void namesWhatWasChanged(String before, String after, String wrong) {
    List<String> lines = new ArrayList<>(LOG);
    lines.set(2, lines.get(2).replace(before, after));
    assertThat(lines.get(2)).isNotEqualTo(LOG.get(2));
    List<String> told = verify(String.join("\n", lines));
    if (wrong.equals("-")) {
      assertThat(told).hasSize(1).allMatch(text -> text.startsWith("line 3: is no JSON from here"));
    } else {
      assertThat(String.join(";", told)).isEqualTo("line 3, entry 3: " + wrong);
    }
  }

  @Test
  void anEntryPutInWithAHashOfItsOwnIsNoticedByTheNext() {
    ChainLink second = links().get(2);
    List<String> lines = new ArrayList<>(LOG);
    lines.set(2, text(second.next(Instant.EPOCH, "{\"forged\":true}".getBytes(UTF_8))));
    assertThat(verify(String.join("\n", lines)))
        .containsExactly(
            "line 4, entry 4: entry 4 does not follow entry 3: its 'previous' is another hash");
  }

  @Test
  void layoutAndCompressionMakeNoDifference() throws IOException {
    String array = "[" + String.join(",", LOG) + "]";
    String pretty = new ObjectMapper().readTree(array).toPrettyString();
    assertThat(verify(array)).isEmpty();
    assertThat(verify(pretty)).isEmpty();
    assertThat(findings(null, gzip(array))).isEmpty();
    assertThat(findings(null, gzip(String.join("\n", LOG)))).isEmpty();
    assertThat(verify("[]")).isEmpty();
    assertThat(verify("")).isEmpty();
  }

  @Test
  void namesTheLineOfALaidOutDocument() throws IOException {
    String array = "[" + String.join(",", LOG).replace("\"amount\":3", "\"amount\":4") + "]";
    String pretty = new ObjectMapper().readTree(array).toPrettyString();
    int line =
        1 + (int) pretty.substring(0, pretty.indexOf("\"sequence\" : 3")).lines().count() - 2;
    assertThat(verify(pretty))
        .containsExactly(
            "line %d, entry 3: entry 3 was changed: its hash is not that of its content"
                .formatted(line));
  }

  @Test
  void namesAnEndThatComesTooSoon() throws IOException {
    String array = "[" + String.join(",", LOG) + "]";
    assertThat(verify(array.substring(0, array.length() - 1)))
        .singleElement()
        .asString()
        .contains("is no JSON from here on: Unexpected end-of-input");
    assertThat(verify(array.substring(0, array.length() - 20))).hasSize(1);
    assertThat(verify(array + "{}")).hasSize(1);
    byte[] whole = gzip(array);
    assertThat(findings(null, Arrays.copyOf(whole, whole.length - 20)))
        .singleElement()
        .asString()
        .contains("ends in the middle");
  }

  @Test
  void downloadsFollowEachOther() throws IOException {
    assertThat(findings(null, part(1, 3), part(4, 8))).isEmpty();
    assertThat(findings(null, part(1, 3), part(5, 8)))
        .containsExactly("line 1, entry 1: entry 4 is missing before this one");
    String third = links().get(3).hash();
    assertThat(findings(third, part(4, 8))).isEmpty();
    assertThat(findings(third, part(5, 8)))
        .containsExactly("line 1, entry 1: entry 5 does not follow the given hash");
  }

  @Test
  void aChainBeginsWithZeros() {
    ChainLink elsewhere = new ChainLink(0, "1".repeat(64), Instant.EPOCH);
    assertThat(verify(text(elsewhere.next(Instant.EPOCH, "{}".getBytes(UTF_8)))))
        .containsExactly("line 1, entry 1: the first entry of all must have zeros as 'previous'");
  }

  @Test
  void timeNeverGoesBack() {
    ChainLink link =
        ChainLink.START.next(Instant.parse("2026-01-01T00:00:00.1239Z"), new byte[0]).link();
    assertThat(link.time()).isEqualTo("2026-01-01T00:00:00.123Z");
    assertThat(link.next(Instant.EPOCH, new byte[0]).time()).isEqualTo(link.time());
  }

  /** So that others can check a chain with a few lines in any language. */
  @Test
  void hashesAsTheDocumentationSays() {
    assertThat(ChainLink.START.next(Instant.parse("2026-01-01T00:00:00Z"), "{}".getBytes(UTF_8)))
        .extracting(AuditEntry::hash)
        // printf '%064d\n1\n2026-01-01T00:00:00Z\n{}' 0 | sha256sum
        .isEqualTo("8b0d9b47fcddd077b862d77798f4f3b1df776ad9b457e909f2b2bb7c124a2186");
  }

  private List<String> verify(String download) {
    try {
      return findings(null, download.getBytes(UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<String> findings(@Nullable String anchor, byte[]... downloads) throws IOException {
    findings.clear();
    AuditVerifier verifier = new AuditVerifier(anchor, findings::add);
    for (byte[] download : downloads) {
      verifier.read("f", new ByteArrayInputStream(download));
    }
    AuditVerifier.Summary summary = verifier.finish();
    assertThat(summary.holds()).isEqualTo(findings.isEmpty());
    return findings.stream().map(each -> each.toString().replace("f, ", "")).toList();
  }

  private static byte[] part(int first, int last) {
    return String.join("\n", LOG.subList(first - 1, last)).getBytes(UTF_8);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return out.toByteArray();
  }

  private static List<String> log(int size) {
    List<ChainLink> links = links();
    return IntStream.rangeClosed(1, size).mapToObj(i -> text(entry(links.get(i - 1), i))).toList();
  }

  private static List<ChainLink> links() {
    List<ChainLink> links = new ArrayList<>(List.of(ChainLink.START));
    for (int i = 1; i <= 8; i++) {
      links.add(entry(links.get(i - 1), i).link());
    }
    return links;
  }

  private static AuditEntry entry(ChainLink link, int i) {
    Instant time = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(i);
    String event = "{\"id\":\"%d\",\"data\":{\"amount\":%d,\"text\":\"ä\\n\"}}".formatted(i, i);
    return link.next(time, event.getBytes(UTF_8));
  }

  private static String text(AuditEntry entry) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    entry.appendTo(out);
    return out.toString(UTF_8);
  }
}
