package io.millrace.source.task;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread of a reader; ends within five seconds of being told to. */
final class ReadingThread {

  private static final Logger LOG = LoggerFactory.getLogger(ReadingThread.class);
  private static final long PATIENCE_MILLIS = 3_000;

  private final Thread thread;
  private final Reader reader;

  private ReadingThread(Thread thread, Reader reader) {
    this.thread = thread;
    this.reader = reader;
  }

  static ReadingThread start(String name, ReadLoop loop, Reader reader) {
    Thread thread = new Thread(loop, name);
    thread.setDaemon(true);
    thread.setContextClassLoader(ReadingThread.class.getClassLoader());
    thread.start();
    return new ReadingThread(thread, reader);
  }

  void stop() {
    thread.interrupt();
    try {
      thread.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      LOG.warn("{} does not end", thread.getName());
    }
    reader.close();
  }
}
