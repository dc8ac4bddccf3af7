package io.claudeflow.swarm.kit.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.LogManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** What is set up once per JVM: the levels that were asked for, and java.util.logging sent the same way. */
public final class Logging {
    /** Levels, comma-separated: {@code info,io.claudeflow.swarm.hivemind=debug}; a level alone is the root's. */
    public static final String LEVELS = "SWARM_LOG";

    private static final List<String> NAMES = List.of("trace", "debug", "info", "warn", "error", "off");

    private Logging() {}

    /** Reads {@value #LEVELS}; the message of its IllegalArgumentException says what is allowed. */
    public static Map<String, String> parse(String text) {
        var levels = new LinkedHashMap<String, String>();
        for (var part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            var logger = equals < 0 ? Logger.ROOT_LOGGER_NAME : part.substring(0, equals).strip();
            var level = part.substring(equals + 1).strip().toLowerCase(Locale.ROOT);
            if (logger.isEmpty() || !NAMES.contains(level)) {
                throw new IllegalArgumentException("each part is a level or logger=level, a level one of "
                        + String.join(", ", NAMES) + ", for example info,io.vertx=debug");
            }
            levels.put(logger, level);
        }
        return levels;
    }

    /** Applies levels by logger, and routes java.util.logging here. Once per JVM, before the first line. */
    public static void start(Map<String, String> levels) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            levels.forEach((logger, level) -> context.getLogger(logger).setLevel(Level.toLevel(level)));
        }
        if (!SLF4JBridgeHandler.isInstalled()) {
            LogManager.getLogManager().reset();
            SLF4JBridgeHandler.install();
        }
    }
}
