package io.claudeflow.swarm.cli.up;

import io.claudeflow.swarm.cli.local.DataDirectory;
import io.claudeflow.swarm.local.LocalClusterConfig.ApiServerKind;
import io.claudeflow.swarm.local.kubelet.Isolation;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a person asked {@code swarm up} for.
 *
 * @param files   as they were written
 * @param limit   how long to wait until all is ready; null: as long as it takes
 */
public record UpRequest(List<String> files, DataDirectory data, Isolation isolation, ApiServerKind apiServer,
        @Nullable Duration limit) {
    public UpRequest {
        files = List.copyOf(files);
    }

    /** The options that give a process of its own the same cluster. */
    List<String> options() {
        return List.of("--data-dir", data.path().toString(), "--isolation", word(isolation), "--api-server",
                word(apiServer));
    }

    /** As the command line writes it. */
    public static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
