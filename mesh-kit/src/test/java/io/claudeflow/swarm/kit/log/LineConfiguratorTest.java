package io.claudeflow.swarm.kit.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LineConfiguratorTest {
    private final LoggerContext context = new LoggerContext();
    private final LineConfigurator configurator = new LineConfigurator();

    @AfterEach
    void forget() {
        System.clearProperty(LineConfigurator.APPENDER);
        System.clearProperty("logback.configurationFile");
    }

    @Test
    void itIsFoundAndWritesToStandardOutput() {
        assertTrue(ServiceLoader.load(Configurator.class)
                .stream()
                .anyMatch(found -> found.type() == LineConfigurator.class));
        assertEquals(ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY, configurator.configure(context));
        assertTrue(appends());
        assertEquals(Level.WARN, context.getLogger("com.hazelcast.core").getEffectiveLevel());
        assertEquals(Level.INFO, context.getLogger("io.claudeflow.swarm").getEffectiveLevel());
    }

    @Test
    void aJvmThatSortsLinesItselfGetsTheLevelsOnly() {
        System.setProperty(LineConfigurator.APPENDER, "none");

        configurator.configure(context);

        assertFalse(appends());
        assertEquals(Level.WARN, context.getLogger("io.netty.channel").getEffectiveLevel());
    }

    @Test
    void aFileOfTheUsersWins() {
        System.setProperty("logback.configurationFile", "logback.xml");

        assertEquals(ExecutionStatus.INVOKE_NEXT_IF_ANY, configurator.configure(context));
        assertFalse(appends());
    }

    private boolean appends() {
        return context.getLogger("ROOT").iteratorForAppenders().hasNext();
    }
}
