package io.millrace.gateway.live;

import io.cloudevents.CloudEvent;
import io.millrace.filter.audience.Admission;
import io.millrace.filter.audience.Audience;
import io.millrace.filter.audience.Viewer;
import io.millrace.gateway.stream.StreamedEvent;
import java.nio.ByteBuffer;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to all who want it: what is found out about it, or made of it, is so once.
 * Safe for use by several threads.
 */
public final class LiveEvent {

  private final Place place;
  private final StreamedEvent streamed;
  private volatile @Nullable Collection<Interest> interests;
  private volatile @Nullable Admission admission;
  private volatile @Nullable Written written;

  LiveEvent(Place place, StreamedEvent streamed) {
    this.place = place;
    this.streamed = streamed;
  }

  /** A format's message, and those of other formats. */
  private record Written(EventFormat format, ByteBuffer message, @Nullable Written others) {

    static @Nullable ByteBuffer find(@Nullable Written first, EventFormat format) {
      for (Written each = first; each != null; each = each.others) {
        if (each.format == format) {
          return each.message;
        }
      }
      return null;
    }
  }

  public CloudEvent event() {
    return streamed.event();
  }

  /** Where it stands. */
  public Place place() {
    return place;
  }

  /** Its id in its partition: the Kafka offset + 1. */
  public long id() {
    return streamed.id();
  }

  /** The log's time of it, in milliseconds since 1970. */
  public long logged() {
    return streamed.logged();
  }

  long offset() {
    return streamed.offset();
  }

  /** Its position, as {@link Positions} are written: who has seen it goes on behind it. */
  public String position() {
    return place + ":" + id();
  }

  /** Its message in a format, the same for all receivers. */
  public ByteBuffer as(EventFormat format) {
    ByteBuffer message = Written.find(written, format);
    return message == null ? write(format) : message;
  }

  private synchronized ByteBuffer write(EventFormat format) {
    ByteBuffer known = Written.find(written, format);
    if (known != null) {
      return known;
    }
    ByteBuffer message = format.write(this);
    written = new Written(format, message, written);
    return message;
  }

  /** Who wants it; as of the first time that this is asked. */
  Collection<Interest> interests(Interests all) {
    Collection<Interest> known = interests;
    return known == null ? match(all) : known;
  }

  private synchronized Collection<Interest> match(Interests all) {
    Collection<Interest> known = interests;
    if (known == null) {
      known = all.match(event());
      interests = known;
    }
    return known;
  }

  /** Whether somebody may see it; by the rules of the first time that this is asked. */
  boolean admits(Viewer viewer, Audience audience) {
    Admission known = admission;
    if (known == null) {
      known = audience.of(event());
      admission = known;
    }
    return known.admits(viewer);
  }

  /** Forgets what was found out and made; it can be again. */
  synchronized void forget() {
    interests = null;
    admission = null;
    written = null;
  }
}
