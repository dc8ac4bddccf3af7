package io.claudeflow.swarm.kit.log;

import ch.qos.logback.classic.pattern.TargetLengthBasedClassNameAbbreviator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/**
 * One event as one line: time (UTC, milliseconds), level, logger, message, {@code key=value} pairs. A value with a blank, a
 * quote or a line break is quoted and escaped, so that a value can neither fake a pair nor a line. Only a stack trace takes
 * more lines, each indented by a tab.
 */
public final class LineLayout extends LayoutBase<ILoggingEvent> {
    private static final int LOGGER_WIDTH = 36;
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final TargetLengthBasedClassNameAbbreviator abbreviator = new TargetLengthBasedClassNameAbbreviator(
            LOGGER_WIDTH);

    @Override
    public String doLayout(ILoggingEvent event) {
        var line = new StringBuilder(160);
        TIME.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), line);
        line.append(' ').append(event.getLevel());
        if (event.getLevel().levelStr.length() < 5) {
            line.append(' ');
        }
        line.append(' ').append(abbreviator.abbreviate(event.getLoggerName())).append(' ');
        escape(line, String.valueOf(event.getFormattedMessage()));
        var pairs = event.getKeyValuePairs();
        if (pairs != null) {
            for (var pair : pairs) {
                line.append(' ').append(pair.key).append('=');
                value(line, String.valueOf(pair.value));
            }
        }
        line.append('\n');
        var thrown = event.getThrowableProxy();
        if (thrown != null) {
            line.append('\t').append(ThrowableProxyUtil.asString(thrown));
        }
        return line.toString();
    }

    private static void value(StringBuilder line, String value) {
        boolean plain = !value.isEmpty() && value.chars().noneMatch(c -> c <= ' ' || c == '"' || c == '=');
        if (plain) {
            line.append(value);
            return;
        }
        line.append('"');
        escape(line, value.replace("\"", "\\\""));
        line.append('"');
    }

    private static void escape(StringBuilder line, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                default -> line.append(c);
            }
        }
    }
}
