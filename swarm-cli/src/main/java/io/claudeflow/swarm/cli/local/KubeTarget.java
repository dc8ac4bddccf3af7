package io.claudeflow.swarm.cli.local;

import io.claudeflow.swarm.cli.Shell;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which API server a command talks to.
 *
 * @param kubeconfig  the file that says how
 * @param unreachable the sentence for when it does not answer
 */
public record KubeTarget(Path kubeconfig, String unreachable) {
    /**
     * {@code --kubeconfig}; else the local swarm that {@code --name} or {@code --data-dir} names; else the first file of
     * KUBECONFIG; else the local swarm {@value DataDirectory#DEFAULT_NAME}.
     */
    public static KubeTarget choose(Shell shell, @Nullable Path kubeconfig, @Nullable String name,
            @Nullable Path directory) {
        if (kubeconfig != null) {
            return file(shell.resolve(kubeconfig), "--kubeconfig");
        }
        var variable = shell.variable("KUBECONFIG");
        if (variable != null && name == null && directory == null) {
            return file(shell.resolve(Path.of(variable.split(File.pathSeparator, -1)[0])), "KUBECONFIG");
        }
        return local(DataDirectory.of(shell, name, directory));
    }

    /** The local swarm of that directory, which must be running. */
    public static KubeTarget local(DataDirectory data) {
        var sentence = "no local swarm runs in " + data.path() + "; start it with: swarm up" + data.option();
        if (!Files.exists(data.kubeconfig()) || RunRecord.running(data.runRecord()).isEmpty()) {
            throw new SwarmException(ErrorCode.UNAVAILABLE, sentence);
        }
        return new KubeTarget(data.kubeconfig(), "the local swarm in " + data.path()
                + " does not answer; see 'swarm status" + data.option() + "' and " + data.log());
    }

    private static KubeTarget file(Path file, String from) {
        if (!Files.isReadable(file)) {
            throw new SwarmException(ErrorCode.INVALID,
                    from + " names " + file
                            + ", which cannot be read; name a kubeconfig, or leave it out to talk to the "
                            + "local swarm");
        }
        return new KubeTarget(file, "the API server of " + file + " does not answer; is it running? For a local swarm: "
                + "swarm up");
    }
}
