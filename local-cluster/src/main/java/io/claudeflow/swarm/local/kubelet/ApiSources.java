package io.claudeflow.swarm.local.kubelet;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads ConfigMaps, Secrets and claims from the API server, always fresh. Blocking. */
final class ApiSources implements Sources, PodVolumes.Claims {
    private final KubernetesClient client;

    ApiSources(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public Optional<Map<String, byte[]>> configMap(String namespace, String name) {
        return Optional.ofNullable(client.configMaps().inNamespace(namespace).withName(name).get()).map(map -> {
            var data = new HashMap<String, byte[]>();
            if (map.getData() != null) {
                map.getData().forEach((key, value) -> data.put(key, value.getBytes(StandardCharsets.UTF_8)));
            }
            if (map.getBinaryData() != null) {
                map.getBinaryData().forEach((key, value) -> data.put(key, Base64.getDecoder().decode(value)));
            }
            return data;
        });
    }

    @Override
    public Optional<Map<String, byte[]>> secret(String namespace, String name) {
        return Optional.ofNullable(client.secrets().inNamespace(namespace).withName(name).get()).map(secret -> {
            var data = new HashMap<String, byte[]>();
            if (secret.getData() != null) {
                secret.getData().forEach((key, value) -> data.put(key, Base64.getDecoder().decode(value)));
            }
            return data;
        });
    }

    @Override
    public Path directory(String namespace, String claim) throws Missing {
        var found = client.persistentVolumeClaims().inNamespace(namespace).withName(claim).get();
        if (found == null) {
            throw new Missing("persistentvolumeclaim \"" + claim + "\" not found");
        }
        if (found.getStatus() == null || !"Bound".equals(found.getStatus().getPhase())) {
            throw new Missing("persistentvolumeclaim \"" + claim + "\" is not bound yet");
        }
        var volume = client.persistentVolumes().withName(found.getSpec().getVolumeName()).get();
        if (volume == null) {
            throw new Missing("persistentvolume \"" + found.getSpec().getVolumeName() + "\" not found");
        }
        if (volume.getSpec().getHostPath() != null) {
            return Path.of(volume.getSpec().getHostPath().getPath());
        }
        if (volume.getSpec().getLocal() != null) {
            return Path.of(volume.getSpec().getLocal().getPath());
        }
        throw new Missing("persistentvolume \"" + found.getSpec().getVolumeName() + "\" is neither hostPath nor local");
    }
}
