package io.claudeflow.swarm.local.controllers;

import io.claudeflow.swarm.local.events.EventRecorder;
import io.claudeflow.swarm.local.watch.Informers;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** All controllers of a local cluster, started at once. They hold no state of their own: everything is read from the API. */
public final class Controllers implements AutoCloseable {
    private final KubernetesClient client;
    private final Informers informers;
    private final EventRecorder events;
    private final List<Controller> controllers;

    private Controllers(KubernetesClient client, Informers informers, EventRecorder events,
            List<Controller> controllers) {
        this.client = client;
        this.informers = informers;
        this.events = events;
        this.controllers = controllers;
    }

    /**
     * Starts the controllers and returns at once; they try again until the API server answers.
     *
     * @param config  an administrator's access, with the API server's authority in {@code caCertData}
     * @param volumes where the directories of persistent volumes are made
     */
    public static Controllers start(Config config, Path volumes) {
        var client = new KubernetesClientBuilder().withConfig(config).build();
        var informers = new Informers(client);
        var events = new EventRecorder(client, "local-controllers", "");
        var discovery = new Discovery(client);
        var collector = new GarbageCollector(client, informers, discovery);
        var controllers = new ArrayList<Controller>();
        controllers.add(new ServiceAccountController(client, informers, authority(config)));
        controllers.add(new PodBinder(client, informers, new EventRecorder(client, "default-scheduler", "")));
        controllers.add(new NamespaceController(client, informers, discovery));
        controllers.add(new VolumeController(client, informers, events, volumes));
        controllers.add(new ReplicaSetController(client, informers, events));
        controllers.add(new DeploymentController(client, informers, events));
        controllers.add(new StatefulSetController(client, informers, events));
        controllers.add(new JobController(client, informers, events));
        controllers.add(new EndpointSliceController(client, informers));
        controllers.add(collector);
        informers.start();
        collector.start();
        return new Controllers(client, informers, events, controllers);
    }

    private static String authority(Config config) {
        var data = config.getCaCertData();
        if (data == null) {
            throw new IllegalArgumentException("config has no caCertData: pods would get no authority to trust");
        }
        return data.contains("BEGIN CERTIFICATE")
                ? data
                : new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8);
    }

    /** Stops them; each waits at most 5 s for what runs. */
    @Override
    public void close() {
        informers.close();
        controllers.forEach(Controller::close);
        events.close();
        client.close();
    }
}
