package io.claudeflow.swarm.local.kubelet;

import io.claudeflow.swarm.local.kubelet.Projection.TokenSource;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ServiceAccountTokenProjection;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The volumes of one pod, under {@code volumes/} of its folder, and per container a mount root in which each mount path is a link to
 * its volume. Confined to the pod's worker.
 */
final class PodVolumes {
    private final Path folder;
    private final Sources sources;
    private final Claims claims;
    private final Function<ServiceAccountTokenProjection, Tokens.Token> request;
    private final Map<String, AtomicFolder> made = new HashMap<>();
    private final Map<ServiceAccountTokenProjection, Tokens.Token> tokens = new HashMap<>();

    /** Finds the directory of a bound claim. */
    @FunctionalInterface
    interface Claims {
        Path directory(String namespace, String claim) throws Missing;
    }

    PodVolumes(Path folder, Sources sources, Claims claims,
            Function<ServiceAccountTokenProjection, Tokens.Token> request) {
        this.folder = folder;
        this.sources = sources;
        this.claims = claims;
        this.request = request;
    }

    /** Makes or renews all volumes; called again it brings them up to date. */
    void mount(DownwardApi downward) throws Missing, IOException {
        Folders.makePrivate(folder);
        for (var volume : downward.pod().getSpec().getVolumes()) {
            mount(volume, downward);
        }
    }

    private void mount(Volume volume, DownwardApi downward) throws Missing, IOException {
        var path = path(volume.getName());
        if (Projection.handles(volume)) {
            var atomic = made.computeIfAbsent(volume.getName(), _ -> new AtomicFolder(path));
            atomic.write(Projection.files(volume, sources, downward, tokenSource()));
        } else if (volume.getEmptyDir() != null) {
            Files.createDirectories(path);
        } else if (volume.getPersistentVolumeClaim() != null) {
            link(path, claims.directory(downward.pod().getMetadata().getNamespace(),
                    volume.getPersistentVolumeClaim().getClaimName()));
        } else if (volume.getHostPath() != null) {
            link(path, hostPath(volume));
        } else {
            throw new Missing("volume \"" + volume.getName()
                    + "\" is of a kind that is not supported here: use emptyDir, configMap, secret, projected, downwardAPI, "
                    + "persistentVolumeClaim or hostPath");
        }
    }

    private static Path hostPath(Volume volume) throws Missing, IOException {
        var path = Path.of(volume.getHostPath().getPath());
        var type = volume.getHostPath().getType();
        if ("DirectoryOrCreate".equals(type)) {
            Files.createDirectories(path);
        } else if (type != null && !type.isEmpty() && !Files.exists(path)) {
            throw new Missing("hostPath " + path + " does not exist");
        }
        return path;
    }

    private TokenSource tokenSource() {
        return wanted -> {
            var token = tokens.get(wanted);
            if (token == null || !Instant.now().isBefore(token.renewAt())) {
                token = request.apply(wanted);
                tokens.put(wanted, token);
            }
            return token.text();
        };
    }

    /** When the first token is due for renewal. */
    Optional<Instant> renewAt() {
        return tokens.values().stream().map(Tokens.Token::renewAt).min(Comparator.naturalOrder());
    }

    /** Links the container's mount paths under that root. */
    void link(Container container, Path root, Map<String, String> environment) throws IOException, Missing {
        Files.createDirectories(root);
        var mounts = container.getVolumeMounts()
                .stream()
                .sorted(Comparator.comparingInt(mount -> mount.getMountPath().length()))
                .toList();
        for (var mount : mounts) {
            var target = root.resolve(Path.of("/").relativize(Path.of(mount.getMountPath()))).normalize();
            if (!target.startsWith(root) || target.equals(root)) {
                throw new Missing("mountPath " + mount.getMountPath() + " is not below /");
            }
            Files.createDirectories(target.getParent());
            link(target, within(mount, environment));
        }
    }

    private Path within(VolumeMount mount, Map<String, String> environment) throws IOException, Missing {
        var volume = path(mount.getName());
        var sub = mount.getSubPathExpr() != null
                ? EnvironmentVariables.expand(mount.getSubPathExpr(), environment)
                : mount.getSubPath();
        if (sub == null || sub.isEmpty()) {
            return volume;
        }
        var inside = volume.resolve(sub).normalize();
        if (!inside.startsWith(volume)) {
            throw new Missing("subPath " + sub + " leaves its volume");
        }
        if (!Files.exists(inside)) {
            Files.createDirectories(inside);
        }
        return inside;
    }

    private Path path(String volume) {
        return folder.resolve(volume);
    }

    private static void link(Path link, Path target) throws IOException {
        if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(target)) {
            return;
        }
        Folders.delete(link);
        Files.createSymbolicLink(link, target);
    }
}
