package io.claudeflow.swarm.cli.up;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import io.claudeflow.swarm.cli.Shell;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.kit.log.LineLayout;
import io.claudeflow.swarm.kit.log.Logging;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** The log of what runs in this process beside the pods: API server, controllers, kubelet. At most 20 MiB in two files. */
final class SwarmLog {
    private static final String SIZE = "10MB";

    private SwarmLog() {}

    /** Sends all that is logged from now on to that file; SWARM_LOG sets levels. Before anything is started. */
    static void open(Shell shell, Path file) {
        Logging.start(levels(shell));
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        // A warning for each request about a resource of a version that is not v1.
        context.getLogger("io.fabric8.kubernetes.client.dsl.internal.VersionUsageUtils").setLevel(Level.ERROR);
        var layout = new LineLayout();
        layout.setContext(context);
        layout.start();
        var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
        encoder.setContext(context);
        encoder.setLayout(layout);
        encoder.start();
        var appender = new RollingFileAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setName("swarm");
        appender.setFile(file.toString());
        appender.setEncoder(encoder);
        var full = new SizeBasedTriggeringPolicy<ILoggingEvent>();
        full.setContext(context);
        full.setMaxFileSize(FileSize.valueOf(SIZE));
        full.start();
        var keep = new FixedWindowRollingPolicy();
        keep.setContext(context);
        keep.setParent(appender);
        keep.setFileNamePattern(file + ".%i");
        keep.setMinIndex(1);
        keep.setMaxIndex(1);
        keep.start();
        appender.setTriggeringPolicy(full);
        appender.setRollingPolicy(keep);
        appender.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
    }

    private static Map<String, String> levels(Shell shell) {
        var levels = shell.variable(Logging.LEVELS);
        try {
            return levels == null ? Map.of() : Logging.parse(levels);
        } catch (IllegalArgumentException e) {
            throw new SwarmException(ErrorCode.INVALID,
                    Logging.LEVELS + ": '" + levels + "' is not allowed: " + e.getMessage(), e);
        }
    }
}
