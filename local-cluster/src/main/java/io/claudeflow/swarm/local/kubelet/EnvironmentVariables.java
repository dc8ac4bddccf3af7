package io.claudeflow.swarm.local.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The environment of a container, as Kubernetes composes it: what the kubelet gives, then envFrom, then env. */
final class EnvironmentVariables {
    private EnvironmentVariables() {}

    /**
     * Resolves all variables.
     *
     * @param given what the kubelet gives every container; the container's own come on top
     * @throws Missing naming the object or key that is not there
     */
    static Map<String, String> resolve(Container container, Map<String, String> given, DownwardApi downward,
            Sources sources) throws Missing {
        var result = new LinkedHashMap<>(given);
        var namespace = downward.pod().getMetadata().getNamespace();
        for (var from : container.getEnvFrom()) {
            var prefix = from.getPrefix() == null ? "" : from.getPrefix();
            if (from.getConfigMapRef() != null) {
                var name = from.getConfigMapRef().getName();
                addAll(result, prefix, sources.configMap(namespace, name),
                        optional(from.getConfigMapRef().getOptional()),
                        "configmap \"" + name + "\" not found");
            }
            if (from.getSecretRef() != null) {
                var name = from.getSecretRef().getName();
                addAll(result, prefix, sources.secret(namespace, name), optional(from.getSecretRef().getOptional()),
                        "secret \"" + name + "\" not found");
            }
        }
        for (var variable : container.getEnv()) {
            value(variable, container, result, downward, sources)
                    .ifPresent(value -> result.put(variable.getName(), value));
        }
        return result;
    }

    private static void addAll(Map<String, String> result, String prefix, Optional<Map<String, byte[]>> data,
            boolean optional, String sentence) throws Missing {
        if (data.isEmpty() && !optional) {
            throw new Missing(sentence);
        }
        data.ifPresent(entries -> entries.forEach((key, value) -> result.put(prefix + key, text(value))));
    }

    private static Optional<String> value(EnvVar variable, Container container, Map<String, String> known,
            DownwardApi downward, Sources sources) throws Missing {
        var from = variable.getValueFrom();
        if (from == null) {
            return Optional.of(expand(variable.getValue() == null ? "" : variable.getValue(), known));
        }
        var namespace = downward.pod().getMetadata().getNamespace();
        if (from.getFieldRef() != null) {
            return Optional.of(downward.field(from.getFieldRef().getFieldPath()));
        }
        if (from.getResourceFieldRef() != null) {
            return Optional.of(downward.resource(from.getResourceFieldRef(), container));
        }
        if (from.getConfigMapKeyRef() != null) {
            var key = from.getConfigMapKeyRef();
            return entry(sources.configMap(namespace, key.getName()), key.getKey(), optional(key.getOptional()),
                    "configmap \"" + key.getName() + "\"");
        }
        if (from.getSecretKeyRef() != null) {
            var key = from.getSecretKeyRef();
            return entry(sources.secret(namespace, key.getName()), key.getKey(), optional(key.getOptional()),
                    "secret \"" + key.getName() + "\"");
        }
        throw new Missing("env " + variable.getName() + " has a valueFrom that is not supported");
    }

    private static Optional<String> entry(Optional<Map<String, byte[]>> data, String key, boolean optional,
            String object)
            throws Missing {
        var value = data.flatMap(entries -> Optional.ofNullable(entries.get(key)));
        if (value.isEmpty() && !optional) {
            throw new Missing(data.isEmpty() ? object + " not found" : "couldn't find key " + key + " in " + object);
        }
        return value.map(EnvironmentVariables::text);
    }

    /** Replaces {@code $(NAME)} by a variable known so far; {@code $$(NAME)} is a literal {@code $(NAME)}. */
    static String expand(String text, Map<String, String> known) {
        var result = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != '$' || at + 1 == text.length()) {
                result.append(c);
                at++;
                continue;
            }
            char next = text.charAt(at + 1);
            int end = next == '(' ? text.indexOf(')', at) : -1;
            if (next == '$') {
                result.append('$');
                at += 2;
            } else if (end > 0) {
                var name = text.substring(at + 2, end);
                var value = known.get(name);
                result.append(value == null ? text.substring(at, end + 1) : value);
                at = end + 1;
            } else {
                result.append(c);
                at++;
            }
        }
        return result.toString();
    }

    private static boolean optional(@Nullable Boolean flag) {
        return Boolean.TRUE.equals(flag);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
