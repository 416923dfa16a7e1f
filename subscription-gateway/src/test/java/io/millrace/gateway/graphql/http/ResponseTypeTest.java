package io.millrace.gateway.graphql.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseTypeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/*                                                             | JSON",
        "application/*                                                   | JSON",
        "application/json                                                | JSON",
        "APPLICATION/JSON; charset=utf-8                                 | JSON",
        "application/graphql-response+json                               | GRAPHQL",
        "application/graphql-response+json, application/json             | GRAPHQL",
        "application/json, application/graphql-response+json             | GRAPHQL",
        "application/graphql-response+json;q=0.5, application/json       | JSON",
        "application/graphql-response+json, application/json;q=0.9       | GRAPHQL",
        "application/graphql-response+json;q=0, */*                      | JSON",
        "application/json;q=0, */*                                       | GRAPHQL",
        "text/html, application/xhtml+xml, */*;q=0.8                     | JSON",
        "text/html                                                       | ",
        "application/json;q=0                                            | ",
        "application/json;q=much                                         | ",
        "application/graphql-response+json;q=0, application/json;q=0, */* | ",
      })
  void isWhatTheClientLikesBest(String accept, ResponseType liked) {
    assertThat(ResponseType.liked(accept).orElse(null)).isEqualTo(liked);
  }

  @Test
  void isJsonWithoutAWish() {
    assertThat(ResponseType.liked(null)).contains(ResponseType.JSON);
    assertThat(ResponseType.liked(" ")).contains(ResponseType.JSON);
  }
}
