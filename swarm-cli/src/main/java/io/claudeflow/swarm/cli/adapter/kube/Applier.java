package io.claudeflow.swarm.cli.adapter.kube;

import com.fasterxml.jackson.databind.JsonNode;
import io.claudeflow.swarm.cli.adapter.yaml.Manifest;
import io.claudeflow.swarm.kit.error.ErrorCode;
import io.claudeflow.swarm.kit.error.SwarmException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Server-side apply, with refusals placed in the file they come from. Idempotent. Any thread. */
public final class Applier {
    /** The field manager of everything that the command line applies. */
    public static final String FIELD_MANAGER = "swarm";

    private static final String APPLY = "application/apply-patch+yaml";
    private static final Map<String, String> QUERY = Map.of("fieldManager", FIELD_MANAGER, "force", "true",
            "fieldValidation", "Strict");

    private final KubeApi api;
    private volatile @Nullable Discovery discovery;

    public Applier(KubeApi api) {
        this.api = api;
    }

    /**
     * Applies one object to its own namespace, else to {@code namespace}.
     *
     * @param dryRun only asks the server what it would do
     */
    public Applied apply(Manifest manifest, String namespace, boolean dryRun) {
        var type = type(manifest);
        var target = manifest.namespace().isEmpty() ? namespace : manifest.namespace();
        var path = type.path(target, manifest.name());
        try {
            var before = existing(path);
            var query = new LinkedHashMap<>(QUERY);
            if (dryRun) {
                query.put("dryRun", "All");
            }
            var answer = api.exchange("PATCH", path + KubeApi.query(query), APPLY, manifest.json());
            var object = new KubeObject(answer.body());
            return new Applied(type, object, verb(before, answer.body()));
        } catch (SwarmException e) {
            throw placed(type, manifest, e);
        }
    }

    private static Verb verb(Optional<JsonNode> before, JsonNode after) {
        if (before.isEmpty()) {
            return Verb.CREATED;
        }
        var version = "/metadata/resourceVersion";
        return before.get().at(version).equals(after.at(version)) ? Verb.UNCHANGED : Verb.CONFIGURED;
    }

    private Optional<JsonNode> existing(String path) {
        try {
            return Optional.of(api.get(path));
        } catch (SwarmException e) {
            if (e.code().equals(ErrorCode.NOT_FOUND)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The type of a manifest; discovery is read again when it does not know it, because definitions may be new. */
    ResourceType type(Manifest manifest) {
        var known = discovery;
        var type = known == null
                ? Optional.<ResourceType>empty()
                : known.byKind(manifest.apiVersion(), manifest.kind());
        if (type.isEmpty()) {
            discovery = Discovery.of(api);
            type = java.util.Objects.requireNonNull(discovery).byKind(manifest.apiVersion(), manifest.kind());
        }
        return type.orElseThrow(() -> new SwarmException(ErrorCode.INVALID,
                manifest.place("kind") + ": the API server does not know " + manifest.apiVersion() + " "
                        + manifest.kind() + "; check both, or apply its definition first"));
    }

    private SwarmException placed(ResourceType type, Manifest manifest, SwarmException failure) {
        var refusal = KubeRefusal.behind(failure);
        if (refusal.isEmpty()) {
            return failure;
        }
        List<KubeRefusal.FieldCause> causes = refusal.get().causes();
        var what = manifest.kind() + " " + manifest.name();
        var text = causes.isEmpty()
                ? manifest.place() + ": " + what + ": " + refusal.get().message()
                : causes.stream()
                        .map(cause -> manifest.place(cause.field()) + ": " + what + ": " + cause.field() + ": "
                                + sentence(type, cause))
                        .distinct()
                        .collect(Collectors.joining("\n"));
        return new SwarmException(failure.code(), text, failure.getCause());
    }

    private String sentence(ResourceType type, KubeRefusal.FieldCause cause) {
        return cause.message().equals(KubeRefusal.FieldCause.UNKNOWN)
                ? FieldHint.of(api, type, cause.field())
                : cause.message();
    }

    /** What an apply did. */
    public enum Verb {
        CREATED("created"), CONFIGURED("configured"), UNCHANGED("unchanged");

        private final String word;

        Verb(String word) {
            this.word = word;
        }

        /** As kubectl says it. */
        public String word() {
            return word;
        }
    }

    /** The object after an apply. */
    public record Applied(ResourceType type, KubeObject object, Verb verb) {
        /** As kubectl says it: {@code swarmcluster.swarm.claudeflow.io/x created}. */
        public String sentence() {
            return type.qualifiedSingular() + "/" + object.name() + " " + verb.word();
        }
    }
}
