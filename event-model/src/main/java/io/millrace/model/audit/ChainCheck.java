package io.millrace.model.audit;

import io.millrace.model.audit.AuditVerifier.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Whether entries follow each other. What is missing is known only at the end. For one thread. */
final class ChainCheck {

  private static final int MOST_GAPS = 10_000;

  /** Sequences that were passed over, to be found later or not at all. */
  private record Gap(long last, String file, long line, long entry) {}

  private final @Nullable String anchor;
  // By the first sequence that is missing.
  private final TreeMap<Long, Gap> gaps = new TreeMap<>();
  private long entries;
  private @Nullable Mark first;
  private @Nullable Mark last;

  ChainCheck(@Nullable String anchor) {
    this.anchor = anchor;
  }

  /** What is wrong with an entry, seen from those before it. */
  List<AuditFinding> take(WrittenEntry entry, String file, long line, long place) {
    entries++;
    List<String> wrong = new ArrayList<>();
    if (entry.fault() != null) {
      wrong.add(entry.fault());
    } else {
      if (!entry.intact()) {
        wrong.add(name(entry.sequence()) + " was changed: its hash is not that of its content");
      }
      follow(entry, file, line, place, wrong);
    }
    return wrong.stream().map(text -> new AuditFinding(file, line, place, text)).toList();
  }

  /** What never came. */
  List<AuditFinding> finish() {
    List<AuditFinding> findings = new ArrayList<>();
    gaps.forEach(
        (from, gap) -> {
          String what =
              from == gap.last
                  ? name(from) + " is missing"
                  : "entries " + from + " to " + gap.last + " are missing";
          findings.add(new AuditFinding(gap.file, gap.line, gap.entry, what + " before this one"));
        });
    return findings;
  }

  long entries() {
    return entries;
  }

  @Nullable Mark first() {
    return first;
  }

  @Nullable Mark last() {
    return last;
  }

  private void follow(WrittenEntry entry, String file, long line, long place, List<String> wrong) {
    Mark mark = new Mark(entry.sequence(), entry.time(), entry.previous(), entry.hash());
    Mark before = last;
    if (before == null) {
      begin(mark, wrong);
      return;
    }
    if (mark.sequence() <= before.sequence()) {
      wrong.add(
          isFound(mark.sequence())
              ? name(mark.sequence()) + " is out of order: it comes after " + before.sequence()
              : name(mark.sequence()) + " is there twice, or does not belong here");
      return;
    }
    if (mark.sequence() > before.sequence() + 1) {
      gap(before.sequence() + 1, new Gap(mark.sequence() - 1, file, line, place), wrong);
    } else if (!mark.previous().equals(before.hash())) {
      wrong.add(
          "%s does not follow %s: its 'previous' is another hash"
              .formatted(name(mark.sequence()), name(before.sequence())));
    }
    last = mark;
  }

  private void begin(Mark mark, List<String> wrong) {
    first = mark;
    last = mark;
    String expected = anchor == null && mark.sequence() == 1 ? ChainLink.START.hash() : anchor;
    if (expected != null && !mark.previous().equals(expected)) {
      wrong.add(
          anchor == null
              ? "the first entry of all must have zeros as 'previous'"
              : name(mark.sequence()) + " does not follow the given hash");
    }
  }

  private void gap(long from, Gap gap, List<String> wrong) {
    if (gaps.size() < MOST_GAPS) {
      gaps.put(from, gap);
    } else {
      wrong.add("entries " + from + " to " + gap.last + " are not before this one");
    }
  }

  /** Takes a sequence out of the gaps; false if it is in none. */
  private boolean isFound(long sequence) {
    Map.Entry<Long, Gap> around = gaps.floorEntry(sequence);
    if (around == null || around.getValue().last < sequence) {
      return false;
    }
    Gap gap = around.getValue();
    gaps.remove(around.getKey());
    if (around.getKey() < sequence) {
      gaps.put(around.getKey(), new Gap(sequence - 1, gap.file, gap.line, gap.entry));
    }
    if (sequence < gap.last) {
      gaps.put(sequence + 1, gap);
    }
    return true;
  }

  private static String name(long sequence) {
    return "entry " + sequence;
  }
}
