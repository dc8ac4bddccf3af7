package io.claudeflow.swarm.local.api.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * One change of one object.
 *
 * @param object the new state, or for a deletion the last one with the deletion's revision
 * @param before the state before, or null for a creation
 */
public record Change(long revision, Type type, ObjectKey key, ObjectNode object, @Nullable ObjectNode before) {
    /** As watches name them. */
    public enum Type {
        ADDED, MODIFIED, DELETED
    }
}
