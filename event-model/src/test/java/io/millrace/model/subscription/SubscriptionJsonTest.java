package io.millrace.model.subscription;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.emitter.EventFilter;
import io.millrace.model.event.TopicPath;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionJsonTest {

  @Test
  void whatIsWrittenIsReadBackEqual() throws Exception {
    var filter =
        new EventFilter(
            List.of(TopicPath.parse("a/b"), TopicPath.parse("c")), Set.of("m"), "x > 1");
    var record = new SubscriptionRecord(new SubscriptionDefinition("mmm", filter, "ann"), "g", 17);
    assertThat(SubscriptionJson.record(SubscriptionJson.write(record))).isEqualTo(record);
    var bare =
        new SubscriptionRecord(
            new SubscriptionDefinition("mmm", EventFilter.EVERYTHING, "ann"), "g", 0);
    assertThat(SubscriptionJson.record(SubscriptionJson.write(bare))).isEqualTo(bare);
    var settings = Map.of("session_timeout", "PT30S", "tenant", "t");
    var acronis =
        new SubscriptionRecord(
            new SubscriptionDefinition("acronis", filter, "ann", "acronis", settings), "g", 0);
    assertThat(SubscriptionJson.record(SubscriptionJson.write(acronis))).isEqualTo(acronis);
    var claim = new SubscriptionClaim("node", "session", true);
    assertThat(SubscriptionJson.claim(SubscriptionJson.write(claim))).isEqualTo(claim);
    var lease = new SubscriptionLease("c", 3, 30_000, new SubscriptionLease.Taken("g", 7));
    assertThat(SubscriptionJson.lease(SubscriptionJson.write(lease))).isEqualTo(lease);
    lease = new SubscriptionLease("c", 3, 30_000, null);
    assertThat(SubscriptionJson.lease(SubscriptionJson.write(lease))).isEqualTo(lease);
    var progress = new SubscriptionProgress("g", 5, 1L << 40);
    assertThat(SubscriptionJson.progress(SubscriptionJson.write(progress))).isEqualTo(progress);
  }

  @Test
  void whatHasNoSettingsIsWrittenAsBefore() throws Exception {
    String before =
        "{'stream':'mmm','topics':[],'messages':[],'filter':'x','owner':'a','generation':'g','start':0}"
            .replace('\'', '"');
    SubscriptionRecord record = SubscriptionJson.record(before.getBytes(UTF_8));
    assertThat(record.definition().dialect()).isEmpty();
    assertThat(new String(SubscriptionJson.write(record), UTF_8)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{'stream':'mmm','topics':[],'messages':[],'filter':null,'owner':'a','generation':'g'}",
        "{'stream':'m m','topics':[],'messages':[],'filter':null,'owner':'a','generation':'g','start':0}",
        "{'stream':'mmm','topics':[],'messages':[],'filter':null,'owner':null,'generation':'g','start':0}",
        "{'stream':'mmm','topics':[],'messages':[],'filter':null,'owner':'a','generation':'g','start':-1}",
        "{'stream':'mmm','topics':[[]],'messages':[],'filter':null,'owner':'a','generation':'g','start':0}",
        "{'stream':'mmm','topics':[],'messages':[],'filter':null,'owner':'a','generation':'g','start':0,'tenant':'t'}"
      })
  void whatIsNotUnderstoodIsRefused(String json) {
    assertThatThrownBy(() -> SubscriptionJson.record(json.replace('\'', '"').getBytes(UTF_8)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void keysAreReadBackEqual() {
    List<SubscriptionKey> keys =
        List.of(
            new SubscriptionKey.Definition("s-1"),
            new SubscriptionKey.Creation("s-1", "g"),
            new SubscriptionKey.Claim("s-1"),
            new SubscriptionKey.Lease("s-1", "node"),
            new SubscriptionKey.Progress("s-1", "node"),
            new SubscriptionKey.Node("node"));
    keys.forEach(key -> assertThat(SubscriptionKey.parse(key.text())).contains(key));
    assertThat(keys.stream().map(SubscriptionKey::text)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "s#other", "s#claim#x", "#other#x", "#", "##", "s#progress"})
  void unknownKeysAreNone(String text) {
    assertThat(SubscriptionKey.parse(text)).isEmpty();
  }
}
