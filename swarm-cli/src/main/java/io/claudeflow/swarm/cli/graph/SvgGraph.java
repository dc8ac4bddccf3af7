package io.claudeflow.swarm.cli.graph;

import java.util.HashMap;
import java.util.Map;

/** A graph as an SVG picture of its own: columns by depth, curves from left to right, a colour for each phase. */
public final class SvgGraph {
    private static final int WIDTH = 190;
    private static final int HEIGHT = 58;
    private static final int GAP_X = 70;
    private static final int GAP_Y = 22;
    private static final int MARGIN = 20;
    private static final int LETTERS = 26;

    private static final Map<String, String> FILL = Map.of("Completed", "#d3f0d9", "Running", "#d6e6fb", "Failed",
            "#f9d7d5", "Cancelled", "#f9d7d5", "Skipped", "#eeeeee", "Pending", "#fff6d6");
    private static final Map<String, String> STROKE = Map.of("Completed", "#2e7d32", "Running", "#1565c0", "Failed",
            "#c62828", "Cancelled", "#c62828", "Pending", "#b28704");

    private SvgGraph() {}

    private record Place(int x, int y) {}

    /** The document, with a line end. */
    public static String draw(TaskGraph graph) {
        var places = places(graph);
        int right = places.values().stream().mapToInt(Place::x).max().orElse(0) + WIDTH + MARGIN;
        int bottom = places.values().stream().mapToInt(Place::y).max().orElse(0) + HEIGHT + MARGIN;
        var svg = new StringBuilder("""
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" \
                font-family="system-ui, sans-serif" font-size="13" role="img">
                  <title>%3$s</title>
                  <defs><marker id="to" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" \
                orient="auto"><path d="M0 0 L8 4 L0 8 z" fill="#757575"/></marker></defs>
                """.formatted(right, bottom, escaped("Graph of task " + graph.task())));
        for (var node : graph.nodes()) {
            for (var needed : node.dependsOn()) {
                var from = places.get(needed);
                var to = places.get(node.name());
                if (from != null && to != null) {
                    svg.append(edge(from, to));
                }
            }
        }
        graph.nodes().forEach(node -> svg.append(box(node, places.getOrDefault(node.name(), new Place(0, 0)))));
        return svg.append("</svg>\n").toString();
    }

    private static Map<String, Place> places(TaskGraph graph) {
        var layers = graph.layers();
        var used = new HashMap<Integer, Integer>();
        var places = new HashMap<String, Place>();
        for (var node : graph.nodes()) {
            int column = layers.getOrDefault(node.name(), 0);
            int row = used.merge(column, 1, Integer::sum) - 1;
            places.put(node.name(), new Place(MARGIN + column * (WIDTH + GAP_X), MARGIN + row * (HEIGHT + GAP_Y)));
        }
        return places;
    }

    private static String edge(Place from, Place to) {
        int x = from.x + WIDTH;
        int y = from.y + HEIGHT / 2;
        int end = to.y + HEIGHT / 2;
        int bend = (x + to.x) / 2;
        return "  <path d=\"M%d %d C%d %d %d %d %d %d\" fill=\"none\" stroke=\"#757575\" marker-end=\"url(#to)\"/>\n"
                .formatted(x, y, bend, y, bend, end, to.x, end);
    }

    private static String box(TaskGraph.Node node, Place place) {
        var lines = node.detail().isEmpty() ? node.phase() : (node.phase() + " " + node.detail()).strip();
        return """
                  <g><title>%s</title><rect x="%d" y="%d" width="%d" height="%d" rx="6" fill="%s" stroke="%s"%s/>
                  <text x="%d" y="%d" font-weight="600" fill="#1b1b1b">%s</text>
                  <text x="%d" y="%d" fill="#424242" font-size="12">%s</text></g>
                """.formatted(escaped((node.name() + " " + lines).strip()), place.x, place.y, WIDTH, HEIGHT,
                FILL.getOrDefault(node.phase(), "#ffffff"), STROKE.getOrDefault(node.phase(), "#9e9e9e"),
                node.phase().equals("Skipped") ? " stroke-dasharray=\"4\"" : "", place.x + 12, place.y + 24,
                escaped(cut(node.name())), place.x + 12, place.y + 43, escaped(cut(lines)));
    }

    private static String cut(String text) {
        return text.length() <= LETTERS ? text : text.substring(0, LETTERS - 1) + "…";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
