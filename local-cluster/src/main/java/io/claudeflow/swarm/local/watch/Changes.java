package io.claudeflow.swarm.local.watch;

import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.function.Consumer;

/** An event handler for those who only want to know that something about an object has changed. */
final class Changes<T> implements ResourceEventHandler<T> {
    private final Consumer<T> listener;

    Changes(Consumer<T> listener) {
        this.listener = listener;
    }

    @Override
    public void onAdd(T object) {
        listener.accept(object);
    }

    @Override
    public void onUpdate(T before, T after) {
        listener.accept(after);
    }

    @Override
    public void onDelete(T object, boolean finalStateUnknown) {
        listener.accept(object);
    }
}
