package io.millrace.gateway.foundry.kept;

import io.millrace.gateway.failure.Causes;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Trouble;
import io.millrace.model.kafka.MillraceTopics;
import io.millrace.model.kafka.TopicFollower;
import io.millrace.model.kafka.TopicProvisioner;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of every client, in a compacted Kafka topic that each gateway follows. One session
 * at a time has a client: the last that has claimed it, by the order of the log. What another one
 * still writes does not count, and is written over.
 *
 * <p>Safe for use by several threads. No method blocks; stages complete on threads of this object,
 * which must not be held either.
 */
public final class ClientBook implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ClientBook.class);
  private static final Duration STEP = Duration.ofSeconds(1);
  private static final Duration CLAIM_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration LONGEST_LOOK = Duration.ofMinutes(1);

  private final Pages pages = new Pages();
  private final BookWriter writer;
  private final TopicFollower follower;
  private final Clock clock;
  private final Duration longest;
  private final int most;
  private final ScheduledThreadPoolExecutor timer;
  private final CompletableFuture<Void> read = new CompletableFuture<>();

  private ClientBook(KeepConfig config, Map<String, ?> clients, String topic, Clock clock) {
    this.clock = clock;
    this.longest = config.longest();
    this.most = config.clients();
    this.writer = new BookWriter(clients, topic);
    Map<String, Object> settings = new HashMap<>(clients);
    settings.put("client.id", "millrace-gateway-foundry");
    this.follower = new TopicFollower(settings, topic, "millrace-foundry-clients", this::changed);
    this.timer =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "millrace-foundry-book");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Begins to read, after the topic exists.
   *
   * @param clients settings that every Kafka client gets
   * @throws KafkaException if the topic could not be created
   * @throws InterruptedException if interrupted while the broker works
   */
  public static ClientBook start(
      KeepConfig config, Map<String, ?> clients, MillraceTopics topics, Admin admin, Clock clock)
      throws InterruptedException {
    String topic = topics.foundryClients();
    new TopicProvisioner(admin).ensure(List.of(TopicProvisioner.compacted(topic)));
    ClientBook book = new ClientBook(config, clients, topic, clock);
    book.follower.start();
    book.timer.execute(book::awaitRead);
    long every = Math.min(LONGEST_LOOK.toMillis(), Math.max(1, config.longest().toMillis() / 8));
    var unused = book.timer.scheduleWithFixedDelay(book::look, every, every, TimeUnit.MILLISECONDS);
    return book;
  }

  private void awaitRead() {
    try {
      if (follower.awaitCaughtUp(STEP)) {
        read.complete(null);
      } else {
        timer.execute(this::awaitRead);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Takes a client over, from whichever session has it.
   *
   * @param session unlike all others
   * @param lost run at most once, when a newer session has taken it over, after the claim
   * @return what is known of it by then; fails if Kafka does not take the claim in time, and with
   *     an {@link HttpProblem} if the user has too many others
   */
  public CompletionStage<ClientState> claim(ClientId id, String session, Runnable lost) {
    Holder holder = new Holder(session, lost, new CompletableFuture<>());
    var unused =
        read.thenCompose(
                nothing -> {
                  if (most > 0 && pages.get(id.key()) == null && pages.of(id.owner()) >= most) {
                    throw HttpProblem.of(
                        Trouble.TOO_MANY_REQUESTS,
                        "clientUUID",
                        "is a new name, and a user may have "
                            + most
                            + " (foundry.private.max.clients)");
                  }
                  Page page = pages.with(id.key(), wanted -> wanted.add(holder));
                  return write(id.key(), session, true, page.state());
                })
            .whenComplete(
                (nothing, failure) -> {
                  if (failure != null) {
                    holder.claimed().completeExceptionally(Causes.of(failure));
                  }
                });
    return holder
        .claimed()
        .orTimeout(CLAIM_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete(
            (state, failure) -> {
              if (failure != null) {
                release(id, session);
              }
            });
  }

  /**
   * Writes down what a session knows of its client; does nothing if it has it no more.
   *
   * @return completes when Kafka has it
   */
  public CompletionStage<Void> save(ClientId id, String session, ClientState state) {
    Page page = pages.get(id.key());
    return page != null && page.ownedBy(session)
        ? write(id.key(), session, false, state)
        : CompletableFuture.completedFuture(null);
  }

  /** The session does not want the client any more. */
  public void release(ClientId id, String session) {
    pages.with(id.key(), page -> page.remove(session));
  }

  private CompletableFuture<Void> write(
      String key, String session, boolean claim, ClientState state) {
    return writer.put(
        key, ClientRecordJson.write(new ClientRecord(session, claim, clock.millis(), state)));
  }

  private void changed(String key, byte @Nullable [] value) {
    try {
      ClientRecord record = value == null ? null : ClientRecordJson.read(value);
      List<Runnable> then = new ArrayList<>();
      pages.with(
          key,
          page -> {
            Runnable repair = () -> repair(key, page);
            then.addAll(record == null ? page.removed(repair) : page.take(record, repair));
          });
      then.forEach(Runnable::run);
    } catch (IOException e) {
      LOG.warn("The record of a client of Foundry's is passed over: {}", e.getMessage());
    }
  }

  private void repair(String key, Page page) {
    String owner = page.holder();
    if (owner != null) {
      var unused = write(key, owner, false, page.state());
    }
  }

  /** Forgets clients that did not come back, and renews the records of those that are quiet. */
  private void look() {
    if (!read.isDone()) {
      return;
    }
    long now = clock.millis();
    pages.forEach(
        (key, page) -> {
          String quiet = page.quietSince(now - longest.toMillis() / 4);
          if (quiet != null) {
            var unused = write(key, quiet, false, page.state());
          } else if (page.abandonedSince(now - longest.toMillis() * 5 / 4)) {
            var unused = writer.put(key, null);
          }
        });
  }

  /** How many clients are known. */
  public int size() {
    return pages.size();
  }

  /** Completes when what stood in Kafka at the start was read. */
  public CompletionStage<Void> ready() {
    return read.minimalCompletionStage();
  }

  /** Waits a little until what was saved is written. */
  @Override
  public void close() {
    timer.shutdownNow();
    writer.close();
    follower.close();
  }
}
