package io.claudeflow.swarm.local.controllers;

import io.claudeflow.swarm.local.watch.Informers;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Each namespace has a ServiceAccount {@code default} and a ConfigMap {@code kube-root-ca.crt} with the authority of the API
 * server, without which the API server admits no pod.
 */
final class ServiceAccountController implements Controller {
    private static final String ACCOUNT = "default";
    private static final String ROOT_CA = "kube-root-ca.crt";
    private static final String FILE = "ca.crt";

    private final KubernetesClient client;
    private final String authority;
    private final WorkQueue<String> queue;

    /** @param authority the PEM certificate of the API server's authority */
    ServiceAccountController(KubernetesClient client, Informers informers, String authority) {
        this.client = client;
        this.authority = authority;
        this.queue = new WorkQueue<>("service-accounts", 4, this::reconcile);
        informers.onChange(Namespace.class, namespace -> queue.add(namespace.getMetadata().getName()));
        informers.onChange(ServiceAccount.class, named(ACCOUNT));
        informers.onChange(ConfigMap.class, named(ROOT_CA));
    }

    private <T extends HasMetadata> Consumer<T> named(String name) {
        return object -> {
            if (object.getMetadata().getName().equals(name)) {
                queue.add(object.getMetadata().getNamespace());
            }
        };
    }

    private void reconcile(String name) {
        var namespace = client.namespaces().withName(name).get();
        if (namespace == null || namespace.getMetadata().getDeletionTimestamp() != null) {
            return;
        }
        if (client.serviceAccounts().inNamespace(name).withName(ACCOUNT).get() == null) {
            unlessThere(() -> client.serviceAccounts()
                    .inNamespace(name)
                    .resource(new ServiceAccountBuilder().withNewMetadata().withName(ACCOUNT).endMetadata().build())
                    .create());
        }
        var wanted = Map.of(FILE, authority);
        var present = client.configMaps().inNamespace(name).withName(ROOT_CA).get();
        if (present == null) {
            var map = new ConfigMapBuilder().withNewMetadata().withName(ROOT_CA).endMetadata().withData(wanted).build();
            unlessThere(() -> client.configMaps().inNamespace(name).resource(map).create());
        } else if (!wanted.equals(present.getData())) {
            present.setData(wanted);
            client.configMaps().inNamespace(name).resource(present).update();
        }
    }

    private static void unlessThere(Runnable creation) {
        try {
            creation.run();
        } catch (KubernetesClientException e) {
            if (e.getCode() != 409) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        queue.close();
    }
}
