package io.claudeflow.swarm.operator.adapter.kube;

import io.claudeflow.swarm.operator.identity.Owner;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.SSABasedGenericKubernetesResourceMatcher;
import org.jspecify.annotations.Nullable;

/** Brings objects to what they are to be, by server-side apply, and only where they are not so already. */
public final class Apply {
    private Apply() {}

    /** A server-side apply as that writer, who wins where two disagree. */
    public static PatchContext as(String fieldManager) {
        return new PatchContext.Builder().withFieldManager(fieldManager)
                .withForce(true)
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .build();
    }

    /**
     * Applies.
     *
     * @param owner   whose object it is to be; an object of the same name that {@code owner} does not control is not touched
     * @param cached  what a cache has, or null: then the API server is asked
     * @param settled what was compared before
     * @param context of the reconciliation: names the field manager
     */
    public static <T extends HasMetadata> Answer<T> bring(T desired, @Nullable T cached, HasMetadata owner,
            Settled settled,
            Context<?> context) {
        try {
            var client = context.getClient();
            var actual = cached == null ? read(client, desired) : cached;
            if (actual != null && !Owner.controls(owner, actual)) {
                return Answer.taken(owner, actual);
            }
            if (actual != null && settled.is(owner, actual, desired)) {
                return new Answer.Unchanged<>(actual);
            }
            if (actual != null
                    && SSABasedGenericKubernetesResourceMatcher.<T>getInstance().matches(actual, desired, context)) {
                settled.note(owner, actual, desired);
                return new Answer.Unchanged<>(actual);
            }
            var written = client.resource(desired)
                    .patch(as(context.getControllerConfiguration().fieldManager()));
            return new Answer.Written<>(written);
        } catch (KubernetesClientException e) {
            return Answer.of(e);
        }
    }

    private static <T extends HasMetadata> @Nullable T read(KubernetesClient client, T object) {
        return client.resource(object).get();
    }
}
