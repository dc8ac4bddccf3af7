package io.claudeflow.swarm.kit.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.jspecify.annotations.Nullable;

/** Micrometer's registry with the JVM's meters, made when it is first asked for: start-up does not wait for it. */
final class LibraryMeters implements AutoCloseable {
    private @Nullable PrometheusMeterRegistry made;
    private @Nullable JvmGcMetrics collections;

    synchronized MeterRegistry registry() {
        return prometheus();
    }

    synchronized String scrape() {
        return prometheus().scrape();
    }

    private PrometheusMeterRegistry prometheus() {
        if (made == null) {
            made = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            collections = new JvmGcMetrics();
            collections.bindTo(made);
            new JvmMemoryMetrics().bindTo(made);
            new JvmThreadMetrics().bindTo(made);
            new ProcessorMetrics().bindTo(made);
            new UptimeMetrics().bindTo(made);
            new FileDescriptorMetrics().bindTo(made);
        }
        return made;
    }

    @Override
    public synchronized void close() {
        if (collections != null) {
            collections.close();
        }
        if (made != null) {
            made.close();
        }
    }
}
