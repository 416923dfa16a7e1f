package io.millrace.gateway.graphql.socket;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.gateway.auth.Authentication;
import io.millrace.gateway.http.RequestAuthenticator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One client's side of a protocol, in one thread. */
final class Talk {

  final TestGraphQl graphQl = new TestGraphQl();
  final FakeSocket socket = new FakeSocket();
  final ManualTimers timers = new ManualTimers();
  int taken;

  /** Set by a test that answers credentials itself. */
  @Nullable CompletableFuture<Authentication> check;

  final Conversation conversation;

  /**
   * Begins with an open socket.
   *
   * @param header the handshake's {@code Authorization}
   */
  Talk(Protocol protocol, @Nullable String header) {
    RequestAuthenticator authenticator =
        new RequestAuthenticator(
            credentials ->
                check == null
                    ? CompletableFuture.completedFuture(TestServer.answer(credentials))
                    : check,
            new SimpleMeterRegistry());
    GraphQlSocketConfig config =
        new GraphQlSocketConfig(Duration.ofSeconds(10), Duration.ofSeconds(15), 3);
    GraphQlSockets home = new GraphQlSockets(graphQl, authenticator, config, timers);
    conversation = new Conversation(protocol, home, header, Runnable::run);
    conversation.opened(socket);
  }

  /** An accepted client whose greeting was heard. */
  static Talk begun(Protocol protocol) {
    Talk talk = new Talk(protocol, TestServer.ADA);
    talk.say("{'type':'connection_init'}");
    talk.heard();
    return talk;
  }

  /** Says it with ' for ". */
  Talk say(String text) {
    conversation.message(text.replace('\'', '"'), () -> taken++);
    return this;
  }

  /** What was heard since the last time, with ' for ". */
  List<String> heard() {
    List<String> heard =
        new ArrayList<>(socket.sent.stream().map(text -> text.replace('"', '\'')).toList());
    socket.sent.clear();
    return heard;
  }

  @Nullable String closed() {
    return socket.closed;
  }

  Numbers numbers(int index) {
    return graphQl.started.get(index);
  }
}
