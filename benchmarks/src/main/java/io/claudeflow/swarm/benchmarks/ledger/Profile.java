package io.claudeflow.swarm.benchmarks.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/**
 * Samples of a flight recording by component: of the first frame, from the innermost on, that belongs to one. Time in the kernel
 * and in the compiler is not sampled.
 */
final class Profile {
    private static final String OURS = "io.claudeflow.swarm.";
    private static final String ELSE = "the JDK alone";
    /** Prefixes of class names; the first that fits counts. */
    private static final Map<String, String> COMPONENTS = new LinkedHashMap<>();

    static {
        COMPONENTS.put(OURS + "hivemind.codec.v1.", "codec: protobuf messages");
        COMPONENTS.put(OURS + "hivemind.codec.", "codec");
        COMPONENTS.put(OURS + "hivemind.ledger.", "ledger");
        COMPONENTS.put(OURS + "hivemind.scheduler.", "scheduler");
        COMPONENTS.put(OURS + "hivemind.leader.", "leader");
        COMPONENTS.put(OURS + "hivemind.adapter.grpc.", "gRPC streams");
        COMPONENTS.put(OURS + "hivemind.adapter.raft.", "proposals and state machine");
        COMPONENTS.put(OURS + "hivemind.", "metrics and the rest");
        COMPONENTS.put(OURS + "kit.metrics.", "metrics and the rest");
        COMPONENTS.put(OURS + "mesh.agent.v1.", "agents' protobuf messages");
        COMPONENTS.put(OURS + "mesh.task.v1.", "clients' protobuf messages");
        COMPONENTS.put(OURS + "mesh.", "contracts");
        COMPONENTS.put(OURS + "benchmarks.", "the benchmark");
        COMPONENTS.put("com.google.protobuf.", "protobuf");
        COMPONENTS.put("org.apache.ratis.thirdparty.", "gRPC and Netty of Ratis");
        COMPONENTS.put("org.apache.ratis.", "Ratis");
        COMPONENTS.put("io.vertx.", "Vert.x and Netty");
        COMPONENTS.put("io.netty.", "Vert.x and Netty");
        COMPONENTS.put("ch.qos.logback.", "log");
    }

    private Profile() {}

    /**
     * What was measured.
     *
     * @param level outstanding tasks
     */
    record Window(int level, Instant from, Instant to) {}

    /** Lines {@code outstanding,process,thread,component,method,samples}, most samples first within a level. */
    static List<String> lines(String process, Path recording, List<Window> windows) throws IOException {
        var counts = new TreeMap<Integer, Map<String, Long>>();
        try (var file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                var event = file.readEvent();
                var name = event.getEventType().getName();
                boolean sample = name.equals("jdk.ExecutionSample") || name.equals("jdk.NativeMethodSample");
                var level = sample ? level(event, windows) : null;
                var line = level == null ? null : line(event, name.equals("jdk.NativeMethodSample"));
                if (level != null && line != null) {
                    counts.computeIfAbsent(level, _ -> new TreeMap<>()).merge(line, 1L, Long::sum);
                }
            }
        }
        var lines = new ArrayList<String>();
        counts.forEach((level, found) -> found.entrySet()
                .stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(entry -> lines.add(String.format(Locale.ROOT, "%d,%s,%s,%d", level, process, entry.getKey(),
                        entry.getValue()))));
        return lines;
    }

    private static @Nullable Integer level(RecordedEvent event, List<Window> windows) {
        var at = event.getStartTime();
        return windows.stream()
                .filter(window -> !at.isBefore(window.from()) && at.isBefore(window.to()))
                .map(Window::level)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String line(RecordedEvent event, boolean waits) {
        var thread = event.getThread("sampledThread");
        var stack = event.getStackTrace();
        if (waits || thread == null || thread.getJavaName() == null || stack == null || stack.getFrames().isEmpty()) {
            return null;
        }
        for (var frame : stack.getFrames()) {
            var component = component(frame);
            if (component != null) {
                return group(thread.getJavaName()) + "," + component + "," + method(frame);
            }
        }
        return group(thread.getJavaName()) + "," + ELSE + "," + method(stack.getFrames().getFirst());
    }

    private static @Nullable String component(RecordedFrame frame) {
        var type = frame.getMethod().getType().getName();
        for (var entry : COMPONENTS.entrySet()) {
            if (type.startsWith(entry.getKey())) {
                return entry.getValue();
            }
        }
        return null;
    }

    private static String method(RecordedFrame frame) {
        var type = frame.getMethod().getType().getName();
        return type.substring(type.lastIndexOf('.') + 1) + "." + frame.getMethod().getName();
    }

    /** Threads without what numbers them. */
    private static String group(String thread) {
        return thread.replaceAll("[0-9]+@group-[0-9A-F]+(->[0-9]+)?-", "")
                .replaceAll("[0-9a-f-]{30,}", "")
                .replaceAll("[-#]?[0-9]+$", "")
                .replace(',', ' ');
    }
}
