package io.millrace.model.emitter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PowerBiParametersTest {

  private static final String AMOUNT = "{'name':'Amount','type':'Double','lookup':'amount * 2'}";

  @Test
  void readsThemAll() throws Exception {
    assertThat(read("'messages':['m'],", "'group':'g','columns':[" + AMOUNT + "]").parameters())
        .isEqualTo(
            new PowerBiParameters(
                "d",
                "Sales",
                "Orders",
                "g",
                List.of(new PowerBiColumn("Amount", PowerBiColumn.Type.DOUBLE, "amount * 2"))));
  }

  @Test
  void whatIsWrittenIsReadBackEqual() throws Exception {
    List<PowerBiColumn> columns =
        List.of(
            new PowerBiColumn("a", PowerBiColumn.Type.INT64, "x"),
            new PowerBiColumn("b c", PowerBiColumn.Type.DATE_TIME, "event.time"));
    EmitterDefinition definition =
        new EmitterDefinition(
            "e",
            new EventFilter(List.of(), Set.of("m"), null),
            "ann@x",
            new PowerBiParameters("d", "s", "n", null, columns));
    assertThat(DefinitionJson.read("e", DefinitionJson.write(definition))).isEqualTo(definition);
  }

  @Test
  void columnsMayBeTextWhereConfigurationHasNothingElse() throws Exception {
    Map<String, Object> values =
        Map.of(
            "id",
            "d",
            "schema",
            "s",
            "name",
            "n",
            "columns",
            "[" + AMOUNT.replace('\'', '"') + "]");
    EmitterParameters parameters =
        EmitterParameters.read(EmitterType.POWER_BI, new ParameterReader(values, ""));
    assertThat(((PowerBiParameters) parameters).columns()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "''|parameters.columns is required",
        "'columns':7|parameters.columns must be an array",
        "'columns':'[1'|parameters.columns must be an array",
        "'columns':[]|parameters.columns must be 1 to 75 columns",
        "'columns':[7]|parameters.columns[0] must be an object of name, type and lookup",
        "'columns':[{'name':'a','type':'Text','lookup':'x'}]|parameters.columns[0].type must be one of Int64, Double, Boolean, DateTime, String, and is Text",
        "'columns':[{'type':'Double','lookup':'x'}]|parameters.columns[0].name is required",
        "'columns':[{'name':'a','type':'Double','lookup':1}]|parameters.columns[0].lookup must be a text that is not empty",
        "'columns':[{'name':'a','type':'Double','lookup':'x','format':'%'}]|parameters.columns[0].format is not known here; known are name, type, lookup",
        "'columns':[{'name':'a','type':'Double','lookup':'x'},{'name':'A','type':'Double','lookup':'y'}]|parameters.columns[1].name must not be that of another column",
      })
  void theProblemNamesTheField(String columns, String problem) {
    assertThat(problems("'messages':['m'],", columns.equals("''") ? "'group':'g'" : columns))
        .containsExactly(problem);
  }

  @Test
  void tableHasOnlySoManyColumns() {
    String columns =
        IntStream.rangeClosed(0, PowerBiColumn.MOST)
            .mapToObj(i -> "{'name':'c" + i + "','type':'Double','lookup':'x'}")
            .collect(Collectors.joining(","));
    assertThat(problems("'messages':['m'],", "'columns':[" + columns + "]"))
        .containsExactly("parameters.columns must be 1 to 75 columns");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {"''", "'messages':['m','n'],"})
  void exactlyOneMessageIsDefined(String messages) {
    assertThat(problems(messages.equals("''") ? "" : messages, "'columns':[" + AMOUNT + "]"))
        .containsExactly("messages must be exactly one for a Power BI emitter");
  }

  private static List<String> problems(String messages, String columns) {
    InvalidDefinitionException e =
        catchThrowableOfType(InvalidDefinitionException.class, () -> read(messages, columns));
    return e.problems().stream().map(Problem::toString).toList();
  }

  private static EmitterDefinition read(String messages, String columns)
      throws InvalidDefinitionException {
    String json =
        "{'type':'PowerBI',%s'parameters':{'id':'d','schema':'Sales','name':'Orders',%s}}"
            .formatted(messages, columns);
    return DefinitionJson.read("e", json.replace('\'', '"').getBytes(UTF_8));
  }
}
