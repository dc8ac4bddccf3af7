package io.claudeflow.swarm.local.kubelet;

import io.claudeflow.swarm.kit.app.Environment;
import io.claudeflow.swarm.kit.app.Health;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import io.claudeflow.swarm.kit.names.HostsFileResolverProvider;
import io.claudeflow.swarm.local.kubelet.KubeletConfig.JavaCommand;
import io.claudeflow.swarm.local.process.ProcessGroup;
import io.claudeflow.swarm.local.process.ProcessRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One JVM per container, the leader of a process group of its own. When it has ended, so has every process that it left behind:
 * what is in its group, and what left the group but still carries its mount root in the environment.
 */
final class ProcessRuntime implements ContainerRuntime {
    static final String RECORD = "process.pid";
    private static final Logger LOG = LoggerFactory.getLogger(ProcessRuntime.class);
    private static final Duration DRAIN = Duration.ofSeconds(2);

    private final JavaCommand java;
    private final Path hosts;

    ProcessRuntime(JavaCommand java, Path hosts) {
        this.java = java;
        this.hosts = hosts;
    }

    @Override
    public RunningContainer start(Start start, Consumer<Exit> onExit) {
        var environment = new HashMap<>(start.environment());
        environment.putIfAbsent("PATH", java.path().toString());
        environment.put(Environment.MOUNT_ROOT, start.mountRoot().toString());
        try {
            Files.createDirectories(start.folder());
        } catch (IOException e) {
            throw new SwarmException(ErrorCode.UNAVAILABLE, "cannot make " + start.folder() + ": " + e.getMessage(), e);
        }
        var spec = new ProcessGroup.Spec(command(start), environment, start.folder(), null);
        var process = ProcessGroup.start(spec, java.path(), start.folder().resolve(RECORD));
        var reader = Thread.ofPlatform().daemon().name("log " + start.name()).start(() -> copy(process, start.log()));
        process.onExit(code -> ended(start, process, reader, code, onExit));
        return new Running(process);
    }

    private List<String> command(Start start) {
        var command = new ArrayList<String>();
        command.add(java.executable().toString());
        boolean sized = start.image().jvmArguments().stream().anyMatch(argument -> argument.startsWith("-Xmx"));
        if (start.heapBytes() > 0 && !sized) {
            command.add("-Xmx" + (start.heapBytes() >> 10) + "k");
        }
        command.addAll(start.image().jvmArguments());
        command.add("-D" + HostsFileResolverProvider.PROPERTY + "=" + hosts);
        // Vert.x then asks the JDK, which asks the hosts file; and the JDK forgets soon enough to follow it.
        command.add("-Dvertx.disableDnsResolver=true");
        command.add("-Dsun.net.inetaddr.ttl=1");
        command.add("-Dsun.net.inetaddr.negative.ttl=0");
        command.add("-cp");
        command.add(java.classpath());
        command.add(start.image().mainClass());
        command.addAll(start.arguments());
        return command;
    }

    private static void copy(ProcessGroup process, ContainerLog log) {
        try (var lines = new BufferedReader(new InputStreamReader(process.output(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                log.write("stdout", line);
            }
        } catch (IOException e) {
            // The pipe closes when the process is killed.
            LOG.atTrace().setCause(e).log("output ended");
        }
    }

    private static void ended(Start start, ProcessGroup process, Thread reader, int code, Consumer<Exit> onExit) {
        process.kill();
        ProcessRecord.killCarriers(Environment.MOUNT_ROOT + "=" + start.mountRoot());
        try {
            Files.deleteIfExists(start.folder().resolve(RECORD));
            var _ = reader.join(DRAIN);
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("process record not deleted");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        onExit.accept(Exit.of(code));
    }

    @Override
    public void close(Duration deadline) {
        // Every process ended with its pod.
    }

    private record Running(ProcessGroup process) implements RunningContainer {
        @Override
        public void terminate(Duration grace) {
            process.terminate();
        }

        @Override
        public void kill() {
            process.kill();
        }

        @Override
        public Optional<Health> health() {
            return Optional.empty();
        }
    }
}
