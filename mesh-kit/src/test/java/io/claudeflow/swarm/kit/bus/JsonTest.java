package io.claudeflow.swarm.kit.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonTest {
    sealed interface Command {
        record Submit(String id, Duration timeout, @Nullable String note) implements Command {}

        record Many(List<Command> commands) implements Command {}
    }

    @Test
    void aSealedInterfaceIsReadBackAsTheRecordThatItWas() throws Exception {
        Command command = new Command.Many(List.of(new Command.Submit("a", Duration.ofSeconds(90), null)));

        var json = Json.MAPPER.writerFor(Command.class).writeValueAsString(command);

        assertEquals("{\"type\":\"Many\",\"commands\":[{\"type\":\"Submit\",\"id\":\"a\",\"timeout\":\"PT1M30S\"}]}",
                json);
        assertEquals(command, Json.MAPPER.readValue(json, Command.class));
    }

    @Test
    void anUnknownPropertyIsIgnored() throws Exception {
        var json = "{\"type\":\"Submit\",\"id\":\"a\",\"timeout\":\"PT1S\",\"later\":1}";
        assertEquals(new Command.Submit("a", Duration.ofSeconds(1), null), Json.MAPPER.readValue(json, Command.class));
    }
}
