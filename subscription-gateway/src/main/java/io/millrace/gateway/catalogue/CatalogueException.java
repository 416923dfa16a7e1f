package io.millrace.gateway.catalogue;

import java.util.List;
import java.util.stream.Collectors;

/** A catalogue that cannot be used, with its file and everything that is wrong with it. */
public final class CatalogueException extends Exception {

  private static final long serialVersionUID = 1L;

  CatalogueException(String file, List<CatalogueProblem> problems) {
    super(
        "catalogue "
            + file
            + ": "
            + problems.stream().map(CatalogueProblem::toString).collect(Collectors.joining("; ")));
  }

  /** A catalogue that is right in itself, but does not go with something else. */
  public CatalogueException(String reason, Throwable cause) {
    super("catalogue: " + reason, cause);
  }
}
