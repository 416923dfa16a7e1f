package io.millrace.emitter.powerbi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.cloudevents.CloudEvent;
import io.millrace.filter.event.EventView;
import io.millrace.filter.feel.EvaluationFailedException;
import io.millrace.filter.feel.EventExpression;
import io.millrace.filter.feel.InvalidExpressionException;
import io.millrace.model.emitter.PowerBiColumn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events as rows of one table. Immutable, and safe for use by several threads. */
final class Rows {

  private static final JsonFactory JSON = new JsonFactory();

  private record Column(PowerBiColumn told, EventExpression lookup) {}

  private final List<Column> columns;

  private Rows(List<Column> columns) {
    this.columns = columns;
  }

  /**
   * For these columns.
   *
   * @throws InvalidExpressionException if a lookup is no FEEL that is taken
   */
  static Rows of(List<PowerBiColumn> told) throws InvalidExpressionException {
    List<Column> columns = new ArrayList<>();
    for (PowerBiColumn column : told) {
      columns.add(new Column(column, EventExpression.compile(column.lookup())));
    }
    return new Rows(List.copyOf(columns));
  }

  /** A row: a cell for each column, in their order. */
  record Row(List<@Nullable Object> cells) {}

  /**
   * The row of an event.
   *
   * @throws InvalidRowException if one of its values is not one of the column's type
   */
  Row row(CloudEvent event) throws InvalidRowException {
    EventView view = new EventView(event);
    List<@Nullable Object> cells = new ArrayList<>(columns.size());
    for (Column column : columns) {
      try {
        cells.add(Cells.cell(column.told().type(), column.lookup().evaluate(view)));
      } catch (EvaluationFailedException e) {
        throw new InvalidRowException("has no value: " + e.reason()).in(column.told().name());
      } catch (InvalidRowException e) {
        throw e.in(column.told().name());
      }
    }
    return new Row(cells);
  }

  /** The body of a request with these rows. */
  byte[] body(List<Row> rows) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(64 * (1 + rows.size()));
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeArrayFieldStart("rows");
      for (Row row : rows) {
        json.writeStartObject();
        for (int i = 0; i < columns.size(); i++) {
          json.writeFieldName(columns.get(i).told().name());
          write(json, row.cells().get(i));
        }
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void write(JsonGenerator json, @Nullable Object cell) throws IOException {
    if (cell instanceof Long number) {
      json.writeNumber(number);
    } else if (cell instanceof Double number) {
      json.writeNumber(number);
    } else if (cell instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (cell == null) {
      json.writeNull();
    } else {
      json.writeString(cell.toString());
    }
  }
}
