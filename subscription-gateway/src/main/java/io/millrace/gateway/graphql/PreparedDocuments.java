package io.millrace.gateway.graphql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import graphql.ExecutionInput;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.execution.preparsed.PreparsedDocumentProvider;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Documents that were read and validated, so that a client which sends one again and again costs
 * little. Bounded by the characters of the documents; one that alone would take a large part is not
 * kept.
 */
final class PreparedDocuments implements PreparsedDocumentProvider {

  private static final int LARGE_PART = 8;

  private final int longest;
  private final Cache<String, PreparsedDocumentEntry> cache;

  PreparedDocuments(int characters) {
    longest = characters / LARGE_PART;
    cache =
        Caffeine.newBuilder()
            .maximumWeight(characters)
            .weigher((String text, PreparsedDocumentEntry entry) -> text.length())
            .build();
  }

  @Override
  public CompletableFuture<PreparsedDocumentEntry> getDocumentAsync(
      ExecutionInput input, Function<ExecutionInput, PreparsedDocumentEntry> prepare) {
    String text = input.getQuery();
    PreparsedDocumentEntry entry = cache.getIfPresent(text);
    if (entry == null) {
      entry = prepare.apply(input);
      if (text.length() <= longest) {
        cache.put(text, entry);
      }
    }
    return CompletableFuture.completedFuture(entry);
  }
}
