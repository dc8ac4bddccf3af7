package io.claudeflow.swarm.operator.identity;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;

/** Owner references: what an object goes with, and whose it is. */
public final class Owner {
    private Owner() {}

    /** A reference that says: I made it, it goes with me. */
    public static OwnerReference controlledBy(HasMetadata owner) {
        return reference(owner).withController(true).withBlockOwnerDeletion(true).build();
    }

    /** A reference that says: it goes with me, somebody else looks after it. */
    public static OwnerReference goesWith(HasMetadata owner) {
        return reference(owner).build();
    }

    /** Whether that object's controller is {@code owner}, by UID. */
    public static boolean controls(HasMetadata owner, HasMetadata object) {
        return object.getMetadata()
                .getOwnerReferences()
                .stream()
                .anyMatch(ref -> Boolean.TRUE.equals(ref.getController())
                        && ref.getUid().equals(owner.getMetadata().getUid()));
    }

    private static OwnerReferenceBuilder reference(HasMetadata owner) {
        return new OwnerReferenceBuilder().withApiVersion(owner.getApiVersion())
                .withKind(owner.getKind())
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid());
    }
}
