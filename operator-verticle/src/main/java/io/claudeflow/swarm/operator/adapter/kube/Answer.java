package io.claudeflow.swarm.operator.adapter.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/** What came of bringing one object to what it is to be. Failures that pass by themselves are exceptions instead. */
public sealed interface Answer<T> {
    /** It was so already; nothing was written. */
    record Unchanged<T extends HasMetadata>(T object) implements Answer<T> {}

    /** It is so now. */
    record Written<T extends HasMetadata>(T object) implements Answer<T> {}

    /** An object of that name is somebody else's; it was not touched. */
    record NameTaken<T>() implements Answer<T> {}

    /** It belongs to an earlier owner of the same name, and goes with that one: once it is gone it can be made. */
    record Former<T>() implements Answer<T> {}

    /** The API server said no, and will say so again. */
    record Refused<T>(String words) implements Answer<T> {}

    /** The namespace is ending or gone: nothing can be made in it any more. */
    record Ending<T>() implements Answer<T> {}

    /** Somebody else's object: one of an earlier owner of the same name, or a stranger's. */
    static <T> Answer<T> taken(HasMetadata owner, HasMetadata object) {
        boolean former = object.getMetadata()
                .getOwnerReferences()
                .stream()
                .anyMatch(
                        ref -> ref.getKind().equals(owner.getKind())
                                && ref.getName().equals(owner.getMetadata().getName()));
        return former ? new Former<>() : new NameTaken<>();
    }

    /** The answer that an exception stands for; throws it again when trying once more may help. */
    static <T> Answer<T> of(KubernetesClientException failure) {
        if (namespaceEnding(failure)) {
            return new Ending<>();
        }
        return switch (failure.getCode()) {
            case HttpURLConnection.HTTP_BAD_REQUEST, HttpURLConnection.HTTP_FORBIDDEN, 422 ->
                new Refused<>(words(failure));
            default -> throw failure;
        };
    }

    /** Whether the failure says that the namespace is being deleted or does not exist. */
    static boolean namespaceEnding(KubernetesClientException failure) {
        var details = failure.getStatus() == null ? null : failure.getStatus().getDetails();
        if (details == null) {
            return false;
        }
        boolean terminating = details.getCauses() != null
                && details.getCauses().stream().anyMatch(cause -> "NamespaceTerminating".equals(cause.getReason()));
        return terminating
                || failure.getCode() == HttpURLConnection.HTTP_NOT_FOUND && "namespaces".equals(details.getKind());
    }

    private static String words(KubernetesClientException failure) {
        Status status = failure.getStatus();
        return status == null || status.getMessage() == null
                ? String.valueOf(failure.getMessage())
                : status.getMessage();
    }
}
