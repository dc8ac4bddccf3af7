package io.claudeflow.swarm.local.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.auth.User;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.json.Meta;
import io.claudeflow.swarm.local.api.resource.BuiltInKinds;
import io.claudeflow.swarm.local.api.resource.GroupResource;
import io.claudeflow.swarm.local.api.resource.ResourceType;
import io.claudeflow.swarm.local.api.store.Change;
import io.claudeflow.swarm.local.api.store.ObjectKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the catalog in step with the stored definitions, and lets a deleted definition go once its objects are gone: the work of
 * kube-apiserver's own apiextensions controllers. Listens to the store, on its context.
 */
public final class DefinitionLifecycle {
    private static final String CLEANUP = "customresourcecleanup.apiextensions.k8s.io";

    private static final Logger LOG = LoggerFactory.getLogger(DefinitionLifecycle.class);

    private final Cluster cluster;
    private final Deletion deletion;

    public DefinitionLifecycle(Cluster cluster, Deletion deletion) {
        this.cluster = cluster;
        this.deletion = deletion;
    }

    /** Takes over what the store holds, and follows it from then on. */
    public void start() {
        for (var definition : cluster.store().list(BuiltInKinds.DEFINITIONS, "")) {
            cluster.catalog().define(definition, Meta.name(definition));
            cleanUp(definition);
        }
        cluster.store().watch(this::changed);
    }

    /** Compiles the rules of the stored definitions on a worker, ahead of the first write that would wait for them. */
    public void warmUp() {
        var rules = new HashSet<String>();
        for (var definition : cluster.store().list(BuiltInKinds.DEFINITIONS, "")) {
            definition.findValues("rule").forEach(rule -> rules.add(rule.asText()));
        }
        if (!rules.isEmpty()) {
            // Whatever fails now is told then.
            cluster.rules().compile(rules).onFailure(cause -> LOG.atDebug().setCause(cause).log("rules not compiled"));
        }
    }

    private void changed(Change change) {
        if (change.key().resource().equals(BuiltInKinds.DEFINITIONS)) {
            if (change.type() == Change.Type.DELETED) {
                cluster.catalog().undefine(change.key().name());
            } else {
                cluster.catalog().define(change.object(), change.key().name());
                cleanUp(change.object());
            }
        } else if (change.type() == Change.Type.DELETED) {
            definitionOf(change.key().resource()).ifPresent(this::cleanUp);
        }
    }

    private Optional<ObjectNode> definitionOf(GroupResource resource) {
        return resource.group().isEmpty()
                ? Optional.empty()
                : cluster.store().get(new ObjectKey(BuiltInKinds.DEFINITIONS, "", resource.toString()));
    }

    private void cleanUp(ObjectNode definition) {
        if (!Meta.deleting(definition) || !Meta.finalizers(definition).contains(CLEANUP)) {
            return;
        }
        var resource = new GroupResource(KubeJson.string(definition, "spec", "group"),
                KubeJson.string(definition, "spec", "names", "plural"));
        var type = cluster.catalog().find(resource);
        type.ifPresent(this::deleteObjects);
        if (cluster.store().list(resource, "").isEmpty()) {
            release(definition);
        }
    }

    private void deleteObjects(ResourceType type) {
        for (var object : cluster.store().list(type.stored(), "")) {
            if (!Meta.deleting(object)) {
                var call = new Call(type, Meta.namespace(object), Meta.name(object), "", Map.of(),
                        new User("system:apiserver", "", List.of(User.MASTERS), Map.of()), "kube-apiserver",
                        new ArrayList<>());
                deletion.delete(call, KubeJson.object());
            }
        }
    }

    private void release(ObjectNode definition) {
        var stored = cluster.store().get(new ObjectKey(BuiltInKinds.DEFINITIONS, "", Meta.name(definition)));
        if (stored.isEmpty() || !Meta.uid(stored.get()).equals(Meta.uid(definition))) {
            return;
        }
        var next = stored.get().deepCopy();
        var finalizers = new ArrayList<>(Meta.finalizers(next));
        finalizers.remove(CLEANUP);
        Meta.setFinalizers(next, finalizers);
        if (finalizers.isEmpty()) {
            cluster.store().remove(BuiltInKinds.DEFINITIONS, next);
        } else {
            cluster.store().put(BuiltInKinds.DEFINITIONS, next);
        }
    }
}
