package io.dhcpfailover.node.configuration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads the documents of a YAML text. Nodes and not events are read, because Jackson, which reads events, takes an
 * alias for a text.
 */
final class YamlReader {

    /** How deep a document may nest; the kinds need 8 levels. */
    static final int NESTING_MAX = 64;

    /** How many values a text may have, counted after aliases: ten thousand scopes of a hundred values. */
    static final int VALUES_MAX = 1_000_000;

    private int values;

    private YamlReader() {}

    /**
     * Reads all documents; empty ones are passed over.
     *
     * @throws IllegalArgumentException when the text is not YAML or goes beyond the limits; the message says where
     */
    static List<Object> read(String text) {
        try {
            return new YamlReader().documents(text);
        } catch (MarkedYAMLException e) {
            throw new IllegalArgumentException(at(e.getProblemMark()) + e.getProblem(), e);
        } catch (YAMLException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static String at(Mark mark) {
        return mark == null ? "" : "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ": ";
    }

    private List<Object> documents(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(NESTING_MAX);
        options.setCodePointLimit(Integer.MAX_VALUE); // The folder as a whole has a limit.
        Composer composer =
                new Composer(new BoundedParser(new StreamReader(text), options), new KubernetesResolver(), options);
        List<Object> documents = new ArrayList<>();
        while (composer.checkNode()) {
            Object document = value(composer.getNode(), 0);
            if (!Values.isNull(document)) {
                documents.add(document);
            }
        }
        return documents;
    }

    private Object value(Node node, int depth) {
        if (depth > NESTING_MAX) {
            throw refused(node, "nested deeper than " + NESTING_MAX + " levels");
        }
        if (++values > VALUES_MAX) {
            throw refused(node, "more than " + VALUES_MAX + " values, aliases included: split the file");
        }
        if (node instanceof MappingNode mapping) {
            return object(mapping, depth);
        }
        if (node instanceof SequenceNode sequence) {
            List<Object> list = new ArrayList<>(sequence.getValue().size());
            for (Node element : sequence.getValue()) {
                list.add(value(element, depth + 1));
            }
            return list;
        }
        return scalar((ScalarNode) node);
    }

    private static Object scalar(ScalarNode node) {
        Tag tag = node.getTag();
        if (tag.equals(Tag.STR)) {
            return node.getValue();
        }
        if (tag.equals(PLAIN)
                || tag.equals(Tag.INT)
                || tag.equals(Tag.FLOAT)
                || tag.equals(Tag.BOOL)
                || tag.equals(Tag.NULL)) {
            return Scalars.decode(node.getValue());
        }
        throw refused(node, "the tag " + tag + " is not supported: write the value plainly");
    }

    private Map<String, Object> object(MappingNode mapping, int depth) {
        Map<String, Object> object = new LinkedHashMap<>();
        List<Node> merges = new ArrayList<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw refused(tuple.getKeyNode(), "a name is expected before the colon");
            }
            if (key.getTag().equals(PLAIN) && key.getValue().equals("<<")) {
                merges.add(tuple.getValueNode());
            } else if (object.put(key.getValue(), value(tuple.getValueNode(), depth + 1)) != null) {
                throw refused(key, "the field \"" + key.getValue() + "\" stands twice: remove one");
            }
        }
        for (Node merge : merges) {
            merge(object, merge, depth);
        }
        return object;
    }

    /** Takes over the fields of other objects that are not there (yaml.org/type/merge.html). */
    private void merge(Map<String, Object> object, Node node, int depth) {
        Object source = value(node, depth + 1);
        for (Object each : source instanceof List<?> list ? list : List.of(source)) {
            if (!(each instanceof Map<?, ?> map)) {
                throw refused(node, "<< needs an object or a list of objects");
            }
            Values.object(map).forEach(object::putIfAbsent);
        }
    }

    private static IllegalArgumentException refused(Node node, String why) {
        return new IllegalArgumentException(at(node.getStartMark()) + why);
    }

    /** Ends before a text of many small values has filled the memory with nodes. */
    private static final class BoundedParser extends ParserImpl {
        private int events;

        BoundedParser(StreamReader reader, LoaderOptions options) {
            super(reader, options);
        }

        @Override
        public Event getEvent() {
            // A value has two events at most.
            if (++events > 2 * VALUES_MAX) {
                throw new YAMLException("more than " + VALUES_MAX + " values: split the file");
            }
            return super.getEvent();
        }
    }

    /** A plain scalar, whose type its text says. */
    private static final Tag PLAIN = new Tag(Tag.PREFIX + "plain");

    /** Leaves plain scalars to {@link Scalars}. */
    private static final class KubernetesResolver extends Resolver {
        @Override
        protected void addImplicitResolvers() {}

        @Override
        public Tag resolve(NodeId kind, String value, boolean implicit) {
            return kind == NodeId.scalar && implicit ? PLAIN : super.resolve(kind, value, false);
        }
    }
}
