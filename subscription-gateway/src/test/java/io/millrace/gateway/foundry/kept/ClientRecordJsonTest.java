package io.millrace.gateway.foundry.kept;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.gateway.live.Place;
import io.millrace.gateway.live.Positions;
import io.millrace.model.event.TopicPath;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientRecordJsonTest {

  private static final Place BANK = new Place("bank", 1);
  private static final Place SHOP = new Place("shop", 0);

  @Test
  void readsWhatItWrites() throws Exception {
    ClientRecord record =
        new ClientRecord(
            "s",
            true,
            17,
            new ClientState(
                Set.of(TopicPath.parse("a/b"), TopicPath.parse("c")),
                new Positions(Map.of(BANK, 12L, SHOP, 0L)),
                List.of(
                    new KeptPlace(BANK, 7, 100),
                    new KeptPlace(SHOP, 3, 101),
                    new KeptPlace(BANK, 12, 102))));

    assertThat(ClientRecordJson.read(ClientRecordJson.write(record))).isEqualTo(record);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "{\"session\":\"s\",\"claim\":false,\"written\":1,\"topics\":[[]],\"seen\":{},\"kept\":{}}",
        "{\"session\":\"s\",\"claim\":false,\"written\":1,\"topics\":[],\"seen\":{},"
            + "\"kept\":{\"bank\":{\"0\":[1]}}}",
        "{\"session\":\"s\",\"claim\":false,\"written\":1,\"topics\":[],\"seen\":{},\"kept\":{},"
            + "\"newer\":1}",
      })
  void refusesWhatIsNone(String json) {
    assertThatThrownBy(() -> ClientRecordJson.read(json.getBytes(UTF_8)))
        .isInstanceOf(IOException.class);
  }
}
