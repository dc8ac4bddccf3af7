package io.claudeflow.swarm.kit.names;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostsFileResolverProviderTest {
    private static final LookupPolicy ANY = LookupPolicy.of(LookupPolicy.IPV4 | LookupPolicy.IPV6);

    @TempDir
    Path folder;

    private final InetAddressResolver resolver = HostsFileResolverProvider.resolver(new Nothing());

    @BeforeEach
    void nameTheFile() {
        System.setProperty(HostsFileResolverProvider.PROPERTY, hosts().toString());
    }

    @AfterEach
    void forgetTheFile() {
        System.clearProperty(HostsFileResolverProvider.PROPERTY);
    }

    @Test
    void aNameHasAllItsAddressesInOrder() throws Exception {
        write("127.9.0.2 web.demo.svc web.demo # first\n\n127.9.0.1\tweb.demo.svc\n");

        assertEquals(List.of("127.9.0.2", "127.9.0.1"), look("web.demo.svc"));
        assertEquals(List.of("127.9.0.2"), look("WEB.demo."));
        assertEquals("web.demo.svc", resolver.lookupByAddress(new byte[]{127, 9, 0, 1}));
    }

    @Test
    void aReplacedFileIsReadAgain() throws Exception {
        write("127.9.0.2 web\n");
        assertEquals(List.of("127.9.0.2"), look("web"));

        write("127.9.0.33 web\n");

        assertEquals(List.of("127.9.0.33"), look("web"));
    }

    @Test
    void whatTheFileDoesNotKnowIsAskedOfTheSystem() throws Exception {
        write("127.9.0.2 web\n::1 six\nnonsense web\n");

        assertThrows(UnknownHostException.class, () -> look("other"));
        assertThrows(UnknownHostException.class,
                () -> resolver.lookupByName("six", LookupPolicy.of(LookupPolicy.IPV4)));
        assertEquals(List.of("0:0:0:0:0:0:0:1"), look("six"));
        Files.delete(hosts());
        assertThrows(UnknownHostException.class, () -> look("web"));
    }

    @Test
    void theJdkUsesTheProvider() throws Exception {
        write("127.9.0.7 registered.swarm.test\n");

        assertTrue(InetAddress.getByName("registered.swarm.test").isLoopbackAddress());
    }

    private List<String> look(String name) throws UnknownHostException {
        return resolver.lookupByName(name, ANY).map(InetAddress::getHostAddress).toList();
    }

    private void write(String text) throws Exception {
        var next = folder.resolve("next");
        Files.writeString(next, text);
        Files.move(next, hosts(), StandardCopyOption.ATOMIC_MOVE);
    }

    private Path hosts() {
        return folder.resolve("hosts");
    }

    /** A built-in resolver that knows no name. */
    private static final class Nothing implements InetAddressResolver {
        @Override
        public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
            throw new UnknownHostException(host);
        }

        @Override
        public String lookupByAddress(byte[] address) throws UnknownHostException {
            throw new UnknownHostException("no name");
        }
    }
}
