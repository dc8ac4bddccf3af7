package io.claudeflow.swarm.local.kubelet;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which objects a pod is made from. Pure. */
final class VolumeSources {
    private VolumeSources() {}

    /** Whether the pod's volumes or variables name the object, which is known to lie in its namespace. */
    static boolean mentions(Pod pod, HasMetadata source) {
        var name = source.getMetadata().getName();
        return names(pod, source).anyMatch(name::equals);
    }

    private static Stream<@Nullable String> names(Pod pod, HasMetadata source) {
        var volumes = pod.getSpec().getVolumes().stream().flatMap(volume -> names(volume, source));
        var variables = Stream
                .concat(pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream())
                .flatMap(container -> names(container, source));
        return Stream.concat(volumes, variables);
    }

    private static Stream<@Nullable String> names(Volume volume, HasMetadata source) {
        var projected = volume.getProjected() == null
                ? Stream.<VolumeProjection>empty()
                : volume.getProjected().getSources().stream();
        return switch (source) {
            case ConfigMap _ -> Stream.concat(named(volume.getConfigMap(), from -> from.getName()),
                    projected.flatMap(part -> named(part.getConfigMap(), from -> from.getName())));
            case Secret _ -> Stream.concat(named(volume.getSecret(), from -> from.getSecretName()),
                    projected.flatMap(part -> named(part.getSecret(), from -> from.getName())));
            default -> named(volume.getPersistentVolumeClaim(), from -> from.getClaimName());
        };
    }

    private static Stream<@Nullable String> names(Container container, HasMetadata source) {
        var values = container.getEnv().stream().map(EnvVar::getValueFrom).filter(Objects::nonNull);
        var all = container.getEnvFrom().stream();
        return switch (source) {
            case ConfigMap _ ->
                Stream.concat(values.flatMap(value -> named(value.getConfigMapKeyRef(), from -> from.getName())),
                        all.map(EnvFromSource::getConfigMapRef).flatMap(part -> named(part, from -> from.getName())));
            case Secret _ ->
                Stream.concat(values.flatMap(value -> named(value.getSecretKeyRef(), from -> from.getName())),
                        all.map(EnvFromSource::getSecretRef).flatMap(part -> named(part, from -> from.getName())));
            default -> Stream.empty();
        };
    }

    private static <T> Stream<@Nullable String> named(@Nullable T part, Function<T, @Nullable String> name) {
        return part == null ? Stream.empty() : Stream.of(name.apply(part));
    }
}
