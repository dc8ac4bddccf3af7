package io.claudeflow.swarm.local.kubelet;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.AppenderAttachable;
import ch.qos.logback.core.spi.AppenderAttachableImpl;
import io.claudeflow.swarm.kit.log.LineLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A Logback appender that writes what an application in this JVM logs into the log of its pod, and all else to the appenders
 * attached to it.
 *
 * <p>Any thread. The pod is the one whose class loader is the thread's context class loader: that of the Vert.x context, else what the
 * thread inherited from the one that made it.
 */
public final class PodLogAppender extends UnsynchronizedAppenderBase<ILoggingEvent>
        implements
            AppenderAttachable<ILoggingEvent> {
    private final AppenderAttachableImpl<ILoggingEvent> launcher = new AppenderAttachableImpl<>();
    private @Nullable Encoder<ILoggingEvent> encoder;

    /**
     * Puts itself before the appenders that the root logger has: they become the launcher's. Pods' lines look as in a process
     * of their own. Called twice it does nothing; nor where SLF4J is not bound to Logback.
     */
    public static synchronized void install() {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        var present = new ArrayList<Appender<ILoggingEvent>>();
        root.iteratorForAppenders().forEachRemaining(present::add);
        if (present.stream().anyMatch(PodLogAppender.class::isInstance)) {
            return;
        }
        var layout = new LineLayout();
        layout.setContext(context);
        layout.start();
        var lines = new LayoutWrappingEncoder<ILoggingEvent>();
        lines.setContext(context);
        lines.setLayout(layout);
        lines.start();
        var pods = new PodLogAppender();
        pods.setContext(context);
        pods.setName("pods");
        pods.setEncoder(lines);
        present.forEach(pods::addAppender);
        pods.start();
        // Added before the others go, so that no line is lost; one may come twice.
        root.addAppender(pods);
        present.forEach(root::detachAppender);
    }

    /** How a line of a pod's log looks. */
    public void setEncoder(Encoder<ILoggingEvent> encoder) {
        this.encoder = encoder;
    }

    @Override
    public void start() {
        if (encoder == null) {
            addError("appender " + getName() + " has no <encoder>");
            return;
        }
        super.start();
    }

    @Override
    protected void append(ILoggingEvent event) {
        var log = PodClassLoader.currentLog();
        var lines = encoder;
        if (log == null || lines == null) {
            launcher.appendLoopOnAppenders(event);
            return;
        }
        log.write("stdout", new String(lines.encode(event), StandardCharsets.UTF_8).stripTrailing());
    }

    @Override
    public void stop() {
        super.stop();
        launcher.detachAndStopAllAppenders();
    }

    @Override
    public void addAppender(Appender<ILoggingEvent> appender) {
        launcher.addAppender(appender);
    }

    @Override
    public Iterator<Appender<ILoggingEvent>> iteratorForAppenders() {
        return launcher.iteratorForAppenders();
    }

    @Override
    public @Nullable Appender<ILoggingEvent> getAppender(String name) {
        return launcher.getAppender(name);
    }

    @Override
    public boolean isAttached(Appender<ILoggingEvent> appender) {
        return launcher.isAttached(appender);
    }

    @Override
    public void detachAndStopAllAppenders() {
        launcher.detachAndStopAllAppenders();
    }

    @Override
    public boolean detachAppender(Appender<ILoggingEvent> appender) {
        return launcher.detachAppender(appender);
    }

    @Override
    public boolean detachAppender(String name) {
        return launcher.detachAppender(name);
    }
}
