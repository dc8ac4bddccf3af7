package io.claudeflow.swarm.operator.adapter.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reconciliations asked for by what was heard elsewhere than at the API server. Any thread.
 *
 * @param <P> the kind that is reconciled
 */
public final class Signals<P extends HasMetadata> extends AbstractEventSource<Void, P> {
    private volatile @Nullable IndexerResourceCache<P> primaries;

    public Signals(String name) {
        super(Void.class, name);
    }

    /** This, as the source that the kind's controller registers. */
    public Signals<P> source(EventSourceContext<P> context) {
        primaries = context.getPrimaryCache();
        return this;
    }

    /** One resource; nothing happens if there is none of that name. */
    public void one(String namespace, String name) {
        if (isRunning()) {
            getEventHandler().handleEvent(new Event(new ResourceID(name, namespace)));
        }
    }

    /** Every resource that there is. */
    public void all() {
        var cache = primaries;
        if (isRunning() && cache != null) {
            cache.keys().toList().forEach(id -> getEventHandler().handleEvent(new Event(id)));
        }
    }

    @Override
    public Set<Void> getSecondaryResources(P primary) {
        return Set.of();
    }
}
