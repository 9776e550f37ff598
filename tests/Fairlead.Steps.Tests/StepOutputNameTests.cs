using Fairlead.Domain.Problems;
using Fairlead.Steps.Tests.Support;

namespace Fairlead.Steps.Tests;

/// <summary>
/// An output is known by its step and its name, so that two steps cannot have one output; what a project file can say that would come to that is refused,
/// and what only looks like it gives each step its own.
/// </summary>
public sealed class StepOutputNameTests
{
    [Theory]
    [InlineData("a: { run: x, outputs: [rows.csv, rows.csv] }", "3:36: 'outputs' of step 'a' lists 'rows.csv' twice; remove one")]
    [InlineData("a: { run: x, outputs: [rows.csv, ./rows.csv] }", "3:36: 'outputs' of step 'a' lists 'rows.csv' twice; remove one")]
    [InlineData("a: { run: x, outputs: [rows/, rows] }", "3:33: 'outputs' of step 'a' lists 'rows' twice; remove one")]
    [InlineData("a: { run: x, outputs: [d/rows, d//./rows] }", "3:34: 'outputs' of step 'a' lists 'd/rows' twice; remove one")]
    [InlineData("a: { run: x, outputs: [d/rows, d] }", "3:26: output 'd/rows' of step 'a' lies inside its output 'd'; declare one of them")]
    [InlineData("a: { run: x, outputs: [d, d/e/f] }", "3:29: output 'd/e/f' of step 'a' lies inside its output 'd'; declare one of them")]
    [InlineData("a: { run: x, matrix: { n: [1, 2] }, outputs: [m, m] }", "3:52: 'outputs' of step 'a' lists 'm' twice; remove one")]
    [InlineData("a: { run: x, matrix: { n: [1, 1] }, outputs: [m] }", "3:33: axis 'n' of step 'a' lists '1' twice; remove one")]
    [InlineData("a: { run: x, matrix: { n: [1, '1'] }, outputs: [m] }", "3:33: axis 'n' of step 'a' lists '1' twice; remove one")]
    [InlineData("a: { run: x, matrix: { n: [0.5, 0.50] }, outputs: [m] }", "3:35: axis 'n' of step 'a' lists '0.5' twice; remove one")]
    [InlineData("a: { run: x, outputs: [m] }\n  a: { run: y, outputs: [m] }", "4:3: the key 'a' is given twice, first in line 3; remove one")]
    [InlineData("a: { run: x, outputs: [m] }\n  'a[n=1]': { run: y, outputs: [m] }", "4:3: 'a[n=1]' cannot name a step; use lower-case letters, digits, '_' and '-'")]
    [InlineData("a: { run: x, outputs: [m] }\n  dataset.a: { run: y, outputs: [m] }", "4:3: 'dataset.a' cannot name a step; use lower-case letters, digits, '_' and '-'")]
    public async Task Project_InWhichOneOutputIsMeantTwice_IsRefusedWithItsPlace(string steps, string expected)
    {
        using var project = new TestProject($"project: tiny\nsteps:\n  {steps}\n");
        var problem = await Assert.ThrowsAsync<FairleadException>(() => project.RunAsync());
        Assert.Equal(ProblemKind.Invalid, problem.Kind);
        Assert.Contains(expected, problem.Message);
        Assert.Single(problem.Message.Split('\n'));
        Assert.Empty(await ((Domain.Runs.IRunCatalog)project.Catalog).ListAsync(null, 10, TestProject.Token));
    }

    [Fact]
    public async Task Steps_WithOutputsOfOneName_EachHaveTheirOwn()
    {
        using var project = new TestProject("""
            project: tiny
            steps:
              a: { run: 'echo a > out/x; echo "{\"n\": 1}" > out/m.json', outputs: [x, m.json], metrics: m.json }
              b: { run: 'echo b > out/x; mkdir out/d; echo d > out/d/x', outputs: [x, d/x] }
              c: { run: 'echo $FAIRLEAD_PARAM_N > out/x', matrix: { n: [1, 2] }, outputs: [x] }
              all:
                run: 'cat in/a in/b in/d in/c/n=1 in/c/n=2 > out/x'
                inputs: { a: a/x, b: b/x, d: b/d/x, c: 'c[*]/x' }
                outputs: [x]
            """);
        var report = await project.RunAsync();
        Assert.True(report.Succeeded, string.Join('\n', report.Steps.Select(step => step.Reason)));
        var all = report.Steps.Single(step => step.Step == "all").Run!;
        Assert.Equal("a\nb\nd\n1\n2\n", await project.ReadOutputAsync(all, "x"));
        // A file of metrics may be an output too: it is read, and kept.
        var a = await project.RunOfAsync(report.Steps.Single(step => step.Step == "a"));
        Assert.Equal(["x", "m.json"], a.Outputs.Select(output => output.Name));
        Assert.Equal(1, a.Metrics["n"]);
        Assert.All((await project.RunAsync()).Steps, step => Assert.Equal(StepOutcome.Cached, step.Outcome));
    }

    /// <summary>Two steps that do the same have two runs, and their bytes are in the store once.</summary>
    [Fact]
    public async Task Steps_ThatMakeTheSameBytes_AreTwoRunsOverOneBlob()
    {
        using var project = new TestProject("""
            project: tiny
            steps:
              a: { run: 'echo same > out/x', outputs: [x] }
              b: { run: 'echo same > out/x', outputs: [x] }
            """);
        var report = await project.RunAsync();
        Assert.True(report.Succeeded);
        Assert.Equal(["a-1", "b-1"], report.Steps.Select(step => step.Run!.Id.ToString()));
        Assert.Single(report.Steps.Select(step => step.Run!.Outputs.Single().Artifact).Distinct());
    }
}
