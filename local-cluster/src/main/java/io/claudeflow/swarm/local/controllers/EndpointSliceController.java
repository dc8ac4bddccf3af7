package io.claudeflow.swarm.local.controllers;

import io.claudeflow.swarm.local.watch.Informers;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPortBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One EndpointSlice per Service with a selector. A real API server refuses loopback addresses in slices of address type IPv4 ("may
 * not be in the loopback range"), and local pods have no others; so the slices are of type FQDN and name each pod by
 * {@code <address with dashes>.<namespace>.pod.cluster.local}, which the kubelet's hosts file resolves. They tell people and
 * controllers who is ready; name resolution does not read them.
 */
final class EndpointSliceController implements Controller {
    private final KubernetesClient client;
    private final Informers informers;
    private final WorkQueue<ObjectKey> queue;

    EndpointSliceController(KubernetesClient client, Informers informers) {
        this.client = client;
        this.informers = informers;
        this.queue = new WorkQueue<>("endpoint-slices", 4, this::reconcile);
        var services = informers.of(Service.class);
        informers.onChange(Service.class, service -> queue.add(ObjectKey.of(service)));
        informers.onChange(Pod.class, pod -> services.getStore()
                .list()
                .stream()
                .filter(service -> selects(service, pod))
                .forEach(service -> queue.add(ObjectKey.of(service))));
    }

    private static boolean selects(Service service, Pod pod) {
        var selector = service.getSpec().getSelector();
        return selector != null && !selector.isEmpty()
                && service.getMetadata().getNamespace().equals(pod.getMetadata().getNamespace())
                && Templates.orEmpty(pod.getMetadata().getLabels()).entrySet().containsAll(selector.entrySet());
    }

    private void reconcile(ObjectKey key) {
        var service = client.services().inNamespace(key.namespace()).withName(key.name()).get();
        if (service == null || service.getMetadata().getDeletionTimestamp() != null
                || Templates.orEmpty(service.getSpec().getSelector()).isEmpty()) {
            return;
        }
        var pods = informers.of(Pod.class)
                .getStore()
                .list()
                .stream()
                .filter(pod -> selects(service, pod) && !Templates.ended(pod) && pod.getStatus().getPodIP() != null)
                .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
                .toList();
        var wanted = slice(service, pods);
        var present = client.discovery().v1().endpointSlices().inNamespace(key.namespace()).withName(key.name()).get();
        try {
            if (present == null) {
                client.discovery().v1().endpointSlices().resource(wanted).create();
            } else if (!Objects.equals(present.getEndpoints(), wanted.getEndpoints())
                    || !Objects.equals(present.getPorts(), wanted.getPorts())) {
                present.setEndpoints(wanted.getEndpoints());
                present.setPorts(wanted.getPorts());
                client.discovery().v1().endpointSlices().resource(present).update();
            }
        } catch (KubernetesClientException e) {
            // 403: the namespace is going away.
            if (e.getCode() != 403) {
                throw e;
            }
        }
    }

    private static EndpointSlice slice(Service service, List<Pod> pods) {
        return new EndpointSliceBuilder().withNewMetadata()
                .withName(service.getMetadata().getName())
                .withNamespace(service.getMetadata().getNamespace())
                .withLabels(Map.of("kubernetes.io/service-name", service.getMetadata().getName(),
                        "endpointslice.kubernetes.io/managed-by", "endpointslice-controller.swarm.claudeflow.io"))
                .withOwnerReferences(Templates.controllerReference(service))
                .endMetadata()
                .withAddressType("FQDN")
                .withEndpoints(pods.stream().map(pod -> endpoint(service, pod)).toList())
                .withPorts(service.getSpec()
                        .getPorts()
                        .stream()
                        .map(port -> port(port, pods))
                        .filter(Objects::nonNull)
                        .toList())
                .build();
    }

    private static Endpoint endpoint(Service service, Pod pod) {
        boolean terminating = pod.getMetadata().getDeletionTimestamp() != null;
        boolean serving = Templates.ready(pod);
        boolean ready = Boolean.TRUE.equals(service.getSpec().getPublishNotReadyAddresses()) || serving && !terminating;
        return new EndpointBuilder()
                .withAddresses(pod.getStatus().getPodIP().replace('.', '-') + "." + pod.getMetadata().getNamespace()
                        + ".pod.cluster.local")
                .withNewConditions(ready, serving, terminating)
                .withNodeName(pod.getSpec().getNodeName())
                .withNewTargetRef()
                .withKind("Pod")
                .withNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .withUid(pod.getMetadata().getUid())
                .endTargetRef()
                .build();
    }

    private static @Nullable EndpointPort port(ServicePort port, List<Pod> pods) {
        var target = port.getTargetPort();
        Integer number = target == null ? port.getPort() : target.getIntVal();
        if (number == null && target != null) {
            number = pods.stream()
                    .flatMap(pod -> pod.getSpec().getContainers().stream())
                    .map(Container::getPorts)
                    .flatMap(List::stream)
                    .filter(candidate -> target.getStrVal().equals(candidate.getName()))
                    .map(found -> found.getContainerPort())
                    .findFirst()
                    .orElse(null);
        }
        return number == null
                ? null
                : new EndpointPortBuilder().withName(port.getName() == null ? "" : port.getName())
                        .withProtocol(port.getProtocol())
                        .withPort(number)
                        .build();
    }

    @Override
    public void close() {
        queue.close();
    }
}
