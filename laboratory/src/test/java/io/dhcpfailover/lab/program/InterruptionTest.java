package io.dhcpfailover.lab.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C in {@code ./lab}. */
@Tag("program")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@EnabledOnOs(OS.LINUX)
class InterruptionTest {

    @TempDir
    private Path folder = Path.of("");

    /** At a step, which {@code -Dlab.interrupted=0,1,2,3,4,5,6} can be each. */
    @Test
    void ctrlCLeavesNothing() throws Exception {
        List<LabRun> runs = new ArrayList<>();
        List<String> steps =
                List.of(System.getProperty("lab.interrupted", "start,0,1").split(",", -1));
        try {
            for (String step : steps) {
                runs.add(new LabRun(
                        LabRun.PROJECT,
                        Files.createDirectory(folder.resolve("step " + step)),
                        Map.of(),
                        List.of("./lab", "--json")));
            }
            for (int i = 0; i < steps.size(); i++) {
                LabRun run = runs.get(i);
                if (!steps.get(i).equals("start")) {
                    run.awaitSaid(0, "\"step\":" + steps.get(i) + ",");
                }
                run.interrupt();
                assertThat(run.end()).as(run.said()).isEqualTo(130);
                assertThat(run.said()).doesNotContain("failed");
                run.requireNothingLeft();
            }
        } finally {
            runs.forEach(LabRun::close);
        }
    }
}
