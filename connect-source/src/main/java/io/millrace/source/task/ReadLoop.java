package io.millrace.source.task;

import io.millrace.source.config.Backoff;
import io.millrace.source.http.LaterException;
import java.io.IOException;
import java.time.Duration;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls a reader again and again until it is interrupted, or until a person is needed. */
final class ReadLoop implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(ReadLoop.class);

  private final Reader reader;
  private final Intake intake;
  private final Backoff backoff;
  private final Tally tally;
  private final Sleeper sleeper;
  private int failures;

  ReadLoop(Reader reader, Intake intake, Backoff backoff, Tally tally, Sleeper sleeper) {
    this.reader = reader;
    this.intake = intake;
    this.backoff = backoff;
    this.tally = tally;
    this.sleeper = sleeper;
  }

  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        readOnce();
      }
    } catch (InterruptedException e) {
      // The task stops, and nothing is left to do.
      Thread.currentThread().interrupt();
    } catch (ConnectException e) {
      intake.fail(e);
    } catch (RuntimeException e) {
      intake.fail(new ConnectException("The source has failed: " + e, e));
    } catch (Error e) {
      intake.fail(new ConnectException("The source has failed: " + e, e));
      throw e;
    } finally {
      tally.connected(false);
    }
  }

  private void readOnce() throws InterruptedException {
    long before = intake.progress();
    try {
      reader.read(intake);
      failures = 0;
    } catch (IOException e) {
      tally.connected(false);
      tally.failed();
      failures = intake.progress() == before ? failures + 1 : 1;
      Duration wait = wait(e);
      // Once each time it begins; what comes after it is the same again.
      if (failures == 1) {
        LOG.warn("{}; next attempt in {} ms", e.getMessage(), wait.toMillis());
      } else {
        LOG.debug("{}; attempt {} in {} ms", e.getMessage(), failures + 1, wait.toMillis());
      }
      sleeper.sleep(wait);
    }
  }

  private Duration wait(IOException e) {
    Duration wait = backoff.after(failures);
    Duration asked = e instanceof LaterException later ? later.atLeast() : null;
    return asked == null || asked.compareTo(wait) < 0 ? wait : asked;
  }
}
