package io.dhcpfailover.lab.host;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The process that stands for a pod's container. */
final class PodProcess {

    private final Path folder;
    private final Path log;
    private final List<String> command;
    private final Map<String, String> environment;
    private @Nullable Process process;
    private Instant started = Instant.EPOCH;
    private int starts;

    /**
     * Prepares the folders of a pod.
     *
     * @param pod the Pod
     * @param machine where it runs
     * @param folder for all of this pod's files
     * @param node for what is on the disk of its node
     * @param program what runs in place of the image
     * @param secrets the data of a Secret by its name; missing where there is none
     */
    static PodProcess prepare(
            JsonNode pod, Machine machine, Path folder, Path node, Program program, Function<String, JsonNode> secrets)
            throws IOException {
        JsonNode spec = pod.path("spec");
        JsonNode container = spec.path("containers").path(0);
        Map<String, Path> volumes = new HashMap<>();
        for (JsonNode volume : spec.path("volumes")) {
            String name = volume.path("name").asText();
            if (volume.has("secret")) {
                Path target = folder.resolve(name);
                writeSecret(
                        target,
                        secrets.apply(volume.path("secret").path("secretName").asText()));
                volumes.put(name, target);
            } else if (volume.has("hostPath")) {
                String path = volume.path("hostPath").path("path").asText();
                volumes.put(name, node.resolve(path.replaceFirst("^/+", "")));
            } else {
                volumes.put(name, folder.resolve(name));
            }
        }
        Map<String, Path> mounts = new HashMap<>();
        for (JsonNode mount : container.path("volumeMounts")) {
            Path source = volumes.getOrDefault(mount.path("name").asText(), folder.resolve("unknown"));
            Files.createDirectories(source);
            mounts.put(mount.path("mountPath").asText(), source);
        }
        List<String> command = new ArrayList<>(program.command());
        for (JsonNode argument : container.path("args")) {
            String text = expanded(argument.asText(), container.path("env"), pod, machine);
            Path mounted = mounts.get(text);
            command.add(mounted == null ? text : mounted.toString());
        }
        command.addAll(program.arguments());
        Map<String, String> environment = new HashMap<>();
        for (JsonNode variable : container.path("env")) {
            if (variable.hasNonNull("value")) {
                environment.put(
                        variable.path("name").asText(), variable.path("value").asText());
            }
        }
        return new PodProcess(folder, folder.resolve("log"), command, environment);
    }

    private PodProcess(Path folder, Path log, List<String> command, Map<String, String> environment) {
        this.folder = folder;
        this.log = log;
        this.command = command;
        this.environment = Map.copyOf(environment);
    }

    private static String expanded(String text, JsonNode variables, JsonNode pod, Machine machine) {
        String expanded = text;
        for (JsonNode variable : variables) {
            String field = variable.path("valueFrom")
                    .path("fieldRef")
                    .path("fieldPath")
                    .asText();
            String value = switch (field) {
                case "status.hostIP", "status.podIP" -> machine.address();
                case "metadata.name", "metadata.namespace" ->
                    pod.path("metadata")
                            .path(field.substring(field.indexOf('.') + 1))
                            .asText();
                case "spec.nodeName" -> machine.name();
                default -> variable.path("value").asText();
            };
            expanded = expanded.replace("$(" + variable.path("name").asText() + ")", value);
        }
        return expanded;
    }

    /** Writes what a Secret holds, readable by this user alone. */
    static void writeSecret(Path target, JsonNode secret) throws IOException {
        Files.createDirectories(target);
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwx------"));
        for (Map.Entry<String, JsonNode> entry : secret.path("data").properties()) {
            Path hidden = target.resolve("." + entry.getKey());
            Files.write(hidden, Base64.getDecoder().decode(entry.getValue().asText()));
            Files.setPosixFilePermissions(hidden, PosixFilePermissions.fromString("rw-------"));
            Files.move(
                    hidden,
                    target.resolve(entry.getKey()),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    void start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        process = builder.start();
        started = Instant.now();
        starts++;
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    Instant started() {
        return started;
    }

    int restarts() {
        return Math.max(0, starts - 1);
    }

    int exitCode() {
        return process == null || process.isAlive() ? 0 : process.exitValue();
    }

    /** Asks it to end, as a kubelet does first. */
    void terminate() {
        if (process != null) {
            process.destroy();
        }
    }

    /** Ends it without asking. */
    void kill() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    /** Waits until it has ended, or the time is over. */
    void awaitEnd(long seconds) {
        try {
            if (process != null && !process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
