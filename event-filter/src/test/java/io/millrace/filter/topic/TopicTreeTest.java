package io.millrace.filter.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.event.TopicPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopicTreeTest {

  private final TopicTree<String> tree = new TopicTree<>();

  @BeforeEach
  void fill() {
    tree.change(null, none -> "all");
    put("service", "services");
    put("service/production", "production");
    put("task", "tasks");
  }

  @Test
  void parentsTakeInTheirChildren() {
    assertThat(find("service/production/finance")).containsExactly("all", "services", "production");
    assertThat(find("service/test")).containsExactly("all", "services");
    assertThat(find("service")).containsExactly("all", "services");
    assertThat(find("/service")).containsExactly("all", "services");
    assertThat(find("services")).containsExactly("all");
  }

  @Test
  void eventsWithoutReadableTopicAreForSubscribersToEverything() {
    for (String topic : new String[] {null, "", "/", "service//production", "service/"}) {
      assertThat(find(topic)).containsExactly("all");
    }
  }

  @Test
  void removingLeavesTheOthers() {
    put("service", null);
    tree.change(null, all -> null);
    assertThat(find("service/production")).containsExactly("production");
  }

  @Test
  void removingWhatIsNotThereChangesNothing() {
    put("service/nowhere/at/all", null);
    assertThat(find("service/nowhere/at/all")).containsExactly("all", "services");
  }

  @Test
  void isEmptyWithoutSubscribers() {
    for (String topic : List.of("service", "service/production", "task")) {
      put(topic, null);
      assertThat(tree.isEmpty()).isFalse();
    }
    tree.change(null, all -> null);
    assertThat(tree.isEmpty()).isTrue();
  }

  @Test
  void changesSeeWhatWasThere() {
    tree.change(TopicPath.parse("task"), former -> former + "!");
    assertThat(find("task")).containsExactly("all", "tasks!");
  }

  @Test
  void readsTopicsAsTopicPathDoes() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String alphabet = "ab/ \t\u0085\u00a0\u2003\u0000é/";
    for (int i = 0; i < 20_000; i++) {
      var text = new StringBuilder();
      int length = i % 100 == 0 ? 1000 + random.nextInt(50) : random.nextInt(8);
      String letters = i % 3 == 0 ? alphabet : i % 3 == 1 ? "a/" : "ab";
      while (text.length() < length) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      assertThat(TopicText.isReadable(text.toString()))
          .as("'%s', seed %d", text, seed)
          .isEqualTo(isTopicPath(text.toString()));
    }
    assertThat(TopicText.isReadable("a/".repeat(31) + "a")).isTrue();
    assertThat(TopicText.isReadable("a/".repeat(32) + "a")).isFalse();
  }

  private static boolean isTopicPath(String text) {
    try {
      TopicPath.parse(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void put(String topic, @Nullable String subscriber) {
    tree.change(TopicPath.parse(topic), former -> subscriber);
  }

  private List<String> find(@Nullable String path) {
    List<String> found = new ArrayList<>();
    tree.find(path, found::add);
    return found;
  }
}
