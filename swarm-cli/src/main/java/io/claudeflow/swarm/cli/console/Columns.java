package io.claudeflow.swarm.cli.console;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines of cells under each other, as kubectl prints them: three blanks between columns, none at the end. Widths only grow, so
 * that rows that come later line up with those before as long as they can.
 */
public final class Columns {
    private static final String GAP = "   ";

    private final List<Integer> widths = new ArrayList<>();
    private final boolean colour;

    public Columns(boolean colour) {
        this.colour = colour;
    }

    /** Makes room for these rows. */
    public void fit(List<List<String>> rows) {
        for (var row : rows) {
            for (int i = 0; i < row.size(); i++) {
                if (i == widths.size()) {
                    widths.add(0);
                }
                widths.set(i, Math.max(widths.get(i), row.get(i).length()));
            }
        }
    }

    /** Where the column of that index begins. */
    public int width(int before) {
        return widths.stream().limit(before).mapToInt(width -> width + GAP.length()).sum();
    }

    /** One row as a line; its cells are coloured by what they say. */
    public String row(List<String> cells) {
        return line(cells, colour);
    }

    /** The header as a line. */
    public String header(List<String> cells) {
        return line(cells, false);
    }

    private String line(List<String> cells, boolean coloured) {
        var line = new StringBuilder();
        int last = cells.size() - 1;
        for (int i = 0; i <= last; i++) {
            var cell = cells.get(i);
            line.append(Paint.ofWord(cell).on(cell, coloured));
            if (i < last) {
                line.repeat(' ', Math.max(0, widths.get(i) - cell.length())).append(GAP);
            }
        }
        return coloured ? line.toString() : line.toString().stripTrailing();
    }
}
