package io.claudeflow.swarm.local.api.kind;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.claudeflow.swarm.local.api.error.FieldError;
import io.claudeflow.swarm.local.api.store.Store;
import java.util.List;

/** What one built-in kind needs beyond its schema. Every method may change the object it is given, and nothing else. */
public interface KindRules {
    /** A kind that needs nothing. */
    KindRules NONE = new KindRules() {};

    /** Fills in defaults, on every write. */
    default void defaults(ObjectNode object) {}

    /**
     * Prepares a new object: its first status, what the server allocates or admission adds.
     *
     * @throws io.claudeflow.swarm.local.api.error.ApiException when admission refuses it
     */
    default void create(ObjectNode object, Store store) {}

    /** Prepares a new state of an object: keeps what clients may not take away. */
    default void update(ObjectNode next, ObjectNode live, Store store) {}

    /** What is wrong with an object. */
    default List<FieldError> validate(ObjectNode object) {
        return List.of();
    }

    /** What is wrong with a change; {@link #validate} is asked besides. */
    default List<FieldError> validateUpdate(ObjectNode next, ObjectNode live) {
        return List.of();
    }
}
