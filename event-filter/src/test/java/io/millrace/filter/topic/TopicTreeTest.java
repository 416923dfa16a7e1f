package io.millrace.filter.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.event.TopicPath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TopicTreeTest {

  private final TopicTree<String> tree =
      TopicTree.<String>empty()
          .put("all")
          .put(topic("service"), "services")
          .put(topic("service/production"), "production")
          .put(topic("task"), "tasks");

  @Test
  void parentsTakeInTheirChildren() {
    assertThat(find(tree, "service/production/finance"))
        .containsExactly("all", "services", "production");
    assertThat(find(tree, "service/test")).containsExactly("all", "services");
    assertThat(find(tree, "service")).containsExactly("all", "services");
    assertThat(find(tree, "services")).containsExactly("all");
  }

  @Test
  void eventsWithoutTopicAreForSubscribersToEverything() {
    assertThat(find(tree, null)).containsExactly("all");
  }

  @Test
  void removingLeavesTheOthers() {
    TopicTree<String> fewer = tree.remove(topic("service"), "services").remove("all");
    assertThat(find(fewer, "service/production")).containsExactly("production");
  }

  @Test
  void removingWhatIsNotThereChangesNothing() {
    assertThat(tree.remove(topic("service/production"), "services")).isSameAs(tree);
    assertThat(tree.remove(topic("service/nowhere/at/all"), "services")).isSameAs(tree);
    assertThat(tree.remove("services")).isSameAs(tree);
  }

  @Test
  void branchesWithoutSubscribersAreDropped() {
    TopicTree<String> empty =
        TopicTree.<String>empty().put(topic("a/b/c"), "x").remove(topic("a/b/c"), "x");
    assertThat(empty.isEmpty()).isTrue();
  }

  @Test
  void aTreeStaysAsItIs() {
    tree.put(topic("service"), "late").remove("all");
    assertThat(find(tree, "service")).containsExactly("all", "services");
  }

  private static List<String> find(TopicTree<String> tree, @Nullable String path) {
    List<String> found = new ArrayList<>();
    tree.find(path == null ? null : topic(path), found::add);
    return found;
  }

  private static TopicPath topic(String path) {
    return TopicPath.parse(path);
  }
}
