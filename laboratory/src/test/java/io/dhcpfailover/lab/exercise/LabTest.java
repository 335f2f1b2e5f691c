package io.dhcpfailover.lab.exercise;

import static org.assertj.core.api.Assertions.assertThat;

import io.dhcpfailover.lab.site.Lab;
import io.dhcpfailover.lab.site.Programs;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The lab, as {@code ./lab} runs it, with the jars of this build. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@EnabledOnOs(OS.LINUX)
class LabTest {

    @Test
    void everyStepShowsWhatItShouldAndNothingIsLeft() throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Path folder;
        boolean succeeded;
        long children = ProcessHandle.current().descendants().count();
        try (Lab lab = Lab.start(new Programs(Path.of("..").toAbsolutePath().normalize()))) {
            folder = lab.folder();
            Narrator narrator = new JsonNarrator(new PrintStream(said, true, StandardCharsets.UTF_8));
            succeeded = new Exercise(lab, narrator).run();
        }
        assertThat(succeeded).as(said.toString(StandardCharsets.UTF_8)).isTrue();
        assertThat(Files.exists(folder)).as("the lab's folder").isFalse();
        assertThat(ProcessHandle.current().descendants().count()).isEqualTo(children);
    }
}
