package io.millrace.gateway.graphql.socket;

import graphql.ExecutionResult;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * One operation of a client. A result is asked for when the one before was sent, so that at most
 * one waits for a client that reads slowly. All but what the publisher calls happens in the strand.
 */
final class Operation implements Subscriber<ExecutionResult> {

  private final String id;
  private final Protocol protocol;
  private final Strand strand;
  private final Line line;
  private final Deque<ByteBuffer> unsent = new ArrayDeque<>(2);
  private @Nullable Subscription source;
  private boolean asked;
  private boolean last;
  private boolean over;

  /** Does nothing yet; {@code line} has it when it has something to send. */
  Operation(String id, Protocol protocol, Strand strand, Line line) {
    this.id = id;
    this.protocol = protocol;
    this.strand = strand;
    this.line = line;
  }

  String id() {
    return id;
  }

  /** The engine has answered. */
  void answered(@Nullable ExecutionResult result, @Nullable Throwable failure) {
    if (result != null && result.getData() instanceof Publisher) {
      Publisher<ExecutionResult> results = result.getData();
      results.subscribe(this); // Cancelled at once if nobody wants it any more.
    } else if (over) {
      return;
    } else if (result == null) {
      fail(failure);
    } else if (!result.isDataPresent()) {
      end(protocol.refused(id, GraphQlFailure.all(result.getErrors())));
    } else {
      ByteBuffer rendered = rendered(result);
      if (rendered != null) {
        end(List.of(rendered, protocol.complete(id)));
      }
    }
  }

  private @Nullable ByteBuffer rendered(ExecutionResult result) {
    try {
      return protocol.next(id, result);
    } catch (RuntimeException e) {
      fail(e);
      return null;
    }
  }

  private void fail(@Nullable Throwable failure) {
    end(List.of(protocol.failed(id, GraphQlFailure.of(failure))));
  }

  private void end(List<ByteBuffer> messages) {
    if (source != null) {
      source.cancel(); // Changes nothing where the publisher has ended by itself.
    }
    last = true;
    unsent.addAll(messages);
    line.join(this);
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    strand.execute(
        () -> {
          if (over || source != null) {
            subscription.cancel();
          } else {
            source = subscription;
            ask(subscription);
          }
        });
  }

  private void ask(Subscription subscription) {
    asked = true;
    subscription.request(1);
  }

  @Override
  public void onNext(ExecutionResult result) {
    strand.execute(
        () -> {
          if (over || last) {
            return;
          }
          if (!asked) {
            fail(new IllegalStateException("a publisher has sent more than it was asked for"));
            return;
          }
          asked = false;
          ByteBuffer rendered = rendered(result);
          if (rendered != null) {
            unsent.add(rendered);
            line.join(this);
          }
        });
  }

  @Override
  public void onError(Throwable failure) {
    strand.execute(
        () -> {
          if (!over && !last) {
            fail(failure);
          }
        });
  }

  @Override
  public void onComplete() {
    strand.execute(
        () -> {
          if (!over && !last) {
            end(List.of(protocol.complete(id)));
          }
        });
  }

  /** What is to be sent; the operation has none of it any more. */
  List<ByteBuffer> takeUnsent() {
    List<ByteBuffer> messages = List.copyOf(unsent);
    unsent.clear();
    return messages;
  }

  /** What was taken is sent: asks for more, or tells that this was all. */
  boolean sent() {
    if (last) {
      over = true;
    } else if (source != null) {
      ask(source);
    }
    return over;
  }

  /** Ends it without a word. */
  void cancel() {
    over = true;
    unsent.clear();
    if (source != null) {
      source.cancel();
    }
  }
}
