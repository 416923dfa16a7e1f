package io.millrace.gateway.auth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest readable state of a users file. Looks at the file again and again, since mounted files
 * (such as Kubernetes secrets) raise no file system events; a broken file is reported, and what was
 * read before stays in force.
 */
final class AccountsFile implements Supplier<Accounts> {

  private static final Logger LOG = LoggerFactory.getLogger(AccountsFile.class);

  private final Path file;
  private volatile Accounts accounts;
  private @Nullable String seen;

  private AccountsFile(Path file, Accounts accounts, @Nullable String seen) {
    this.file = file;
    this.accounts = accounts;
    this.seen = seen;
  }

  static AccountsFile follow(Path file, Duration every, ScheduledExecutorService scheduler)
      throws AccountsException {
    // Looked at before it is read: a change in between is then seen by the next look.
    String seen = look(file);
    AccountsFile followed = new AccountsFile(file, AccountsReader.read(file), seen);
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
    String now = look(file);
    if (now != null && now.equals(seen)) {
      return;
    }
    if (now == null && seen == null) {
      return;
    }
    seen = now;
    try {
      accounts = AccountsReader.read(file);
      LOG.info("Users file read again: {}", accounts);
    } catch (AccountsException e) {
      LOG.error("What was read before stays in force; {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("What was read before of the users file stays in force", e);
    }
  }

  private static @Nullable String look(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.lastModifiedTime() + "/" + attributes.size() + "/" + attributes.fileKey();
    } catch (IOException e) {
      return null;
    }
  }
}
