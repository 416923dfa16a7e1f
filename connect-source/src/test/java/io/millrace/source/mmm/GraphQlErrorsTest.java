package io.millrace.source.mmm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphQlErrorsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static Throwable ofSubscription(String errors) throws IOException {
    GraphQlErrors told = GraphQlErrors.of(JSON.readTree(errors.replace('\'', '"')));
    return catchThrowable(
        () -> {
          throw told.ofSubscription();
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{'message':'Unknown argument','locations':[{'line':1,'column':1}]}]",
        "{'message':'Unknown argument','locations':[{'line':1,'column':1}]}",
        "{'errors':[{'message':'Unknown argument','locations':[]}]}",
        "[{'message':'No','extensions':{'classification':'ValidationError'}}]",
        "[{'message':'No','extensions':{'code':'GRAPHQL_VALIDATION_FAILED'},'path':['a']}]",
        "[{'message':'Access is denied','path':['a']}]",
        "[{'message':'fine'},{'message':'User is not authorized'}]",
        "[{'message':'No','extensions':{'code':'BAD_USER_INPUT'},'path':['a']}]"
      })
  void aPersonIsNeeded(String errors) throws IOException {
    assertThat(ofSubscription(errors)).isInstanceOf(ConnectException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{'message':'The database is away','path':['a'],'locations':[]}]",
        "[{'message':'Busy','extensions':{'code':'UNAVAILABLE'},'locations':[]}]",
        "[{'message':'Oops','extensions':{'classification':'DataFetchingException'},'path':['a']}]",
        "[]",
        "null"
      })
  void itPasses(String errors) throws IOException {
    assertThat(ofSubscription(errors)).isExactlyInstanceOf(IOException.class);
  }

  @Test
  void credentialsAndTakeoversAreToldApart() throws IOException {
    assertThat(ofSubscription("[{'message':'x','extensions':{'code':'UNAUTHENTICATED'}}]"))
        .isInstanceOf(UnauthorizedException.class);
    assertThat(ofSubscription("[{'message':'x','extensions':{'code':'TAKEN_OVER'}}]"))
        .isInstanceOf(TakenOverException.class);
  }

  @Test
  void theServersWordsAreOneLineOfBoundedLength() throws IOException {
    assertThat(ofSubscription("[{'message':'a\\n\\tb'},{'message':'c'}]"))
        .hasMessageEndingWith("a b; c");
    assertThat(GraphQlErrors.plain("x".repeat(600))).hasSize(501);
  }
}
