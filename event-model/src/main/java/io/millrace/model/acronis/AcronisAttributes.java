package io.millrace.model.acronis;

import io.millrace.model.event.Extensions;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Properties of Acronis's events, and the CloudEvents attributes that they are on the log. */
public final class AcronisAttributes {

  /** CTI type of the subject. */
  public static final String SUBJECT_TYPE = "subjecttype";

  /** Id of the event that caused this one; Acronis calls it {@code trace_parent}. */
  public static final String CAUSE_ID = "causeid";

  /** Where the data is kept. Source: CloudEvents, Dataref (claim check). */
  public static final String DATA_REF = "dataref";

  /** The property that holds the data, which is no attribute. */
  public static final String DATA = "data";

  /** Attribute by property. */
  public static final Map<String, String> BY_PROPERTY;

  static {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("id", "id");
    names.put("type", "type");
    names.put("time", "time");
    names.put("source", "source");
    names.put("tenant_id", Extensions.TENANT_ID);
    names.put("subject", "subject");
    names.put("subject_type", SUBJECT_TYPE);
    names.put("client_id", Extensions.APP);
    names.put("trace_parent", CAUSE_ID);
    names.put("data_ref", DATA_REF);
    BY_PROPERTY = Collections.unmodifiableMap(names);
  }

  private AcronisAttributes() {}
}
