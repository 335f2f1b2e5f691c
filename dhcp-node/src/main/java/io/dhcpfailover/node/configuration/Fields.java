package io.dhcpfailover.node.configuration;

import io.dhcpfailover.api.value.Ipv4Address;
import io.dhcpfailover.api.value.ObjectName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an object that passed the schema: what a field holds is of the type that is asked for.
 *
 * @param values by name
 */
record Fields(Map<String, Object> values) {

    boolean has(String name) {
        return values.containsKey(name);
    }

    String text(String name) {
        return (String) value(name);
    }

    @Nullable String optionalText(String name) {
        return has(name) ? text(name) : null;
    }

    int number(String name) {
        return Math.toIntExact((Long) value(name));
    }

    @Nullable Integer optionalNumber(String name) {
        return has(name) ? (Integer) number(name) : null;
    }

    boolean truth(String name) {
        return (Boolean) value(name);
    }

    @Nullable Boolean optionalTruth(String name) {
        return has(name) ? (Boolean) truth(name) : null;
    }

    @Nullable Ipv4Address optionalAddress(String name) {
        return has(name) ? Ipv4Address.parse(text(name)) : null;
    }

    @Nullable ObjectName optionalName(String name) {
        return has(name) ? new ObjectName(text(name)) : null;
    }

    /** The fields of an object; none where it is absent. */
    Fields object(String name) {
        return new Fields(Values.object(values, name));
    }

    /** The fields of each object of a list; none where it is absent. */
    List<Fields> objects(String name) {
        List<Fields> objects = new ArrayList<>();
        for (Object element : list(name)) {
            objects.add(new Fields(Values.object(element)));
        }
        return objects;
    }

    /** The texts of a list; none where it is absent. */
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Object element : list(name)) {
            texts.add((String) element);
        }
        return texts;
    }

    /** The addresses of a list; none where it is absent. */
    List<Ipv4Address> addresses(String name) {
        List<Ipv4Address> addresses = new ArrayList<>();
        for (Object element : list(name)) {
            addresses.add(Ipv4Address.parse((String) element));
        }
        return addresses;
    }

    private List<?> list(String name) {
        return has(name) ? (List<?>) value(name) : List.of();
    }

    private Object value(String name) {
        Object value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("the field " + name + " is absent although the schema gives it");
        }
        return value;
    }
}
