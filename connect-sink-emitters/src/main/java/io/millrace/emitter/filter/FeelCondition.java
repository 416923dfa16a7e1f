package io.millrace.emitter.filter;

import io.millrace.filter.event.UnreadableDataException;
import io.millrace.filter.feel.FeelExpression;
import io.millrace.filter.feel.Outcome;
import io.millrace.model.event.UnreadableEventException;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An expression asked of records: what cannot be evaluated does not hold, and is counted. */
final class FeelCondition implements RecordCondition {

  private static final Logger LOG = LoggerFactory.getLogger(FeelCondition.class);

  private final FeelExpression expression;
  private final RecordVariables variables;
  private long failures;
  private long nextTold = 1;

  FeelCondition(FeelExpression expression) {
    this.expression = expression;
    // Taking a record's surroundings apart costs something, and few expressions name them.
    this.variables = new RecordVariables(expression.toString().contains(RecordVariables.RECORD));
  }

  @Override
  public boolean holds(ConnectRecord<?> record) {
    Outcome outcome = evaluate(record);
    if (outcome == Outcome.FAILED) {
      countFailure(record);
    }
    return outcome == Outcome.TRUE;
  }

  /** For how many records the expression could not be evaluated. */
  long failures() {
    return failures;
  }

  private Outcome evaluate(ConnectRecord<?> record) {
    try {
      return expression.evaluate(variables.of(record));
    } catch (UnreadableEventException
        | UnreadableDataException
        | RuntimeException
        | StackOverflowError e) {
      // Without the cause: its message may hold values of the record.
      LOG.debug("A record could not be read: {}", e.getClass().getSimpleName());
      return Outcome.FAILED;
    }
  }

  // The first time and each power of ten: what keeps failing is seen, and floods nothing.
  private void countFailure(ConnectRecord<?> record) {
    failures++;
    if (failures == nextTold) {
      nextTold *= 10;
      LOG.warn(
          "A FEEL expression could not be evaluated for the {}. time, now for a record of topic {};"
              + " such records count as not matched",
          failures,
          record.topic());
    }
  }
}
