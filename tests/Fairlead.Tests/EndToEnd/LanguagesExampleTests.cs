using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>The same question in SQL, sh, Python, an exported notebook, C and C#.</summary>
public sealed class LanguagesExampleTests
{
    [Fact]
    public async Task Languages_WithOneQuestion_GiveOneAnswerAndCompileOnce()
    {
        await using var project = TempProject.Languages();
        await project.UpAsync();

        var first = await RunAsync(project);
        Assert.All(first, step => Assert.Equal("executed", step.Value));
        var report = (await project.MustAsync("runs", "agree", "--format", "json")).Json;
        Assert.Equal(0, report[0].GetProperty("metrics").GetProperty("differing_counts").GetDouble());

        // A comment changes the compiled program or not; the answers stay the same, so that nothing after them is executed.
        project.Replace("steps/summary.py", "a line each.", "one a line.");
        var second = await RunAsync(project);
        Assert.Equal(["in-python"], second.Where(step => step.Value == "executed").Select(step => step.Key));

        // The data reaches everybody but the compilers.
        project.Replace("data/crossings.csv", "2026-03-01T00:00,north,", "2026-03-01T00:00,north,1");
        var third = await RunAsync(project);
        Assert.Equal(["compile-c", "compile-csharp"], third.Where(step => step.Value == "cached").Select(step => step.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Languages_OfWhichOneIsWrong_FailWhereTheyMeet()
    {
        await using var project = TempProject.Languages();
        await project.UpAsync();
        project.Replace("steps/summary.sh", "/ (NR - 1)", "/ NR");

        var run = await project.RunAsync("run");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("The languages differ by 0.0", run.Output + run.Errors);
        Assert.Contains("agree", run.Output + run.Errors);
    }

    private static async Task<Dictionary<string, string?>> RunAsync(TempProject project) =>
        (await project.MustAsync("run", "--format", "json")).Json.GetProperty("steps").EnumerateArray()
            .ToDictionary(step => step.GetProperty("step").GetString()!, step => step.GetProperty("outcome").GetString());
}
