package io.claudeflow.swarm.operator.adapter.kube;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.net.HttpURLConnection;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a status as one writer's part of it. What that writer wrote before and does not say now is removed; what others wrote
 * stays.
 *
 * @param <T> the kind
 * @param <S> its status
 */
public final class StatusWriter<T extends CustomResource<?, S>, S> {
    private static final Logger LOG = LoggerFactory.getLogger(StatusWriter.class);

    private final Supplier<T> empty;
    private final String fieldManager;
    private final Latest<T> latest;

    /**
     * A writer.
     *
     * @param empty  makes an object of the kind without anything in it
     * @param latest learns the answers
     */
    public StatusWriter(Supplier<T> empty, String fieldManager, Latest<T> latest) {
        this.empty = empty;
        this.fieldManager = fieldManager;
        this.latest = latest;
    }

    /** Writes, whatever version the object has. False when the object is gone. */
    public boolean write(T object, S status, Context<T> context) {
        return write(object, status, null, context);
    }

    /** Writes only on the version that {@code object} has. False when it has another one by now, or is gone. */
    public boolean writeOnVersion(T object, S status, Context<T> context) {
        return write(object, status, object.getMetadata().getResourceVersion(), context);
    }

    private boolean write(T object, S status, @Nullable String version, Context<T> context) {
        var patch = empty.get();
        patch.setMetadata(new ObjectMetaBuilder().withName(object.getMetadata().getName())
                .withNamespace(object.getMetadata().getNamespace())
                .withResourceVersion(version)
                .withUid(version == null ? null : object.getMetadata().getUid())
                .build());
        patch.setStatus(status);
        try {
            latest.remember(
                    context.getClient().resource(patch).subresource("status").patch(Apply.as(fieldManager)));
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND || e.getCode() == HttpURLConnection.HTTP_CONFLICT
                    || Answer.namespaceEnding(e)) {
                LOG.atDebug()
                        .addKeyValue("kind", object.getKind())
                        .addKeyValue("name", object.getMetadata().getName())
                        .addKeyValue("code", e.getCode())
                        .log("status not written: the object has moved on");
                return false;
            }
            throw e;
        }
    }
}
