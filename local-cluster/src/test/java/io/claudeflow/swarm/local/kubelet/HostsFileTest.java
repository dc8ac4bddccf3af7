package io.claudeflow.swarm.local.kubelet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.local.kubelet.HostsFile.Host;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostsFileTest {
    @Test
    void aServiceHasTheAddressesOfItsReadyPodsInTheOrderOfTheirOrdinals() {
        var text = HostsFile.render(List.of(service("db", false)),
                List.of(host("db-10", "127.9.1.3", true), host("db-2", "127.9.1.2", true),
                        host("db-1", "127.9.1.1", false), host("web-0", "127.9.1.4", true)));

        assertEquals(List.of("127.9.1.2", "127.9.1.3"), addresses(text, "db.shop.svc"));
        assertEquals(List.of("127.9.1.2", "127.9.1.3"), addresses(text, "db.shop.svc.cluster.local"));
        assertEquals(List.of("127.9.1.2", "127.9.1.3"), addresses(text, "db.shop"));
        assertEquals(List.of("127.9.1.4"), addresses(text, "127-9-1-4.shop.pod.cluster.local"));
    }

    @Test
    void aPodHasItsOwnNameFromTheStart() {
        var text = HostsFile.render(List.of(service("db", false)), List.of(host("db-1", "127.9.1.1", false)));

        assertEquals(List.of("127.9.1.1"), addresses(text, "db-1.db.shop.svc"));
        assertEquals(List.of("127.9.1.1"), addresses(text, "db-1.db.shop.svc.cluster.local"));
        assertEquals(List.of(), addresses(text, "db.shop.svc"));
    }

    @Test
    void addressesThatAreNotReadyArePublishedOnRequest() {
        var text = HostsFile.render(List.of(service("db", true)), List.of(host("db-1", "127.9.1.1", false)));

        assertEquals(List.of("127.9.1.1"), addresses(text, "db.shop.svc"));
    }

    @Test
    void aServiceWithoutSelectorAndAPodWithoutServiceHaveNoNames() {
        var bare = new ServiceBuilder().withNewMetadata()
                .withName("bare")
                .withNamespace("shop")
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .build();
        var text = HostsFile.render(List.of(bare), List.of(host("db-1", "127.9.1.1", true)));

        assertFalse(text.contains("svc"), text);
        assertTrue(text.startsWith("# "), text);
    }

    private static List<String> addresses(String text, String name) {
        return text.lines()
                .map(line -> line.split(" "))
                .filter(words -> List.of(words).subList(1, words.length).contains(name))
                .map(words -> words[0])
                .toList();
    }

    private static Host host(String name, String address, boolean ready) {
        var app = name.substring(0, name.lastIndexOf('-'));
        return new Host("shop", name, address, name, app, Map.of("app", app), ready);
    }

    private static Service service(String name, boolean publishAll) {
        return new ServiceBuilder().withNewMetadata()
                .withName(name)
                .withNamespace("shop")
                .endMetadata()
                .withNewSpec()
                .addToSelector("app", name)
                .withPublishNotReadyAddresses(publishAll)
                .endSpec()
                .build();
    }
}
