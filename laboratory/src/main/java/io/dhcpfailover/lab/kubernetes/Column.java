package io.dhcpfailover.lab.kubernetes;

/**
 * A column of the table that kubectl shows.
 *
 * @param name its head
 * @param type string, integer, boolean or date, of which the last is shown as an age
 * @param path where its value is, as a printer column of a CustomResourceDefinition says it
 * @param priority 0 for what is always shown, 1 for what is shown by {@code -o wide}
 */
record Column(String name, String type, String path, int priority) {

    /** How old an object is. */
    static final Column AGE = new Column("Age", "date", ".metadata.creationTimestamp", 0);
}
