package io.millrace.model.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Says whether downloads of an audit log hold: JSON arrays or NDJSON, compressed or not, each going
 * on where the one before ended. Needs little memory, however long they are. For one thread.
 */
public final class AuditVerifier {

  private static final JsonFactory JSON = new JsonFactory();
  private static final int GZIP_FIRST = 0x1f;

  private final ChainCheck chain;
  private final Consumer<AuditFinding> findings;
  private long found;

  /**
   * Nothing is read yet.
   *
   * @param anchor hash that the first entry must follow; null takes the one that it names
   * @param findings is told of everything that is wrong, as it is read
   */
  public AuditVerifier(@Nullable String anchor, Consumer<AuditFinding> findings) {
    this.chain = new ChainCheck(anchor);
    this.findings = findings;
  }

  /**
   * Reads one download to its end.
   *
   * @param name for findings
   * @throws IOException if it cannot be read; what is wrong with what was read is a finding
   */
  public void read(String name, InputStream download) throws IOException {
    Place place = new Place(name);
    try (InputStream plain = plain(download);
        JsonParser parser = JSON.createParser(plain)) {
      place.parser = parser;
      readAll(parser, place);
    } catch (JsonProcessingException e) {
      report(place, "is no JSON from here on: " + reason(e));
    } catch (EOFException | ZipException e) {
      report(place, "ends in the middle, or is not compressed as it says: " + e.getMessage());
    }
  }

  /** To be called after the last one: tells of what is missing. */
  public Summary finish() {
    chain.finish().forEach(this::tell);
    return new Summary(chain.entries(), found, chain.first(), chain.last());
  }

  /**
   * What was read.
   *
   * @param findings how much was wrong
   * @param first of the entries; null when there was none
   * @param last the entry of the highest sequence
   */
  public record Summary(long entries, long findings, @Nullable Mark first, @Nullable Mark last) {

    public boolean holds() {
      return findings == 0;
    }
  }

  /** An entry, for a summary. */
  public record Mark(long sequence, String time, String previous, String hash) {}

  private void readAll(JsonParser parser, Place place) throws IOException {
    JsonToken first = parser.nextToken();
    boolean array = first == JsonToken.START_ARRAY;
    JsonToken token = array ? parser.nextToken() : first;
    while (token != null && token != JsonToken.END_ARRAY) {
      place.line = parser.currentTokenLocation().getLineNr();
      place.entry++;
      WrittenEntry entry = WrittenEntry.read(parser);
      chain.take(entry, place.file, place.line, place.entry).forEach(this::tell);
      token = parser.nextToken();
    }
    if (array && parser.nextToken() != null) {
      report(place, "goes on after the end of the array");
    }
  }

  // Where Jackson read from says nothing to whoever reads this.
  private static String reason(JsonProcessingException e) {
    return String.valueOf(e.getOriginalMessage()).replaceFirst(" \\(start marker at .*", "");
  }

  private void report(Place place, String text) {
    tell(new AuditFinding(place.file, place.currentLine(), 0, text));
  }

  private void tell(AuditFinding finding) {
    found++;
    findings.accept(finding);
  }

  private static InputStream plain(InputStream download) throws IOException {
    PushbackInputStream peeked =
        new PushbackInputStream(new BufferedInputStream(download, 1 << 16));
    int first = peeked.read();
    if (first >= 0) {
      peeked.unread(first);
    }
    return first == GZIP_FIRST ? new GZIPInputStream(peeked, 1 << 16) : peeked;
  }

  /** Where the reading is. */
  private static final class Place {
    private final String file;
    private @Nullable JsonParser parser;
    private long line = 1;
    private long entry;

    Place(String file) {
      this.file = file;
    }

    long currentLine() {
      return parser == null ? line : Math.max(line, parser.currentLocation().getLineNr());
    }
  }
}
