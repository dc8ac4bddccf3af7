package io.claudeflow.swarm.cli.adapter.kube;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A kind that an API server serves.
 *
 * @param group        empty for the core group
 * @param plural       as in paths
 * @param subresources for example {@code scale}
 */
public record ResourceType(String group, String version, String plural, String singular, String kind,
        boolean namespaced, List<String> shortNames, List<String> categories, Set<String> subresources) {
    public ResourceType {
        shortNames = List.copyOf(shortNames);
        categories = List.copyOf(categories);
        subresources = Set.copyOf(subresources);
    }

    /** As in a manifest. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** The name before the slash in {@code -o name}. */
    public String qualifiedSingular() {
        return group.isEmpty() ? singular : singular + "." + group;
    }

    /** Path of the collection, without a leading slash; {@code namespace} null: all namespaces. */
    public String path(@Nullable String namespace) {
        var root = group.isEmpty() ? "api/" + version : "apis/" + group + "/" + version;
        return namespaced && namespace != null ? root + "/namespaces/" + namespace + "/" + plural : root + "/" + plural;
    }

    /** Path of one object. */
    public String path(String namespace, String name) {
        return path(namespaced ? namespace : null) + "/" + name;
    }

    /** Whether a person may mean this kind by that word, in any case. */
    boolean answersTo(String word) {
        return plural.equalsIgnoreCase(word) || singular.equalsIgnoreCase(word) || kind.equalsIgnoreCase(word)
                || shortNames.stream().anyMatch(word::equalsIgnoreCase)
                || (plural + "." + group).equalsIgnoreCase(word) || (singular + "." + group).equalsIgnoreCase(word);
    }
}
