package io.claudeflow.swarm.local.kubelet;

import io.claudeflow.swarm.local.kubelet.AtomicFolder.Content;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFile;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.ServiceAccountTokenProjection;
import io.fabric8.kubernetes.api.model.Volume;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The files of a volume that is made from objects: configMap, secret, downwardAPI, projected. */
final class Projection {
    private static final int DEFAULT_MODE = 0644;
    private static final int TOKEN_MODE = 0600;

    private final String namespace;
    private final Sources sources;
    private final DownwardApi downward;
    private final TokenSource tokens;
    private final Map<String, Content> files = new HashMap<>();

    /** Gives the token of a projection, the same one until it is due for renewal. */
    @FunctionalInterface
    interface TokenSource {
        String token(ServiceAccountTokenProjection wanted);
    }

    private Projection(Sources sources, DownwardApi downward, TokenSource tokens) {
        this.namespace = downward.pod().getMetadata().getNamespace();
        this.sources = sources;
        this.downward = downward;
        this.tokens = tokens;
    }

    /** Whether the volume is of a kind that this class makes. */
    static boolean handles(Volume volume) {
        return volume.getConfigMap() != null || volume.getSecret() != null || volume.getDownwardAPI() != null
                || volume.getProjected() != null;
    }

    /** The volume's files by relative path. */
    static Map<String, Content> files(Volume volume, Sources sources, DownwardApi downward, TokenSource tokens)
            throws Missing {
        var projection = new Projection(sources, downward, tokens);
        projection.addVolume(volume);
        return projection.files;
    }

    private void addVolume(Volume volume) throws Missing {
        var configMap = volume.getConfigMap();
        var secret = volume.getSecret();
        if (configMap != null) {
            add(sources.configMap(namespace, configMap.getName()), "configmap", configMap.getName(),
                    configMap.getItems(),
                    mode(configMap.getDefaultMode()), configMap.getOptional());
        } else if (secret != null) {
            add(sources.secret(namespace, secret.getSecretName()), "secret", secret.getSecretName(), secret.getItems(),
                    mode(secret.getDefaultMode()), secret.getOptional());
        } else if (volume.getDownwardAPI() != null) {
            addDownward(volume.getDownwardAPI().getItems(), mode(volume.getDownwardAPI().getDefaultMode()));
        } else {
            addProjected(volume);
        }
    }

    private void addProjected(Volume volume) throws Missing {
        int mode = mode(volume.getProjected().getDefaultMode());
        for (var source : volume.getProjected().getSources()) {
            var configMap = source.getConfigMap();
            var secret = source.getSecret();
            if (configMap != null) {
                add(sources.configMap(namespace, configMap.getName()), "configmap", configMap.getName(),
                        configMap.getItems(), mode, configMap.getOptional());
            } else if (secret != null) {
                add(sources.secret(namespace, secret.getName()), "secret", secret.getName(), secret.getItems(), mode,
                        secret.getOptional());
            } else if (source.getDownwardAPI() != null) {
                addDownward(source.getDownwardAPI().getItems(), mode);
            } else if (source.getServiceAccountToken() != null) {
                var wanted = source.getServiceAccountToken();
                put(wanted.getPath(), tokens.token(wanted).getBytes(StandardCharsets.UTF_8), TOKEN_MODE);
            } else {
                throw new Missing("volume \"" + volume.getName() + "\" has a projected source that is not supported");
            }
        }
    }

    private void add(Optional<Map<String, byte[]>> data, String kind, String name, List<KeyToPath> items, int mode,
            @Nullable Boolean optional) throws Missing {
        boolean may = Boolean.TRUE.equals(optional);
        if (data.isEmpty()) {
            if (!may) {
                throw new Missing(kind + " \"" + name + "\" not found");
            }
            return;
        }
        if (items.isEmpty()) {
            data.get().forEach((key, value) -> put(key, value, mode));
        }
        for (var item : items) {
            var value = data.get().get(item.getKey());
            if (value != null) {
                put(item.getPath(), value, item.getMode() == null ? mode : item.getMode());
            } else if (!may) {
                throw new Missing(kind + " \"" + name + "\" has no key " + item.getKey());
            }
        }
    }

    private void addDownward(List<DownwardAPIVolumeFile> items, int mode) throws Missing {
        for (var item : items) {
            var text = item.getFieldRef() != null
                    ? downward.field(item.getFieldRef().getFieldPath())
                    : downward.resource(item.getResourceFieldRef(), new Container());
            put(item.getPath(), text.getBytes(StandardCharsets.UTF_8), item.getMode() == null ? mode : item.getMode());
        }
    }

    private void put(String path, byte[] bytes, int mode) {
        files.put(path, new Content(bytes, mode));
    }

    private static int mode(@Nullable Integer mode) {
        return mode == null ? DEFAULT_MODE : mode;
    }
}
