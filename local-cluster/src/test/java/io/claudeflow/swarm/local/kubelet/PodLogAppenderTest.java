package io.claudeflow.swarm.local.kubelet;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.claudeflow.swarm.kit.app.Application;
import io.claudeflow.swarm.kit.app.Environment;
import io.claudeflow.swarm.kit.app.Health;
import io.claudeflow.swarm.kit.cluster.ClusterConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class PodLogAppenderTest {
    private static final Logger LOG = LoggerFactory.getLogger(PodLogAppenderTest.class);

    @TempDir
    Path folder;

    @Test
    void threeApplicationsThatShareAVertxLogIntoThreeFiles() throws Exception {
        PodLogAppender.install();
        var runtime = new ThreadRuntime();
        var exits = new ArrayList<Exit>();
        var running = new ArrayList<RunningContainer>();
        for (var name : List.of("a", "b", "c")) {
            var image = new Image(Chatty::new, "unused", List.of());
            var environment = Map.of("NAME", name, ClusterConfig.MESH, "shop/swarm");
            running.add(runtime.start(new ContainerRuntime.Start(name, image, List.of(), environment, folder, folder, 0,
                    new ContainerLog(file(name))), exit -> {
                        synchronized (exits) {
                            exits.add(exit);
                        }
                    }));
        }

        var everywhere = Set.of("context", "worker", "timer", "child", "pool", "virtual", "bus from a", "bus from b",
                "bus from c");
        for (var name : List.of("a", "b", "c")) {
            await().until(() -> Files.exists(file(name)) && words(name).containsAll(everywhere));
        }
        LOG.atInfo().log("the launcher's own line");
        running.forEach(container -> container.terminate(Duration.ofSeconds(1)));
        await().until(() -> {
            synchronized (exits) {
                return exits.size() == 3;
            }
        });

        for (var name : List.of("a", "b", "c")) {
            var lines = Files.readString(file(name));
            assertEquals(everywhere, words(name));
            assertFalse(lines.contains("launcher"), lines);
            assertEquals(Set.of(name),
                    lines.lines().map(line -> line.replaceAll(".* says (\\w).*", "$1")).collect(Collectors.toSet()));
        }
    }

    private Set<String> words(String name) throws Exception {
        return Files.readString(file(name))
                .lines()
                .map(line -> line.replaceAll(".* says \\w: ", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Path file(String name) {
        return folder.resolve(name).resolve("0.log");
    }

    /** Logs from every kind of thread that an application may have. */
    private static final class Chatty implements Application {
        private final String name;
        private final Vertx vertx;
        private final Promise<Void> ended = Promise.promise();

        Chatty(Environment environment, Vertx vertx) {
            this.name = environment.variables().getOrDefault("NAME", "?");
            this.vertx = vertx;
        }

        private void say(String what) {
            LOG.atInfo().log(name + " says " + name + ": " + what);
        }

        @Override
        public Future<Void> start() {
            say("context");
            vertx.eventBus().<String>consumer("talk", message -> say("bus from " + message.body()));
            var pool = Executors.newSingleThreadExecutor();
            pool.execute(() -> say("pool"));
            pool.shutdown();
            Thread.ofVirtual().start(() -> say("virtual"));
            vertx.setTimer(1, _ -> say("timer"));
            vertx.setPeriodic(20, _ -> vertx.eventBus().publish("talk", name));
            var child = new VerticleBase() {
                @Override
                public Future<?> start() {
                    say("child");
                    return Future.succeededFuture();
                }
            };
            return vertx.executeBlocking(() -> {
                say("worker");
                return name;
            }).compose(_ -> vertx.deployVerticle(child)).mapEmpty();
        }

        @Override
        public Future<Void> stop(Duration deadline) {
            ended.tryComplete();
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> ended() {
            return ended.future();
        }

        @Override
        public Health health() {
            return new Health(true, true, Map.of());
        }
    }
}
