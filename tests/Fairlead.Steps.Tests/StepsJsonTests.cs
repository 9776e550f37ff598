using System.Text.Json;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;
using Fairlead.Steps.Events;
using Fairlead.Steps.Tests.Support;

namespace Fairlead.Steps.Tests;

public sealed class StepsJsonTests
{
    [Fact]
    public void Serialize_OfEvents_WritesOneLineWithAKind()
    {
        Assert.Equal(
            """{"kind":"stepStarted","runId":"train-3","step":"train","reason":"first run"}""",
            JsonSerializer.Serialize(new StepStarted(new RunId("train", 3), "train", "first run"), StepsJson.Default.StepEvent));
        Assert.Equal(
            """{"kind":"stepOutput","step":"train","line":"a\nb"}""",
            JsonSerializer.Serialize(new StepOutput("train", "a\nb"), StepsJson.Default.StepEvent));
    }

    [Fact]
    public void Serialize_OfAReport_UsesStableNames()
    {
        var report = new RunReport(new CommitState("abc", "main", null), new StepCounts(0, 0, 0, 1, 0), [new StepResult("train", null, StepOutcome.Skipped, "'split' failed")], []);
        Assert.Equal(
            """{"commit":{"commit":"abc","branch":"main","isDirty":false,"short":"abc"},"counts":{"executed":0,"cached":0,"failed":0,"skipped":1,"unwanted":0},"steps":[{"step":"train","outcome":"skipped","reason":"'split' failed"}],"datasets":[],"succeeded":false,"omitted":0}""",
            JsonSerializer.Serialize(report, StepsJson.Default.RunReport).Replace("\\u0027", "'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Serialize_OfEverythingAnInvocationSays_ReadsBackTheSame()
    {
        using var project = new TestProject("""
            project: tiny
            datasets: { rows: { path: fairlead.yaml } }
            steps:
              a: { run: "echo hello; echo 1 > out/x; echo '{\"m\": 1.5}' > out/m.json", inputs: { rows: dataset:rows }, params: { p: x }, outputs: [x], metrics: m.json }
            """);
        var report = await project.RunAsync();
        Assert.True(report.Succeeded, report.Steps[0].Reason);
        await project.RunAsync();
        Assert.Equal(
            ["DatasetRegistered", "GraphRead", "StepStarted", "StepOutput", "StepFinished", "DatasetRegistered", "GraphRead", "StepCached"],
            project.Events.Select(stepEvent => stepEvent.GetType().Name));
        foreach (var stepEvent in project.Events)
        {
            var line = JsonSerializer.Serialize(stepEvent, StepsJson.Default.StepEvent);
            Assert.DoesNotContain('\n', line);
            Assert.Equal(line, JsonSerializer.Serialize(JsonSerializer.Deserialize(line, StepsJson.Default.StepEvent), StepsJson.Default.StepEvent));
        }

        var text = JsonSerializer.Serialize(report, StepsJson.Default.RunReport);
        Assert.Equal(text, JsonSerializer.Serialize(JsonSerializer.Deserialize(text, StepsJson.Default.RunReport), StepsJson.Default.RunReport));
    }
}
