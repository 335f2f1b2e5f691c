package io.dhcpfailover.api.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.api.v1alpha1.DhcpResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The files that are generated from the kinds are what the kinds say. With {@code -Dgenerate} they are written
 * instead: {@code ./mvnw -pl crds test -Dtest=GeneratedFilesTest -Dgenerate}.
 */
class GeneratedFilesTest {

    private static final Path MANIFESTS = Path.of("manifests");
    private static final Path PAGES = Path.of("../docs/api");
    private static final String HOW =
            "%s is stale: run ./mvnw -pl crds test -Dtest=GeneratedFilesTest -Dgenerate, look at what changed, and commit it";

    @TestFactory
    Stream<DynamicTest> everyGeneratedFileIsWhatTheTypesSay() {
        return generated().entrySet().stream()
                .map(file ->
                        DynamicTest.dynamicTest(file.getKey().toString(), () -> check(file.getKey(), file.getValue())));
    }

    @Test
    void noOtherFileLiesAmongThem() throws IOException {
        Map<Path, String> generated = generated();
        for (Path folder : List.of(MANIFESTS, PAGES)) {
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files).allSatisfy(file -> assertThat(generated).containsKey(file));
            }
        }
    }

    private static Map<Path, String> generated() {
        Map<Path, String> files = new TreeMap<>();
        for (Class<? extends DhcpResource<?, ?>> kind : Manifests.KINDS) {
            files.put(MANIFESTS.resolve(HasMetadata.getFullResourceName(kind) + ".yaml"), Manifests.yaml(kind));
            files.put(PAGES.resolve(kind.getSimpleName() + ".md"), ReferencePage.of(Manifests.definition(kind)));
        }
        files.put(MANIFESTS.resolve("laboratory.dhcpfailover.io.yaml"), LaboratoryPolicy.yaml());
        return files;
    }

    private static void check(Path file, String content) throws IOException {
        if (System.getProperty("generate") != null) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        }
        assertThat(file).as(HOW, file).exists();
        assertThat(Files.readString(file)).as(HOW, file).isEqualTo(content);
    }
}
