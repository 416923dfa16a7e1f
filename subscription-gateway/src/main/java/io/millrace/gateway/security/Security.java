package io.millrace.gateway.security;

import io.millrace.filter.audience.AccessRules;
import io.millrace.filter.audience.RulesInForce;
import io.millrace.filter.audience.Viewer;
import io.millrace.filter.feel.InvalidExpressionException;
import io.millrace.gateway.auth.Authentication;
import io.millrace.gateway.auth.Authenticator;
import io.millrace.gateway.auth.Principal;
import io.millrace.gateway.auth.RoleBook;
import io.millrace.model.emitter.Problem;
import io.millrace.model.kafka.MillraceTopics;
import io.millrace.model.kafka.SecurityFollower;
import io.millrace.model.kafka.SecurityListener;
import io.millrace.model.kafka.TopicProvisioner;
import io.millrace.model.security.OwnerRoles;
import io.millrace.model.security.SecurityJson;
import io.millrace.model.security.SecurityRules;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules in force in this gateway. It tells them, and the roles of those who own emitters, to
 * the routers, through the security topic. Safe for use by several threads.
 */
public final class Security implements Viewers, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Security.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long EVERY_MILLIS = 1_000;

  private final RulesInForce rules = new RulesInForce(AccessRules.CLOSED);
  private final RoleBook book;
  private final OwnersKnown owners;
  private final SecurityWriter writer;
  private final SecurityFollower follower;
  private final ScheduledExecutorService executor;
  private volatile Optional<SecurityRules> recorded = Optional.empty();

  private Security(
      SecurityConfig config, Map<String, ?> clients, MillraceTopics topics, RoleBook book) {
    this.book = book;
    this.owners = new OwnersKnown(book, Clock.systemUTC(), config.retention());
    this.writer = new SecurityWriter(clients, topics);
    this.follower = new SecurityFollower(clients, topics, new Recorded());
    this.executor =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "millrace-owners");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Returns when it is known what stands in the security topic; nobody but admins may do anything
   * before {@link #enforce}.
   *
   * @param clients settings that every Kafka client gets
   * @param book those whose roles the gateway knows by itself
   * @throws KafkaException if Kafka does not answer
   */
  public static Security open(
      SecurityConfig config,
      Map<String, ?> clients,
      MillraceTopics topics,
      Admin admin,
      RoleBook book)
      throws InterruptedException {
    new TopicProvisioner(admin).ensure(List.of(TopicProvisioner.compacted(topics.security())));
    Security security = new Security(config, clients, topics, book);
    try {
      if (!security.follower.start().awaitCaughtUp(PATIENCE)) {
        throw new KafkaException("the security topic could not be read within " + PATIENCE);
      }
      return security;
    } catch (RuntimeException | InterruptedException e) {
      security.close();
      throw e;
    }
  }

  /**
   * Returns when the rules are in force here, and stand where routers read them.
   *
   * @throws KafkaException if they could not be written; then nothing has changed here
   * @throws InvalidExpressionException if a condition cannot be used; then nothing has changed
   */
  public void enforce(SecurityRules next) throws InterruptedException, InvalidExpressionException {
    AccessRules compiled = AccessRules.compile(next);
    // Of two gateways with the same catalogue one writes.
    if (!recorded.filter(told -> same(told, next)).isPresent()) {
      long unused = writer.write(next);
    }
    rules.replace(compiled);
  }

  private static boolean same(SecurityRules one, SecurityRules other) {
    return Arrays.equals(SecurityJson.write(one), SecurityJson.write(other));
  }

  /** The rules in force. */
  public RulesInForce rules() {
    return rules;
  }

  /** Who calls, and what that shows about the roles of users whom the gateway does not know. */
  public Authenticator watching(Authenticator authenticator) {
    return credentials ->
        authenticator
            .authenticate(credentials)
            .thenApply(
                answer -> {
                  if (answer instanceof Authentication.Accepted accepted) {
                    owners.shown(accepted.principal());
                  }
                  return answer;
                });
  }

  /**
   * Begins to tell the roles of owners.
   *
   * @param current all who own an emitter
   */
  public void follow(Supplier<Set<String>> current) {
    ScheduledFuture<?> unused =
        executor.scheduleWithFixedDelay(
            () -> tell(current.get()), 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Tells the roles of somebody who is about to own an emitter; there are never problems. */
  public CompletionStage<List<Problem>> announce(String owner) {
    return CompletableFuture.supplyAsync(
        () -> {
          tell(Set.of(owner));
          return List.of();
        },
        executor);
  }

  @Override
  public Supplier<Viewer> of(Principal principal) {
    return book.roles(principal.name()).isPresent()
        ? new FiledViewer(principal, book)
        : principal::viewer;
  }

  private void tell(Set<String> about) {
    try {
      for (String owner : about) {
        Optional<OwnersKnown.News> news = owners.news(owner);
        if (news.isPresent()) {
          long offset = writer.write(news.get());
          owners.said(news.get());
          boolean seen = follower.awaitPosition(offset + 1, PATIENCE);
          LOG.info("The roles of {} are told to routers{}", owner, seen ? "" : ", not yet seen");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.warn("The roles of emitters' owners could not be told, trying again: {}", e.toString());
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
    follower.close();
    writer.close();
  }

  private final class Recorded implements SecurityListener {

    @Override
    public void rules(Optional<SecurityRules> now) {
      recorded = now;
    }

    @Override
    public void roles(String user, @Nullable OwnerRoles roles) {
      owners.recorded(user, roles);
    }
  }
}
