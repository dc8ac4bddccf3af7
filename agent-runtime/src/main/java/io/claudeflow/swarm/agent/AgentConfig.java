package io.claudeflow.swarm.agent;

import io.claudeflow.swarm.agent.executor.shell.ShellConfig;
import io.claudeflow.swarm.agent.session.SessionConfig;
import io.claudeflow.swarm.agent.volume.Volumes;
import io.claudeflow.swarm.kit.app.Environment;
import io.claudeflow.swarm.kit.config.Settings;
import io.claudeflow.swarm.kit.trace.OtlpTracer;
import io.claudeflow.swarm.kit.trace.Tracer;
import io.claudeflow.swarm.mesh.agent.AgentVariables;
import io.claudeflow.swarm.mesh.environment.MeshPorts;
import io.claudeflow.swarm.mesh.environment.MeshVariables;
import io.vertx.core.net.HostAndPort;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Optional;

/**
 * An agent's configuration.
 *
 * @param gateway        the agent gateway; the host may have several addresses
 * @param monitoringHost where health and metrics are served
 * @param tracer         takes the spans of what runs
 */
public record AgentConfig(HostAndPort gateway, SessionConfig session, ShellConfig shell, String monitoringHost,
        int monitoringPort, Tracer tracer) {
    /** Where programs lie when the pod's environment does not say. */
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/homebrew/bin";

    private static final Path SYSTEM = Path.of("/");

    /** Reads the pod's environment; throws a ConfigException that names every problem. */
    public static AgentConfig from(Environment environment) {
        var settings = Settings.of(environment.variables(), "AGENT_");
        var gateway = settings.required(AgentVariables.GATEWAY, HostAndPort.create("", MeshPorts.GATEWAY),
                AgentConfig::hostAndPort);
        var tokenFile = settings.required(AgentVariables.TOKEN_FILE, Path.of(""), environment::path);
        var workspace = settings.required(AgentVariables.WORKSPACE, Path.of(""), environment::path);
        var type = settings.text(AgentVariables.TYPE, "");
        var shared = settings.optional(AgentVariables.SHARED_WORKSPACE, Optional.<Path>empty(),
                value -> Optional.of(Path.of(value)));
        var path = settings.text("PATH", PATH);
        var language = settings.text("LANG", "C.UTF-8");
        var host = settings.text(MeshVariables.POD_IP, "0.0.0.0");
        int monitoring = settings.port(MeshVariables.MONITORING_PORT, MeshPorts.MONITORING);
        boolean once = settings.flag(AgentVariables.ONCE, false);
        var volumes = settings.optional(AgentVariables.VOLUMES, Volumes.none(),
                value -> new Volumes(environment.mountRoot(),
                        Arrays.stream(value.split(":", -1)).map(Path::of).toList()));
        var passedOn = new HashMap<String, String>();
        settings.optional(MeshVariables.POD_UID, Optional.<String>empty(), Optional::of)
                .ifPresent(value -> passedOn.put(MeshVariables.POD_UID, value));
        if (!environment.mountRoot().equals(SYSTEM)) {
            passedOn.put(Environment.MOUNT_ROOT, environment.mountRoot().toString());
        }
        var tracer = OtlpTracer.from(settings, "swarm-agent");
        settings.check();
        return new AgentConfig(gateway, new SessionConfig(tokenFile, version(), once),
                new ShellConfig(workspace, path, language, type, shared, passedOn, volumes), host, monitoring, tracer);
    }

    private static HostAndPort hostAndPort(String value) {
        int colon = value.lastIndexOf(':');
        var parsed = colon < 1 ? null : HostAndPort.parseAuthority(value, MeshPorts.GATEWAY);
        if (parsed == null) {
            throw new IllegalArgumentException("allowed is host:port");
        }
        return parsed;
    }

    private static String version() {
        var version = AgentConfig.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
