package io.claudeflow.swarm.kit.names;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.net.spi.InetAddressResolverProvider;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks a name up in the hosts file named by the system property {@value #PROPERTY}, and asks the built-in resolver when the
 * property is not set or the file does not know the name. The property is read at every look-up, so it may be set after the
 * first one. The JDK caches answers above this class ({@code networkaddress.cache.ttl}).
 */
public final class HostsFileResolverProvider extends InetAddressResolverProvider {
    /** Names the hosts file. */
    public static final String PROPERTY = "swarm.hosts";

    @Override
    public InetAddressResolver get(Configuration configuration) {
        return resolver(configuration.builtinResolver());
    }

    @Override
    public String name() {
        return "swarm hosts file";
    }

    static InetAddressResolver resolver(InetAddressResolver builtIn) {
        return new Resolver(builtIn);
    }

    private static final class Resolver implements InetAddressResolver {
        private final InetAddressResolver builtIn;
        private volatile @Nullable HostsFile file;

        Resolver(InetAddressResolver builtIn) {
            this.builtIn = builtIn;
        }

        @Override
        public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
            var hosts = hosts();
            if (hosts != null) {
                var found = hosts.addresses(host).stream().filter(address -> wanted(address, policy)).toList();
                if (!found.isEmpty()) {
                    return found.stream();
                }
            }
            return builtIn.lookupByName(host, policy);
        }

        @Override
        public String lookupByAddress(byte[] address) throws UnknownHostException {
            var hosts = hosts();
            if (hosts != null) {
                var name = hosts.name(InetAddress.getByAddress(address));
                if (name != null) {
                    return name;
                }
            }
            return builtIn.lookupByAddress(address);
        }

        private @Nullable HostsFile hosts() {
            var property = System.getProperty(PROPERTY);
            if (property == null || property.isBlank()) {
                return null;
            }
            var path = Path.of(property);
            var known = file;
            if (known == null || !known.path().equals(path)) {
                known = new HostsFile(path);
                file = known;
            }
            return known;
        }

        private static boolean wanted(InetAddress address, LookupPolicy policy) {
            int wanted = policy.characteristics();
            return address instanceof Inet4Address && (wanted & LookupPolicy.IPV4) != 0
                    || address instanceof Inet6Address && (wanted & LookupPolicy.IPV6) != 0;
        }
    }
}
