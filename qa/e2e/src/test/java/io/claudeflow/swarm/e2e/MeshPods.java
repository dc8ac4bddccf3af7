package io.claudeflow.swarm.e2e;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The pods of a swarm under process isolation, as they are at one time: their processes and their metrics. */
record MeshPods(List<Pod> pods) {
    private static final int MONITORING = 9090;
    private static final int PATIENCE_MILLIS = 500;

    /** A container that is started anew keeps name, UID and address. */
    record Pod(String name, String uid, String address) {
        void kill() {
            signal("KILL");
        }

        /** SIGSTOP: it neither runs nor ends. */
        void freeze() {
            signal("STOP");
        }

        void thaw() {
            signal("CONT");
        }

        private void signal(String name) {
            var pids = ProcessHandle.allProcesses().filter(this::owns).map(ProcessHandle::pid).toList();
            if (pids.isEmpty()) {
                throw new AssertionError("no process of pod " + this);
            }
            var words = new ArrayList<>(List.of("kill", "-" + name));
            pids.forEach(pid -> words.add(String.valueOf(pid)));
            new Command(words, java.util.Map.of(), Path.of("/")).run(Duration.ofSeconds(10), "");
        }

        private boolean owns(ProcessHandle process) {
            try {
                return Files.readString(Path.of("/proc", String.valueOf(process.pid()), "environ"),
                        StandardCharsets.ISO_8859_1).contains("POD_UID=" + uid);
            } catch (IOException e) {
                return false;
            }
        }

        /** What its metrics say; nothing where it does not answer at once. */
        Stream<String> scrape() {
            return get("/metrics").lines();
        }

        /** Whether it says that it serves. */
        boolean ready() {
            return !get("/readyz").isEmpty();
        }

        private String get(String path) {
            try {
                var open = URI.create("http://" + address + ":" + MONITORING + path).toURL().openConnection();
                open.setConnectTimeout(PATIENCE_MILLIS);
                open.setReadTimeout(PATIENCE_MILLIS);
                try (var in = open.getInputStream()) {
                    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
                }
            } catch (IOException e) {
                return "";
            }
        }
    }

    /** Those with that label. */
    static MeshPods of(LocalSwarm swarm, String label) {
        var pods = new ArrayList<Pod>();
        try {
            var list = new JsonMapper().readTree(swarm.kubectl("get", "pods", "-l", label, "-o", "json").ok().out());
            list.path("items")
                    .forEach(pod -> pods.add(new Pod(pod.path("metadata").path("name").asText(),
                            pod.path("metadata").path("uid").asText(), pod.path("status").path("podIP").asText())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new MeshPods(List.copyOf(pods));
    }

    Pod named(String name) {
        return pods.stream().filter(pod -> pod.name().equals(name)).findFirst().orElseThrow();
    }

    /** Whether all of them serve. */
    boolean ready() {
        return pods.stream().allMatch(Pod::ready);
    }

    MeshPods without(Pod one) {
        return new MeshPods(pods.stream().filter(pod -> !pod.equals(one)).toList());
    }

    /** The sum of all series of that name, of all these pods; -1: there is none. */
    long sum(String metric) {
        var values = pods.stream()
                .flatMap(Pod::scrape)
                .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
                .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .toList();
        return values.isEmpty() ? -1 : (long) values.stream().mapToDouble(Double::doubleValue).sum();
    }
}
