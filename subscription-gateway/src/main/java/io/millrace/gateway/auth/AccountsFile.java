package io.millrace.gateway.auth;

import io.millrace.gateway.file.FileWatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest readable state of a users file. Looks at the file again and again; a broken one is
 * reported, and what was read before stays in force.
 */
final class AccountsFile implements Supplier<Accounts> {

  private static final Logger LOG = LoggerFactory.getLogger(AccountsFile.class);

  private final Path file;
  private final FileWatch watch;
  private volatile Accounts accounts;

  private AccountsFile(Path file) throws AccountsException {
    this.file = file;
    this.watch = new FileWatch(List.of(file));
    boolean unused = watch.changed();
    this.accounts = AccountsReader.read(file);
  }

  static AccountsFile follow(Path file, Duration every, ScheduledExecutorService scheduler)
      throws AccountsException {
    AccountsFile followed = new AccountsFile(file);
    long millis = every.toMillis();
    ScheduledFuture<?> unused =
        scheduler.scheduleWithFixedDelay(followed::refresh, millis, millis, TimeUnit.MILLISECONDS);
    return followed;
  }

  @Override
  public Accounts get() {
    return accounts;
  }

  private void refresh() {
    if (!watch.changed()) {
      return;
    }
    try {
      accounts = AccountsReader.read(file);
      LOG.info("Users file read again: {}", accounts);
    } catch (AccountsException e) {
      LOG.error("What was read before stays in force; {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("What was read before of the users file stays in force", e);
    }
  }
}
