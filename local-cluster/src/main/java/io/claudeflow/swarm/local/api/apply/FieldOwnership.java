package io.claudeflow.swarm.local.api.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.error.ApiException;
import io.claudeflow.swarm.local.api.json.KubeJson;
import io.claudeflow.swarm.local.api.json.Meta;
import io.claudeflow.swarm.local.api.schema.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * Who owns which field: the bookkeeping after an update, and server-side apply (Kubernetes' field manager over structured-merge-diff's
 * Updater).
 *
 * @param schema     the kind's schema
 * @param apiVersion the version that is written
 * @param time       now, RFC 3339
 */
public record FieldOwnership(Schema schema, String apiVersion, String time) {
    /** Fields of metadata that the server sets and nobody owns. */
    private static final FieldSet NOBODYS = new FieldSet();

    static {
        List.of("apiVersion", "kind", "metadata").forEach(f -> NOBODYS.insert(List.of("f:" + f)));
        List.of("name", "namespace", "creationTimestamp", "selfLink", "uid", "clusterName", "generation",
                "managedFields", "resourceVersion").forEach(f -> NOBODYS.insert(List.of("f:metadata", "f:" + f)));
    }

    /**
     * Gives the fields that an update changed to its manager, and writes metadata.managedFields into {@code next}.
     *
     * @param live the object as it was; an empty one for a creation
     */
    public void updated(Manager manager, ObjectNode live, ObjectNode next) {
        var given = next.path("metadata").path("managedFields");
        boolean reset = given.size() == 1 && given.get(0).isEmpty();
        var managed = reset ? new ManagedFields() : ManagedFields.of(given.isEmpty() ? live : next);
        var change = Comparison.of(schema, unmanaged(live), unmanaged(next));
        var taken = owned(change.added().union(change.modified()));
        if (!reset && (!taken.isEmpty() || !change.removed().isEmpty())) {
            managed.release(taken.union(change.removed()), manager);
            var mine = managed.owned(manager).difference(change.removed()).union(taken);
            if (!taken.isEmpty()) {
                managed.set(manager, mine, apiVersion, time);
            } else if (managed.managers().get(manager) instanceof ManagedFields.Owned before) {
                managed.set(manager, mine, before.apiVersion(), before.time());
            }
        }
        managed.writeTo(next);
    }

    /**
     * Applies a configuration.
     *
     * @param live    the object as it is; an empty one when there is none
     * @param applied what the manager wants, all of it and no more
     * @param force   whether fields of others are taken
     * @return the object after the apply, with metadata.managedFields
     * @throws ApiException 409 when others own fields that would change
     */
    public ObjectNode apply(Manager manager, ObjectNode live, ObjectNode applied, boolean force) {
        var managed = ManagedFields.of(live);
        var before = managed.owned(manager);
        var mine = owned(FieldWalk.fields(schema, applied));
        var merged = Merge.apply(schema, unmanaged(live), applied);
        var others = new FieldSet();
        for (var entry : managed.managers().entrySet()) {
            if (!entry.getKey().equals(manager)) {
                others = others.union(entry.getValue().fields());
            }
        }
        var next = pruned(merged, before, mine.union(others));
        var change = Comparison.of(schema, unmanaged(live), next);
        var taken = change.added().union(change.modified());
        if (!force) {
            refuseConflicts(managed, manager, taken);
        }
        managed.release(taken.union(change.removed()), manager);
        // An apply that changes nothing but owners is told no time.
        var previous = managed.managers().get(manager);
        var kept = previous == null ? "" : previous.time();
        managed.set(manager, mine, apiVersion, change.isEmpty() ? kept : time);
        managed.writeTo(next);
        return next;
    }

    private static ObjectNode unmanaged(ObjectNode object) {
        if (!object.path("metadata").has("managedFields")) {
            return object;
        }
        var copy = object.objectNode();
        copy.setAll(object);
        var meta = object.path("metadata").deepCopy();
        ((ObjectNode) meta).remove("managedFields");
        copy.set("metadata", meta);
        return copy;
    }

    private static FieldSet owned(FieldSet fields) {
        return fields.difference(NOBODYS);
    }

    /** Without what the manager had applied before, applies no more, and nobody else owns. */
    private ObjectNode pruned(ObjectNode merged, FieldSet before, FieldSet keep) {
        if (before.isEmpty()) {
            return merged;
        }
        var had = named(schema, before);
        var kept = named(schema, keep);
        var without = Removal.remove(schema, merged, had);
        var gone = named(schema, FieldWalk.fields(schema, merged)).difference(
                named(schema, FieldWalk.fields(schema, without)));
        var pruned = Removal.remove(schema, merged, gone.difference(kept));
        // What lies inside a removed item and was never the manager's own stays with the item's other owners.
        var dangling = FieldWalk.fields(schema, merged)
                .difference(FieldWalk.fields(schema, pruned))
                .intersection(before);
        return Removal.remove(schema, merged, dangling.difference(kept));
    }

    /** With every declared field that has something below it as a member, so that an emptied struct goes, too. */
    private static FieldSet named(Schema schema, FieldSet set) {
        var out = new FieldSet();
        set.members().forEach(out::insertMember);
        set.children().forEach((step, child) -> {
            boolean field = step.startsWith("f:");
            if (field && schema.declared(step.substring(2)) != null) {
                out.insertMember(step);
            }
            out.putChild(step, named(field ? schema.field(step.substring(2)) : schema.items(), child));
        });
        return out;
    }

    private static void refuseConflicts(ManagedFields managed, Manager manager, FieldSet taken) {
        var conflicts = new ArrayList<String[]>();
        managed.managers().forEach((other, owned) -> {
            if (!other.equals(manager)) {
                for (var path : owned.fields().intersection(taken).paths()) {
                    conflicts.add(new String[]{"conflict with " + other.shown(owned.apiVersion()),
                        FieldsV1.shown(path)});
                }
            }
        });
        if (!conflicts.isEmpty()) {
            conflicts.sort((a, b) -> (a[0] + a[1]).compareTo(b[0] + b[1]));
            throw ApiException.applyConflict(conflicts);
        }
    }

    /** An object that has nothing yet, for creations: of built-in kinds, the structs that Go always has. */
    public static ObjectNode nothing(Schema schema) {
        var empty = KubeJson.object();
        Meta.of(empty);
        for (var struct : List.of("spec", "status")) {
            var declared = schema.declared(struct);
            if (declared != null && declared.builtIn()) {
                skeleton(declared, empty.putObject(struct));
            }
        }
        return empty;
    }

    private static void skeleton(Schema schema, ObjectNode struct) {
        if (schema.declared("containers") != null) {
            struct.putArray("containers");
        }
        for (var name : List.of("template", "strategy", "updateStrategy")) {
            if (schema.declared(name) instanceof Schema declared && !declared.definition().isEmpty()) {
                var child = struct.putObject(name);
                if (name.equals("template")) {
                    child.putObject("metadata");
                    child.putObject("spec").putArray("containers");
                }
            }
        }
    }
}
