package io.claudeflow.swarm.cli.up;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.claudeflow.swarm.cli.agent.LocalAgent;
import io.claudeflow.swarm.local.kubelet.Image;
import io.claudeflow.swarm.operator.identity.Images;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ImageTableTest {
    private static final LocalAgent AGENT = new LocalAgent("/w", "/bin");

    @Test
    void everyImageThatTheOperatorRendersIsKnown() {
        var release = Images.ofRelease();
        var rendered = Set.of(Image.repository(release.operator()), Image.repository(release.hivemind()),
                Image.repository(release.agent()));
        assertEquals(rendered, ImageTable.of(AGENT, List.of()).keySet());
    }

    @Test
    void mainClassesAreThere() {
        ImageTable.of(AGENT, List.of())
                .values()
                .forEach(image -> assertAll(
                        () -> Class.forName(image.mainClass(), false, getClass().getClassLoader())
                                .getMethod("main", String[].class)));
    }

    @Test
    void podsGetTheLaunchersOptionsButTheirOwnHeap() {
        var arguments = ImageTable.jvmArguments();
        assertTrue(arguments.containsAll(List.of("-XX:+UseSerialGC", "--add-opens", "java.base/java.lang=ALL-UNNAMED")),
                arguments::toString);
        assertFalse(arguments.stream().anyMatch(argument -> argument.startsWith("-Xm") || argument.contains("${")),
                arguments::toString);
    }

    @Test
    void theAotCacheOfThisProcessServesPodsToo() {
        var image = Objects.requireNonNull(
                ImageTable.of(AGENT, List.of("-cp", "x", "-XX:AOTCache=/c.aot")).get("claudeflow/swarm-agent"));
        assertTrue(image.jvmArguments().containsAll(List.of("-XX:AOTCache=/c.aot", "-Dswarm.agent.workspace=/w")));
    }
}
