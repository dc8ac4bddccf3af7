package io.claudeflow.swarm.kit.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.DiscoveryStrategyConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.kubernetes.HazelcastKubernetesDiscoveryStrategyFactory;
import java.util.Map;

/** Hazelcast's configuration of one member, in code: reading its XML costs start-up time. */
final class MemberConfig {
    /** Every member of a mesh must have the same number; Hazelcast's 271 are for data grids, here it holds registrations. */
    private static final int PARTITIONS = 31;

    private MemberConfig() {}

    static Config of(ClusterConfig cluster) {
        var config = new Config();
        config.setClusterName(cluster.mesh());
        network(config, cluster);
        registrations(config);
        failureDetection(config);
        quiet(config);
        small(config);
        return config;
    }

    private static void network(Config config, ClusterConfig cluster) {
        var network = config.getNetworkConfig();
        network.setPort(cluster.memberPort()).setPortAutoIncrement(false).setPublicAddress(cluster.address());
        config.setProperty("hazelcast.local.localAddress", cluster.address());
        config.setProperty("hazelcast.socket.bind.any", "false");
        var join = network.getJoin();
        join.getMulticastConfig().setEnabled(false);
        join.getAutoDetectionConfig().setEnabled(false);
        // Members that start at the same time ask each other for a master this long before one claims to be it.
        join.getTcpIpConfig().setConnectionTimeoutSeconds(2);
        switch (cluster.seeds()) {
            case ClusterConfig.Seeds.Members members -> {
                join.getTcpIpConfig().setEnabled(true);
                members.addresses().forEach(join.getTcpIpConfig()::addMember);
            }
            case ClusterConfig.Seeds.Service service -> service(config, join, service.name(), cluster.memberPort());
        }
    }

    /** Hazelcast's own look-up of a service's addresses; it asks InetAddress, hence also a hosts file of the local kubelet. */
    private static void service(Config config, JoinConfig join, String name, int port) {
        config.setProperty("hazelcast.discovery.enabled", "true");
        join.getDiscoveryConfig()
                .addDiscoveryStrategyConfig(new DiscoveryStrategyConfig(
                        new HazelcastKubernetesDiscoveryStrategyFactory(),
                        Map.of("service-dns", name, "service-port", String.valueOf(port))));
    }

    /** The two structures in which vertx-hazelcast keeps who listens where. */
    private static void registrations(Config config) {
        config.addMultiMapConfig(new MultiMapConfig("__vertx.subs").setBackupCount(1)
                .setValueCollectionType(MultiMapConfig.ValueCollectionType.SET));
        config.addMapConfig(new MapConfig("__vertx.nodeInfo").setBackupCount(1));
    }

    /** A frozen member is out after 5 s (the default is 60 s), and two halves look for each other every 5 s (2 to 5 min). */
    private static void failureDetection(Config config) {
        config.setProperty("hazelcast.heartbeat.interval.seconds", "1");
        config.setProperty("hazelcast.max.no.heartbeat.seconds", "5");
        config.setProperty("hazelcast.merge.first.run.delay.seconds", "5");
        config.setProperty("hazelcast.merge.next.run.delay.seconds", "5");
        config.setProperty("hazelcast.wait.seconds.before.join", "1");
        config.setProperty("hazelcast.max.wait.seconds.before.join", "3");
        config.setProperty("hazelcast.graceful.shutdown.max.wait", "5");
        config.setProperty("hazelcast.cluster.shutdown.timeout.seconds", "5");
    }

    private static void quiet(Config config) {
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.logging.type", "slf4j");
        config.setProperty("hazelcast.jmx", "false");
        config.setProperty("hazelcast.health.monitoring.level", "OFF");
        config.getMetricsConfig().setEnabled(false);
        config.getJetConfig().setEnabled(false);
    }

    private static void small(Config config) {
        config.setProperty("hazelcast.partition.count", String.valueOf(PARTITIONS));
        config.setProperty("hazelcast.operation.thread.count", "2");
        config.setProperty("hazelcast.operation.generic.thread.count", "2");
        config.setProperty("hazelcast.operation.response.thread.count", "1");
        config.setProperty("hazelcast.event.thread.count", "1");
        config.setProperty("hazelcast.io.input.thread.count", "1");
        // While a frozen member accepts a connection and does not answer on it, the thread that writes to it does nothing else
        // (Hazelcast's issue 26473): members that share it would miss each other's heartbeats, and the mesh would fall apart.
        config.setProperty("hazelcast.io.output.thread.count", "16");
        config.setProperty("hazelcast.slow.operation.detector.enabled", "false");
    }
}
