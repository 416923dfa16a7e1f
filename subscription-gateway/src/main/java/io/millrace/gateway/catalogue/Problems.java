package io.millrace.gateway.catalogue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is wrong with one file.
 *
 * @param file its name where there are several
 */
record Problems(@Nullable String file, List<CatalogueProblem> all) {

  void add(int line, String field, String reason) {
    all.add(new CatalogueProblem(file, line, field, reason));
  }
}
