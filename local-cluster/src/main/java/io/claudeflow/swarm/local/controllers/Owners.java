package io.claudeflow.swarm.local.controllers;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;

/** Finds the controller of an object by its owner references. Pure. */
final class Owners {
    private Owners() {}

    /** The name of the controlling owner, if it is of that kind. */
    static Optional<ObjectKey> controller(HasMetadata object, String kind) {
        var owners = object.getMetadata().getOwnerReferences();
        return owners == null
                ? Optional.empty()
                : owners.stream()
                        .filter(owner -> Boolean.TRUE.equals(owner.getController()) && kind.equals(owner.getKind()))
                        .map(owner -> new ObjectKey(object.getMetadata().getNamespace(), owner.getName()))
                        .findFirst();
    }
}
