package io.dhcpfailover.operator.action;

import io.dhcpfailover.api.node.ScopeReport;
import io.dhcpfailover.api.v1alpha1.DhcpFailoverRelationshipSpec;
import io.dhcpfailover.api.value.ObjectName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Copies scopes from one server of a relationship to the other, or all scopes of a server to its partners. */
final class ReplicateScopes {

    /** What both servers were asked to be is not what they are asked to be in an hour. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final String TOLD = "told";
    private static final int NAMES_MAX = 40;

    private final ActionView view;
    private final Instant now;

    ReplicateScopes(ActionView view, Instant now) {
        this.view = view;
        this.now = now;
    }

    Decision next() {
        Map<String, String> details = view.details();
        List<Command.Replicate> copies = copies();
        String mistake = mistake(copies);
        if (mistake != null) {
            return Decision.failed(mistake, details);
        }
        String refused = view.refused();
        if (refused != null) {
            return Decision.failed("refused: " + refused, details);
        }
        for (Command.Replicate copy : copies) {
            for (ObjectName server : List.of(copy.from(), copy.to())) {
                if (view.current(server) == null) {
                    return absent(server + " does not answer the operator");
                }
            }
        }
        if (!details.containsKey(TOLD)) {
            return Decision.doing("scopes are copied", overwritten(copies), copies);
        }
        List<ObjectName> different =
                copies.stream().flatMap(copy -> different(copy).stream()).toList();
        if (different.isEmpty()) {
            int count = copies.stream().mapToInt(copy -> copy.scopes().size()).sum();
            return Decision.succeeded(
                    (count == 1 ? "1 scope is" : count + " scopes are") + " the same on both servers", details);
        }
        return view.resumed()
                ? Decision.doing("scopes are copied", details, copies)
                : absent("not the same yet: " + names(different));
    }

    private Decision absent(String message) {
        if (view.isOver(PATIENCE, now)) {
            return Decision.failed(message + ": given up after " + PATIENCE.toMinutes() + "m", view.details());
        }
        return view.details().containsKey(TOLD) ? Decision.waiting(message, view.details()) : Decision.pending(message);
    }

    private List<Command.Replicate> copies() {
        ObjectName relationship = view.spec().relationship();
        ObjectName server = view.spec().server();
        if (relationship == null) {
            return view.relationshipsOf(Objects.requireNonNull(server)).stream()
                    .map(each -> new Command.Replicate(server, view.partner(each, server), scopes(each)))
                    .filter(copy -> !copy.scopes().isEmpty())
                    .toList();
        }
        DhcpFailoverRelationshipSpec pair =
                Objects.requireNonNull(view.relationships().get(relationship));
        ObjectName from =
                view.spec().from() == null ? pair.primaryServer() : view.spec().from();
        List<ObjectName> scopes = view.spec().scopes().isEmpty()
                ? scopes(relationship)
                : view.spec().scopes();
        return List.of(new Command.Replicate(from, view.partner(relationship, from), scopes));
    }

    private List<ObjectName> scopes(ObjectName relationship) {
        return view.scopes().getOrDefault(relationship, List.of());
    }

    private @Nullable String mistake(List<Command.Replicate> copies) {
        ObjectName relationship = view.spec().relationship();
        if (copies.stream().allMatch(copy -> copy.scopes().isEmpty())) {
            return (relationship == null ? String.valueOf(view.spec().server()) : relationship.text())
                    + " has no scopes that could be copied";
        }
        for (ObjectName scope : view.spec().scopes()) {
            if (relationship != null && !scopes(relationship).contains(scope)) {
                return "spec.scopes: " + scope + " is not a scope of " + relationship;
            }
        }
        for (Command.Replicate copy : copies) {
            if (view.server(copy.to()).external() || view.server(copy.from()).external()) {
                return copy.to() + " and " + copy.from()
                        + ": one of them is external, and the operator cannot copy to or from it; change it there";
            }
        }
        return null;
    }

    /** What was there before, as long as there is room for it. */
    private Map<String, String> overwritten(List<Command.Replicate> copies) {
        Map<String, String> details = new TreeMap<>(view.details());
        details.put(TOLD, now.toString());
        int count = 0;
        for (Command.Replicate copy : copies) {
            for (ObjectName scope : different(copy)) {
                ScopeReport old = view.server(copy.to()).lastScope(scope);
                if (count++ < NAMES_MAX) {
                    details.put(
                            copy.to() + "." + scope,
                            old == null
                                    ? "was missing"
                                    : "was generation " + old.generation() + ", hash " + old.hash());
                }
            }
        }
        details.put("overwritten", Integer.toString(count));
        return details;
    }

    private List<ObjectName> different(Command.Replicate copy) {
        List<ObjectName> different = new ArrayList<>();
        for (ObjectName scope : copy.scopes()) {
            ScopeReport from = view.server(copy.from()).lastScope(scope);
            ScopeReport to = view.server(copy.to()).lastScope(scope);
            if (from == null || to == null || !from.hash().equals(to.hash())) {
                different.add(scope);
            }
        }
        return different;
    }

    private static String names(List<ObjectName> scopes) {
        String names = scopes.stream().limit(5).map(ObjectName::text).collect(Collectors.joining(", "));
        return scopes.size() > 5 ? names + " and " + (scopes.size() - 5) + " more" : names;
    }
}
