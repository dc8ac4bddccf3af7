package io.claudeflow.swarm.cli.resource;

import io.claudeflow.swarm.cli.adapter.kube.Discovery;
import io.claudeflow.swarm.cli.adapter.kube.KubeApi;
import io.claudeflow.swarm.cli.adapter.kube.ResourceType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be read: types or objects of them, in which namespace.
 *
 * @param namespace null: all namespaces
 * @param selector  labels; null: any
 */
public record Selection(List<Target> targets, @Nullable String namespace, @Nullable String selector) {
    public Selection {
        targets = List.copyOf(targets);
    }

    /** A type, or one object of it. */
    public record Target(ResourceType type, @Nullable String name) {}

    /** Finds what the words mean on that server. */
    public static Selection of(KubeApi api, List<String> words, @Nullable String namespace, @Nullable String selector) {
        var named = ResourceWords.parse(words);
        var discovery = Discovery.of(api);
        var targets = new ArrayList<Target>();
        for (var one : named) {
            discovery.find(one.type()).forEach(type -> targets.add(new Target(type, one.name())));
        }
        return new Selection(targets, namespace, selector);
    }

    /** Whether several kinds are meant, so that names need their kind to tell them apart. */
    public boolean severalKinds() {
        return targets.stream().map(Target::type).distinct().count() > 1;
    }

    /** Path of the target's collection, in this selection's namespace. */
    public String path(Target target) {
        return target.type().path(namespace);
    }

    /** What narrows the collection: the target's name, the labels. */
    public Map<String, String> query(Target target) {
        var query = new LinkedHashMap<String, String>();
        if (target.name() != null) {
            query.put("fieldSelector", "metadata.name=" + target.name());
        }
        if (selector != null) {
            query.put("labelSelector", selector);
        }
        return query;
    }
}
