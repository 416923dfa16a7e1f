package io.millrace.gateway.foundry.socket;

import java.util.ArrayList;
import java.util.List;

/** What became of the topics of one request, in its order. For one thread at a time. */
final class TopicOutcome {

  private final List<String> succeeded = new ArrayList<>();
  private final List<String> failed = new ArrayList<>();
  private final List<String> reasons = new ArrayList<>();

  void succeeded(WantedTopic topic) {
    succeeded.add(topic.written());
  }

  /** Reason goes on where the topic begins the sentence. */
  void failed(WantedTopic topic, String reason) {
    failed.add(topic.written());
    reasons.add("topic " + topic.written() + " " + reason);
  }

  List<String> succeeded() {
    return succeeded;
  }

  List<String> failed() {
    return failed;
  }

  List<String> reasons() {
    return reasons;
  }
}
