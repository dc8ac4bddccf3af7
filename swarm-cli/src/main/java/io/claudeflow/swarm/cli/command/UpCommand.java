package io.claudeflow.swarm.cli.command;

import io.claudeflow.swarm.cli.Shell;
import io.claudeflow.swarm.cli.up.Detached;
import io.claudeflow.swarm.cli.up.Foreground;
import io.claudeflow.swarm.cli.up.UpRequest;
import io.claudeflow.swarm.local.LocalClusterConfig.ApiServerKind;
import io.claudeflow.swarm.local.kubelet.Isolation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code swarm up}. */
@Command(name = "up", description = {
    "Start a local swarm: a Kubernetes API with the swarm operator, and the clusters of the files.",
    "It shows them coming alive until they are Ready, says how to go on, and runs until Ctrl-C. Its state survives in the data "
            + "directory; 'swarm up' finds it again."})
public final class UpCommand implements Callable<Integer> {
    private static final String DEFAULT_API_SERVER = "embedded";

    private final Shell shell;
    private final String mainClass;
    @Mixin
    private Common common = new Common();
    @Mixin
    private SwarmOptions swarm = new SwarmOptions();
    @Option(names = {"-f",
        "--filename"}, arity = "1..*", paramLabel = "FILE", description = "YAML or JSON files to apply, folders of them, or - for standard input.")
    private List<String> files = List.of();
    @Option(names = "--detach", description = "Leave it running in the background; 'swarm down' ends it.")
    private boolean detach;
    @Option(names = "--isolation", paramLabel = "KIND", defaultValue = "thread", converter = IsolationConverter.class, completionCandidates = Isolations.class, description = "${COMPLETION-CANDIDATES}: all pods in one Java process, or one process for each. Default: thread.")
    private Isolation isolation = Isolation.THREAD;
    @Option(names = "--api-server", paramLabel = "KIND", defaultValue = DEFAULT_API_SERVER, converter = ApiServerConverter.class, completionCandidates = ApiServers.class, description = "${COMPLETION-CANDIDATES}: the built-in one, or a real etcd and kube-apiserver from KUBEBUILDER_ASSETS or "
            + "the PATH. Default: " + DEFAULT_API_SERVER + ".")
    private ApiServerKind apiServer = ApiServerKind.EMBEDDED;
    @Option(names = "--timeout", paramLabel = "TIME", converter = DurationConverter.class, description = "How long to wait until all is Ready; it goes on afterwards. Default: 5m with --detach, else as long as "
            + "it takes.")
    private @Nullable Duration timeout;
    @Option(names = "--serve", hidden = true)
    private boolean serve;

    /** {@code mainClass} is what a process in the background runs. */
    public UpCommand(Shell shell, String mainClass) {
        this.shell = shell;
        this.mainClass = mainClass;
    }

    @Override
    public Integer call() throws InterruptedException {
        var limit = timeout == null && detach ? Duration.ofMinutes(5) : timeout;
        var request = new UpRequest(files, swarm.data(shell), isolation, apiServer, limit);
        if (serve) {
            return new Foreground(shell, request).serve();
        }
        return detach ? new Detached(shell, request, mainClass).run() : new Foreground(shell, request).run();
    }

    private static <E extends Enum<E>> E word(String value, E[] allowed) {
        return Arrays.stream(allowed)
                .filter(one -> UpRequest.word(one).equals(value))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + value + "' is not allowed: use "
                        + String.join(" or ", Arrays.stream(allowed).map(UpRequest::word).toList())));
    }

    private static final class IsolationConverter implements ITypeConverter<Isolation> {
        @Override
        public Isolation convert(String value) {
            return word(value, Isolation.values());
        }
    }

    private static final class ApiServerConverter implements ITypeConverter<ApiServerKind> {
        @Override
        public ApiServerKind convert(String value) {
            return word(value, ApiServerKind.values());
        }
    }

    /** The words of {@code --isolation}, for completion. */
    private static final class Isolations extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Isolations() {
            super(List.of("thread", "process"));
        }
    }

    /** The words of {@code --api-server}, for completion. */
    private static final class ApiServers extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        ApiServers() {
            super(List.of("embedded", "kube-apiserver"));
        }
    }
}
