package io.millrace.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PasswordAuthenticatorTest {

  private final List<Runnable> waiting = new ArrayList<>();
  private final AtomicLong nanos = new AtomicLong();
  private Accounts accounts = accounts("right");

  private final PasswordAuthenticator authenticator = authenticator(waiting::add);

  @Test
  void acceptsTheRightPassword() {
    CompletionStage<Authentication> answer = ask("ann", "right");

    assertThat(answer.toCompletableFuture()).isNotDone();
    work(1);
    assertThat(answer.toCompletableFuture())
        .isCompletedWithValue(
            new Authentication.Accepted(new Principal("ann", Set.of(), null, null)));
  }

  @Test
  void refusesUnknownUsersInTheSameWordsAndWithTheSameWork() {
    CompletionStage<Authentication> wrong = ask("ann", "wrong");
    CompletionStage<Authentication> unknown = ask("bob", "wrong");

    work(2);
    assertThat(wrong.toCompletableFuture()).isCompletedWithValue(Authentication.wrong());
    assertThat(unknown.toCompletableFuture()).isCompletedWithValue(Authentication.wrong());
  }

  @Test
  void checksOnceForManyAndRemembersForAWhile() {
    ask("ann", "right");
    ask("ann", "right");
    work(1);

    assertThat(ask("ann", "right").toCompletableFuture()).isCompleted();
    assertThat(waiting).isEmpty();

    nanos.addAndGet(Duration.ofMinutes(6).toNanos());
    ask("ann", "right");
    work(1);
  }

  @Test
  void doesNotRememberWrongPasswords() {
    ask("ann", "wrong");
    work(1);
    ask("ann", "wrong");
    work(1);
  }

  @Test
  void refusesTheOldPasswordAtOnceWhenItChanges() {
    ask("ann", "right");
    work(1);

    accounts = accounts("new");
    CompletionStage<Authentication> old = ask("ann", "right");

    work(1);
    assertThat(old.toCompletableFuture()).isCompletedWithValue(Authentication.wrong());
  }

  @Test
  void refusesAnEmptyPassword() {
    CompletionStage<Authentication> empty = ask("ann", "");
    work(1);
    assertThat(empty.toCompletableFuture()).isCompletedWithValue(Authentication.wrong());
  }

  @Test
  void refusesPasswordsOfWhichBcryptWouldIgnoreTheEnd() {
    accounts = accounts("x".repeat(72));
    CompletionStage<Authentication> longer = ask("ann", "x".repeat(73));

    work(1);
    assertThat(longer.toCompletableFuture()).isCompletedWithValue(Authentication.wrong());
  }

  @Test
  void saysThatItHasTooMuchToDo() {
    PasswordAuthenticator full =
        authenticator(
            work -> {
              throw new RejectedExecutionException();
            });

    assertThat(full.authenticate(new Credentials.Basic("ann", "right")).toCompletableFuture())
        .isCompletedWithValueMatching(
            answer ->
                answer instanceof Authentication.Refused refused
                    && refused.reason() == Authentication.Reason.UNAVAILABLE);
  }

  private CompletionStage<Authentication> ask(String user, String password) {
    return authenticator.authenticate(new Credentials.Basic(user, password));
  }

  private void work(int checks) {
    assertThat(waiting).hasSize(checks);
    waiting.forEach(Runnable::run);
    waiting.clear();
  }

  private PasswordAuthenticator authenticator(Executor executor) {
    return new PasswordAuthenticator(
        () -> accounts, executor, Duration.ofMinutes(5), 10, nanos::get, new SecureRandom());
  }

  private static Accounts accounts(String password) {
    String hash = BCrypt.withDefaults().hashToString(4, password.toCharArray());
    Principal ann = new Principal("ann", Set.of(), null, null);
    return new Accounts(Map.of("ann", new User(ann, hash)), Map.of(), Map.of());
  }
}
