package io.claudeflow.swarm.cli.logs;

import io.claudeflow.swarm.cli.adapter.kube.KubeApi;
import io.claudeflow.swarm.cli.console.Terminal;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Copies pods' logs to the terminal. */
public final class PodLogs {
    private static final int CHUNK = 1 << 14;
    private static final long LOOK_MILLIS = 500;

    private final KubeApi api;
    private final Terminal terminal;

    public PodLogs(KubeApi api, Terminal terminal) {
        this.api = api;
        this.terminal = terminal;
    }

    /** One pod's log, byte by byte as it is. */
    public void copy(String namespace, String pod, LogRequest request) {
        try (var stream = api.stream(request.path(namespace, pod), "*/*")) {
            var chunk = new byte[CHUNK];
            for (int read = stream.read(chunk); read >= 0 && !terminal.closed(); read = stream.read(chunk)) {
                terminal.bytes(chunk, read);
            }
        } catch (IOException e) {
            terminal.say("swarm: the log of " + pod + " broke off: " + e.getMessage());
        }
    }

    /** Several pods' logs at once, each line behind its pod's name. A pod without a log is said and left out. */
    public void copyAll(String namespace, List<String> pods, LogRequest request) throws InterruptedException {
        var failure = new AtomicReference<@Nullable SwarmException>();
        var open = new CountDownLatch(pods.size());
        for (var pod : pods) {
            Thread.ofVirtual().start(() -> {
                try {
                    lines(namespace, pod, request, line -> {
                        terminal.line("[" + pod + "] " + line);
                        return !terminal.closed();
                    });
                } catch (SwarmException e) {
                    terminal.say("swarm: " + pod + ": " + e.getMessage());
                    failure.set(e);
                } finally {
                    open.countDown();
                }
            });
        }
        while (!open.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            if (terminal.closed()) {
                return;
            }
        }
        var last = failure.get();
        if (last != null && pods.size() == 1) {
            throw last;
        }
    }

    /** One pod's log line by line, until its end or until the listener says that it has seen enough. */
    void lines(String namespace, String pod, LogRequest request, LineListener listener) {
        try (var stream = api.stream(request.path(namespace, pod), "*/*");
                var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!listener.line(line)) {
                    return;
                }
            }
        } catch (IOException e) {
            terminal.say("swarm: the log of " + pod + " broke off: " + e.getMessage());
        }
    }

    /** Takes a line; says whether it wants more. */
    interface LineListener {
        boolean line(String line);
    }
}
