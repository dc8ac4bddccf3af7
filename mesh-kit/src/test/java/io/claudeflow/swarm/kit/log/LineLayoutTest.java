package io.claudeflow.swarm.kit.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LineLayoutTest {
    private final LoggerContext context = new LoggerContext();
    private final ListAppender<ILoggingEvent> events = new ListAppender<>();
    private final LineLayout layout = new LineLayout();

    @BeforeEach
    void listen() {
        context.setMDCAdapter(new ch.qos.logback.classic.util.LogbackMDCAdapter());
        events.start();
        context.getLogger("ROOT").addAppender(events);
    }

    @Test
    void anEventIsOneLineWithItsPairs() {
        context.getLogger("io.claudeflow.swarm.kit.app.StartupSteps")
                .atInfo()
                .addKeyValue("step", "ledger")
                .addKeyValue("ms", 12)
                .addKeyValue("empty", "")
                .log("step started");

        assertEquals(" INFO  i.c.swarm.kit.app.StartupSteps step started step=ledger ms=12 empty=\"\"\n", line());
    }

    @Test
    void aValueCanFakeNeitherALineNorAPair() {
        context.getLogger("log").atWarn().addKeyValue("name", "a\" level=\"ERROR\n2026").log("named\nby a user");

        assertEquals(" WARN  log named\\nby a user name=\"a\\\" level=\\\"ERROR\\n2026\"\n", line());
    }

    @Test
    void aStackTraceFollows() {
        context.getLogger("log").atError().setCause(new IllegalStateException("a defect")).log("failed");

        assertTrue(line().startsWith(" ERROR log failed\n\tjava.lang.IllegalStateException: a defect"), line());
    }

    @Test
    void levelsAreReadByLogger() {
        assertEquals(Map.of("ROOT", "warn", "io.vertx", "debug"), Logging.parse("WARN, io.vertx=debug"));
        assertThrows(IllegalArgumentException.class, () -> Logging.parse("loud"));
        assertThrows(IllegalArgumentException.class, () -> Logging.parse("=info"));
    }

    /** The only line, without its time. */
    private String line() {
        return layout.doLayout(events.list.getFirst()).substring("2026-11-24T15:45:39.254Z".length());
    }
}
