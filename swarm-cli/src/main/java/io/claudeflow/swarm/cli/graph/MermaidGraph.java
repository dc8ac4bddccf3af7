package io.claudeflow.swarm.cli.graph;

import java.util.Locale;

/** A graph in Mermaid's language, as GitHub and many editors draw it. */
public final class MermaidGraph {
    private static final String STYLES = """
              classDef completed fill:#d3f0d9,stroke:#2e7d32,color:#1b1b1b
              classDef running fill:#d6e6fb,stroke:#1565c0,color:#1b1b1b
              classDef failed fill:#f9d7d5,stroke:#c62828,color:#1b1b1b
              classDef cancelled fill:#f9d7d5,stroke:#c62828,color:#1b1b1b
              classDef skipped fill:#eeeeee,stroke:#9e9e9e,color:#616161,stroke-dasharray:4
              classDef blocked fill:#ffffff,stroke:#9e9e9e,color:#1b1b1b
              classDef pending fill:#fff6d6,stroke:#b28704,color:#1b1b1b
            """;

    private MermaidGraph() {}

    /** The text, with a line end. */
    public static String draw(TaskGraph graph) {
        var text = new StringBuilder("flowchart LR\n");
        for (int i = 0; i < graph.nodes().size(); i++) {
            var node = graph.nodes().get(i);
            var lines = new StringBuilder(escaped(node.name()));
            for (var more : new String[]{node.phase(), node.detail()}) {
                lines.append(more.isEmpty() ? "" : "<br/>" + escaped(more));
            }
            text.append("  n%d[\"%s\"]%s\n".formatted(i, lines,
                    node.phase().isEmpty() ? "" : ":::" + node.phase().toLowerCase(Locale.ROOT)));
        }
        for (int i = 0; i < graph.nodes().size(); i++) {
            for (var needed : graph.nodes().get(i).dependsOn()) {
                text.append("  n%d --> n%d\n".formatted(index(graph, needed), i));
            }
        }
        return text.append(STYLES).toString();
    }

    private static int index(TaskGraph graph, String name) {
        return graph.nodes().stream().map(TaskGraph.Node::name).toList().indexOf(name);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
