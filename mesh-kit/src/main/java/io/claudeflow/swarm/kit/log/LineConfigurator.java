package io.claudeflow.swarm.kit.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * The default configuration of Logback, in code because reading XML costs start-up time: INFO to standard output, libraries at
 * WARN. A JVM that names a file in {@code logback.configurationFile} gets that instead; one that sets the system property
 * {@value #APPENDER} to {@code none} gets the levels and no appender, and adds its own.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_TOP_PRIORITY)
public final class LineConfigurator extends ContextAwareBase implements Configurator {
    /** {@code none}: the JVM attaches appenders of its own. */
    public static final String APPENDER = "swarm.log.appender";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty("logback.configurationFile") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        for (var library : new String[]{"com.hazelcast", "io.netty", "org.apache.ratis", "io.fabric8"}) {
            context.getLogger(library).setLevel(Level.WARN);
        }
        // It warns on every start that it is switched off.
        context.getLogger("com.hazelcast.spi.impl.operationexecutor.slowoperationdetector").setLevel(Level.ERROR);
        if (!"none".equals(System.getProperty(APPENDER))) {
            root.addAppender(standardOutput(context));
        }
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static ConsoleAppender<ILoggingEvent> standardOutput(LoggerContext context) {
        var layout = new LineLayout();
        layout.setContext(context);
        layout.start();
        var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
        encoder.setContext(context);
        encoder.setLayout(layout);
        encoder.start();
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setName("stdout");
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }
}
